"""What people enter is held to the unique and required fields."""

import threading
from typing import Any

import pytest

from retailhub.crm import records
from retailhub.domain.business import CustomerGroup, Lead
from retailhub.domain.records import Customer, Record
from retailhub.domain.refusals import Clash, Wrong
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import records as store
from retailhub.store.table import claim_key
from tests.unit.rules.sales_desk import REQUIRED, UNIQUE, SalesDesk

PHONE, OTHER = "+84912000111", "+84912000222"
ONE_OF_EACH: dict[str, Any] = {
    "name": "An",
    "phone": "0912000111",
    "email": "an@example.vn",
    "tax_code": "0300000000",
    "website": "https://an.example.vn",
    "fax": "02838220000",
    "bank_account": "0071000",
    "birthday": "1990-01-02",
    "source": "facebook",
}


@pytest.mark.parametrize("field", [*ONE_OF_EACH, "address", "group", "custom.the"])
def test_every_listed_field_can_be_unique_and_required(field: str) -> None:
    """R-DUP-05, R-DUP-06, R-DUP-07, R-DUP-08."""
    desk = SalesDesk(**{field: UNIQUE | REQUIRED})
    vip = records.create(desk.office, "customer_group", CustomerGroup(name="VIP"))
    others: dict[str, dict[str, Any]] = {
        "address": {"addresses": ({"line": "1 Lê Lợi"},)},
        "group": {"groups": (vip.id,)},
        "custom.the": {"custom": {"the": "A1"}},
    }
    spoken = others.get(field, {field: ONE_OF_EACH.get(field)})
    first = desk.enter(**{"name": "Khách", **spoken})

    with pytest.raises(Clash) as clash:
        desk.enter(**{"name": "Người khác", **spoken})
    with pytest.raises(Wrong) as wrong:
        desk.enter(**({} if field == "name" else {"name": "Người thứ ba"}))

    assert clash.value.code == ("duplicate_custom" if field == "custom.the" else f"duplicate_{field}")
    assert (clash.value.field, clash.value.details["existing"]["id"]) == (field, first.id)
    assert [(fault.field, fault.code) for fault in wrong.value.faults] == [(field, "missing")]
    assert len(desk.living()) == 1


def test_without_a_tick_nothing_is_asked() -> None:
    """R-DUP-01: it is the administrator who decides."""
    desk = SalesDesk()
    for _ in range(2):
        desk.enter(name="An", phone=PHONE)
    assert len(desk.living()) == 2


def test_the_name_is_always_asked_for() -> None:
    """A-DUP-1."""
    with pytest.raises(Wrong) as wrong:
        SalesDesk().enter(phone=PHONE)
    assert [fault.field for fault in wrong.value.faults] == ["name"]


def test_all_duplicates_are_told_at_once() -> None:
    """A-DUP-3: each field by itself, here with two owners."""
    desk = SalesDesk(phone=UNIQUE, email=UNIQUE)
    one, two = desk.enter(name="An", phone=PHONE), desk.enter(name="Bình", email="binh@example.vn")
    with pytest.raises(Clash) as clash:
        desk.enter(name="Chi", phone="0912 000 111", email="BINH@example.vn")
    assert clash.value.details["duplicates"] == [
        {"field": "phone", "existing": {"type": "customer", "id": one.id}},
        {"field": "email", "existing": {"type": "customer", "id": two.id}},
    ]


def test_all_blanks_are_told_at_once() -> None:
    """R-DUP-07: one entry for each field."""
    desk = SalesDesk(phone=REQUIRED, tax_code=REQUIRED)
    with pytest.raises(Wrong) as wrong:
        desk.enter(email="an@example.vn")
    assert [fault.field for fault in wrong.value.faults] == ["name", "phone", "tax_code"]


def test_a_record_is_no_duplicate_of_itself() -> None:
    """A-DUP-5."""
    desk = SalesDesk(phone=UNIQUE)
    made = desk.enter(name="An", phone=PHONE)
    desk.edit(made, phone="0912 000 111", note="gọi lại")
    assert desk.fresh(made).fields.note == "gọi lại"


def test_a_removed_record_gives_its_values_free() -> None:
    """A-DUP-5: removed ones do not count, not even as the identity by phone."""
    desk = SalesDesk(phone=UNIQUE)
    desk.remove(desk.enter(name="An", phone=PHONE))
    again = desk.enter(name="An", phone=PHONE)
    claim = desk.world.table.get(claim_key("phone", PHONE))
    assert claim and claim["record"] == again.id


def test_a_value_that_was_given_up_is_free() -> None:
    """A-DUP-5: an edit moves the claim."""
    desk = SalesDesk(phone=UNIQUE)
    made = desk.enter(name="An", phone=PHONE)
    desk.edit(made, phone=OTHER)
    desk.enter(name="Bình", phone=PHONE)
    with pytest.raises(Clash):
        desk.enter(name="Chi", phone=OTHER)


