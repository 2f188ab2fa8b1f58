"""Whatever people and shops do in whatever order: one holder of each unique value, and nothing of a shop's is lost."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from retailhub.crm import reviews
from retailhub.domain import duplicates
from retailhub.domain.records import Record
from retailhub.domain.refusals import Clash, Wrong
from retailhub.rules import holding
from retailhub.rules.drafts import Draft
from retailhub.store import claims
from tests.unit.rules.sales_desk import UNIQUE, SalesDesk

PHONES = st.sampled_from(["+84912000111", "+84912000222", "+84912000333"])
MAILS = st.sampled_from([None, "an@example.vn", "binh@example.vn"])
SHOPS = st.sampled_from(["kiotviet1", "kiotviet2", "haravan1"])
IDS = st.sampled_from(["1", "2", "3"])
FIELDS = ("phone", "email")


def refused(act: Callable[[], object]) -> str | None:
    """Who has a value already, or None if the act was done."""
    try:
        act()
    except Clash as clash:
        return str(clash.details["existing"]["id"])
    return None


class Crowd(RuleBasedStateMachine):
    """A-DUP-2, A-DUP-5, A-DUP-6, R-HRV-10: people create, edit and remove; shops tell of theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = SalesDesk(phone=UNIQUE, email=UNIQUE)
        self.said: set[tuple[str, str]] = set()
        self.minute = 0

    @rule(phone=PHONES, email=MAILS)
    def somebody_enters(self, phone: str, email: str | None) -> None:
        taken = self._others(None, phone, email)
        existing = refused(lambda: self.desk.enter(name="An", phone=phone, email=email))
        assert existing in taken if taken else existing is None

    @precondition(lambda self: self.desk.living())
    @rule(phone=PHONES, email=MAILS, data=st.data())
    def somebody_edits(self, phone: str, email: str | None, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(self.desk.living()))
        new_phone = phone if phone != record.fields.phone else None
        taken = self._others(record, new_phone, email if email != record.fields.email else None)
        existing = refused(lambda: self.desk.edit(record, phone=phone, email=email))
        assert existing in taken if taken else existing is None

    @precondition(lambda self: self.desk.living())
    @rule(data=st.data())
    def somebody_removes(self, data: st.DataObject) -> None:
        self.desk.remove(data.draw(st.sampled_from(self.desk.living())))

    @rule(shop=SHOPS, source_id=IDS, phone=PHONES, email=MAILS)
    def a_shop_tells(self, shop: str, source_id: str, phone: str, email: str | None) -> None:
        self._tells(shop, source_id, phone, email)

    def _tells(self, shop: str, source_id: str, phone: str, email: str | None) -> None:
        self.minute += 1
        event = self.desk.told(shop, source_id, self.minute % 60, name="Khách", phone=phone, email=email)
        assert event.outcome in ("applied", "parked", "stale", "echo")
        self.said.add((shop, source_id))

    @rule(phone=PHONES, shop=SHOPS, source_id=IDS, person_first=st.booleans(), removing=st.booleans())
    def two_at_once(self, phone: str, shop: str, source_id: str, *, person_first: bool, removing: bool) -> None:
        """One of them comes between the other's reads and writes."""

        def person() -> None:
            if removing and self.desk.living():
                self.desk.remove(self.desk.living()[0])
            else:
                refused(lambda: self.desk.enter(name="Bình", phone=phone))

        def tells() -> None:
            self._tells(shop, source_id, phone, None)

        first, second = (person, tells) if person_first else (tells, person)

        def meanwhile(operation: str) -> None:
            if operation == "transaction":
                self.desk.world.table.before = lambda _: None
                second()

        self.desk.world.table.before = meanwhile
        first()
        self.desk.world.table.before = lambda _: None

    @rule(data=st.data())
    def somebody_decides(self, data: st.DataObject) -> None:
        waiting = reviews.listed(self.desk.office, limit=50, cursor=None).items
        if waiting:
            review = data.draw(st.sampled_from(waiting))
            chosen = data.draw(st.sampled_from([None, *review.candidates]))
            try:
                reviews.resolve(self.desk.office, review.id, chosen)
            except Wrong:
                return  # who could have been it was removed, or is known there as somebody else by now
            self.desk.queued()

    @invariant()
    def a_claim_names_everybody_who_has_the_value(self) -> None:
        living = self.desk.living()
        for field in FIELDS:
            for value in {value for record in living for value in duplicates.of_record(field, record)}:
                having = {record.id for record in living if value in duplicates.of_record(field, record)}
                found = [record.id for record in holding.owners(Draft(self.desk.world.table), field, value)]
                assert set(found) == having
                assert len(found) == len(set(found))

    @invariant()
    def of_those_whom_only_people_entered_no_two_have_one_value(self) -> None:
        by_hand = [record for record in self.desk.living() if not record.external_ids]
        for field in FIELDS:
            values = [value for record in by_hand for value in duplicates.of_record(field, record)]
            assert len(values) == len(set(values))

    @invariant()
    def nothing_that_a_shop_said_is_lost(self) -> None:
        waiting = {(one.connection, one.source_id) for one in self.desk.world.events() if one.outcome == "parked"}
        for shop, source_id in self.said:
            known = self.desk.world.record(shop, "customer", source_id)
            assert known or (shop, source_id) in waiting
            assert not (known is None and shop == "haravan1")

    @invariant()
    def a_stale_claim_names_nobody_wrongly(self) -> None:
        for key, item in self.desk.world.table.items.items():
            if key[0].startswith("CLAIM#unique."):
                assert claims.places(item)

    def _others(self, but: Record | None, phone: str | None, email: str | None) -> set[str]:
        told = {"phone": phone, "email": email}
        others = [record for record in self.desk.living() if but is None or record.id != but.id]
        return {one.id for one in others for field in FIELDS if told[field] in duplicates.of_record(field, one)}


class TestCrowd(Crowd.TestCase):  # type: ignore[valid-type, misc]
    """The story, told many ways."""

    settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
