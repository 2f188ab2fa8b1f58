"""A platform's record that may be several of ours waits for a person, and goes on as they decide."""

import pytest

from retailhub.crm import dead_letters, reviews
from retailhub.domain.instants import after
from retailhub.domain.refusals import Unknown, Wrong
from retailhub.store import events
from retailhub.store.reviews import Review
from retailhub.sync import resume
from tests.unit.rules.sales_desk import UNIQUE, SalesDesk

PHONE, MAIL = "+84912000111", "an@example.vn"


def waiting(desk: SalesDesk) -> list[Review]:
    """The review list."""
    return reviews.listed(desk.office, limit=50, cursor=None).items


def doubtful() -> SalesDesk:
    """Phone and e-mail are unique; An has the phone, Bình the e-mail, and a KiotViet customer has both."""
    desk = SalesDesk(phone=UNIQUE, email=UNIQUE)
    desk.enter(name="An", phone=PHONE)
    desk.enter(name="Bình", email=MAIL)
    desk.told("kiotviet1", "7", name="An Bình", phone=PHONE, email=MAIL)
    return desk


def test_several_matches_wait_for_a_person() -> None:
    """A-DUP-2: nothing is written but the question, with ids only."""
    desk = doubtful()
    an, binh = desk.living()
    [review] = waiting(desk)
    assert review.candidates == {an.id: ["phone"], binh.id: ["email"]}
    [event] = [one for one in desk.world.events() if one.outcome == "parked"]
    assert (event.reason, event.due_at[:10]) == ("several_matches", after(desk.world.clock(), 86_400)[:10])
    assert dead_letters.gather(desk.office, dead_letters.Filter()).dead == [], "the review list shows it"
    assert event.change is not None
    assert len(desk.living()) == 2


def test_a_chosen_customer_gets_the_parked_words() -> None:
    """A-DUP-2: the phone that somebody else has is kept and noted, never lost."""
    desk = doubtful()
    an, binh = desk.living()
    reviews.resolve(desk.office, waiting(desk)[0].id, binh.id)
    [event] = desk.queued()
    assert (event.outcome, event.record) == ("applied", binh.id)
    assert desk.fresh(binh).external_ids == {"kiotviet1": "7"}
    assert desk.fresh(binh).fields.phone == PHONE
    assert {"code": "duplicate_kept", "field": "phone", "holder_type": "customer", "holder": an.id} in event.notes
    assert waiting(desk) == []


def test_somebody_new_is_a_decision_too() -> None:
    """A-DUP-2."""
    desk = doubtful()
    reviews.resolve(desk.office, waiting(desk)[0].id, None)
    [event] = desk.queued()
    assert event.outcome == "applied"
    assert desk.living()[-1].external_ids == {"kiotviet1": "7"}
    assert [note["code"] for note in event.notes] == ["duplicate_kept", "duplicate_kept"]


def test_deciding_twice_is_harmless_and_the_last_decision_counts() -> None:
    """Idempotent: until the words are applied; afterwards there is no such review."""
    desk = doubtful()
    an, binh = desk.living()
    [review] = waiting(desk)
    reviews.resolve(desk.office, review.id, binh.id)
    reviews.resolve(desk.office, review.id, an.id)
    assert {event.record for event in desk.queued()} == {an.id}
    assert desk.fresh(an).external_ids == {"kiotviet1": "7"}
    with pytest.raises(Unknown):
        reviews.resolve(desk.office, review.id, an.id)


def test_a_decision_survives_a_crash_before_its_change_is_queued() -> None:
    """The change is marked as due soon before the decision is written: the one-minute schedule takes it up."""
    desk = doubtful()
    binh = desk.living()[1]

    def killed(_: str) -> None:
        raise RuntimeError("killed")

    desk.world.queues.before = killed
    with pytest.raises(RuntimeError):
        reviews.resolve(desk.office, waiting(desk)[0].id, binh.id)
    desk.world.queues.before = lambda _: None
    desk.world.now += 400
    desk.world.schedules()
    assert [event.outcome for event in desk.queued() if event.record == binh.id] == ["applied"]
    assert desk.fresh(binh).external_ids == {"kiotviet1": "7"}


def test_who_is_known_there_already_cannot_be_chosen() -> None:
    """One customer is one record of a store."""
    desk = doubtful()
    chi = desk.told("kiotviet1", "8", name="Chi")
    [review] = waiting(desk)
    with pytest.raises(Wrong) as wrong:
        reviews.resolve(desk.office, review.id, chi.record)
    assert wrong.value.code == "linked_already"
    with pytest.raises(Wrong) as wrong:
        reviews.resolve(desk.office, review.id, "c_nobody")
    assert wrong.value.code == "unknown_customer"


def test_a_contract_of_somebody_in_doubt_waits_for_the_decision() -> None:
    """A-DUP-2: no stub behind the person's back; with the decision the contract goes on."""
    desk = doubtful()
    an = desk.living()[0]
    buyer = {"id": "7", "stub": {"name": "An Bình", "phone": PHONE, "email": MAIL}}
    event = desk.told("kiotviet1", "90", record_type="contract", code="HD90", value="5", buyer=buyer)
    assert (event.outcome, event.reason) == ("parked", "customer_in_review")
    reviews.resolve(desk.office, waiting(desk)[0].id, an.id)
    assert {event.outcome for event in desk.queued()} == {"applied"}
    [contract] = desk.world.records("contract")
    assert contract.fields.customer == an.id


def test_a_doubt_that_has_gone_is_no_question_any_more() -> None:
    """The nightly comparison looks again: once only one of them is left, it is linked."""
    desk = doubtful()
    desk.remove(desk.living()[1])
    event = desk.told("kiotviet1", "7", name="An Bình", phone=PHONE, email=MAIL)
    assert (event.outcome, waiting(desk)) == ("applied", [])
    assert events.load(desk.world.table, event.id) == event


def test_words_that_newer_ones_have_settled_do_not_wait_for_ever() -> None:
    """A-DUP-2: once a day a parked change looks whether its doubt is gone, and is over then."""
    desk = doubtful()
    [old] = [one for one in desk.world.events() if one.outcome == "parked"]
    desk.told("kiotviet1", "7", at=5, name="An Bình", phone=PHONE)
    assert waiting(desk) == []
    desk.world.now += 86_500.0
    resume.resume(desk.world.hub)
    desk.queued()
    again = events.load(desk.world.table, old.id)
    assert again
    assert (again.outcome, again.message) == ("stale", "")