def test_an_edit_is_held_to_what_it_changes() -> None:
    """A-DUP-6, R-DUP-07: what was double or blank before may stay, but nothing may be made so."""
    desk = SalesDesk()
    one, two = desk.enter(name="An", phone=PHONE), desk.enter(name="Bình", phone=PHONE)
    desk.tick({"phone": UNIQUE, "email": REQUIRED, "tax_code": REQUIRED})
    edited = desk.edit(two, note="vẫn sửa được", tax_code="0300000000")
    assert (edited.fields.note, edited.fields.incomplete) == ("vẫn sửa được", ("email",))
    with pytest.raises(Wrong):
        desk.edit(two, tax_code=None)
    with pytest.raises(Clash):
        desk.edit(desk.enter(name="Chi", email="c@example.vn", tax_code="1"), phone=PHONE)
    assert desk.fresh(one).fields.phone == PHONE


def test_who_comes_behind_still_counts_when_the_holder_is_gone() -> None:
    """A-DUP-5, A-DUP-6: of two with one phone from before, the younger one has it when the older gives it up."""
    desk = SalesDesk()
    one, two = desk.enter(name="An", phone=PHONE), desk.enter(name="Bình", phone=PHONE)
    desk.tick({"phone": UNIQUE})
    desk.remove(one)
    with pytest.raises(Clash) as clash:
        desk.enter(name="Chi", phone=PHONE)
    assert clash.value.details["existing"]["id"] == two.id


def test_leads_and_customers_share_their_values() -> None:
    """A-DUP-5: other owners' records included."""
    desk = SalesDesk(phone=UNIQUE)
    lead = records.create(desk.office, "lead", Lead(name="An", phone=PHONE))
    with pytest.raises(Clash) as clash:
        desk.enter(name="Bình", phone=PHONE)
    assert clash.value.details["existing"] == {"type": "lead", "id": lead.id}


@pytest.mark.parametrize("lead_first", [True, False])
def test_a_converted_lead_hands_its_values_to_its_customer(lead_first: bool) -> None:
    """A-DUP-5: it is the same person, whichever of the two is drafted first; somebody else is still stopped."""
    desk = SalesDesk(phone=UNIQUE)
    lead, now = records.create(desk.office, "lead", Lead(name="An", phone=PHONE)), desk.world.clock()
    converted = lead.revised(lead.fields.model_copy(update={"status": "converted"}), by="hub", at=now)
    born = store.born("customer", "c_an", origin="hub", by="lan", at=now)
    customer = born.revised(Customer(name="An", phone=PHONE), by="hub", at=now)
    draft, deed = Draft(desk.world.table), Deed("lan", now, "person", instead_of=lead.id)
    both: list[tuple[Record | None, Record]] = [(lead, converted), (None, customer)]

    for before, after in both if lead_first else reversed(both):
        records.drafted(draft, desk.office, before, after, deed)
    draft.commit()

    with pytest.raises(Clash) as clash:
        desk.enter(name="Bình", phone=PHONE)
    assert clash.value.details["existing"] == {"type": "customer", "id": customer.id}


def test_a_stale_claim_is_taken_over() -> None:
    """A-DUP-6: the field was not unique for a while, and its claims were not kept."""
    desk = SalesDesk(phone=UNIQUE)
    made = desk.enter(name="An", phone=PHONE)
    desk.tick({"phone": {"unique": False}}, run=False)
    desk.edit(made, phone=OTHER)
    desk.tick({"phone": UNIQUE})
    again = desk.enter(name="Bình", phone=PHONE)
    claim = desk.world.table.get(claim_key("unique.phone", PHONE))
    assert claim and claim["record"] == again.id


def test_two_who_enter_one_value_at_once_leave_one() -> None:
    """A-DUP-6: the claim is part of the transaction, so the second one is told that the first one is there."""
    desk = SalesDesk(phone=UNIQUE)
    both_have_read = threading.Barrier(2, timeout=5)
    waited = threading.local()

    def wait(operation: str) -> None:
        if operation == "transaction" and not getattr(waited, "done", False):
            waited.done = True
            both_have_read.wait()

    desk.world.table.before = wait
    came_to: list[str] = []

    def enter(name: str) -> None:
        try:
            desk.enter(name=name, phone=PHONE)
            came_to.append("entered")
        except Clash as clash:
            came_to.append(clash.code)

    both = [threading.Thread(target=enter, args=(name,)) for name in ("An", "Bình")]
    for one in both:
        one.start()
    for one in both:
        one.join(10)
    assert sorted(came_to) == ["duplicate_phone", "entered"]
    assert len(desk.living()) == 1
