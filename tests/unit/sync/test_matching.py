"""What platforms say is never thrown away: one match is linked, the rest is kept, marked and noted."""

import pytest

from retailhub.crm import reviews
from retailhub.domain.refusals import Clash
from retailhub.store.events import Event
from tests.unit.rules.sales_desk import REQUIRED, UNIQUE, SalesDesk

PHONE, OTHER, MAIL = "+84912000111", "+84912000222", "an@example.vn"


def codes(event: Event) -> list[str]:
    """What was decided on the way."""
    return [note["code"] for note in event.notes]


def test_exactly_one_match_is_linked_and_updated() -> None:
    """A-DUP-2, A-X-2: after the id there, the unique fields; KiotViet's words win, what it lacks stays (A-KV-8)."""
    desk = SalesDesk(phone=UNIQUE)
    entered = desk.enter(name="An", phone="0912000111", note="khách quen")
    event = desk.told("kiotviet1", "7", name="Trần Thị An", phone="0912 000 111")
    [record] = desk.living()
    assert (record.id, record.external_ids) == (entered.id, {"kiotviet1": "7"})
    assert (record.fields.name, record.fields.note) == ("Trần Thị An", "khách quen")
    assert event.notes == ({"code": "linked_by", "fields": ["phone"]},)


def test_one_person_in_two_stores_is_one_customer_if_the_phone_is_unique() -> None:
    """A-KV-11: two external ids on one customer; without the tick two customers."""
    for ticks, expected in (({"phone": UNIQUE}, 1), ({}, 2)):
        desk = SalesDesk(**ticks)
        for store in ("kiotviet1", "kiotviet2"):
            desk.told(store, "7", name="An", phone=PHONE)
        assert len(desk.living()) == expected


def test_haravan_is_never_matched_by_fields() -> None:
    """R-HRV-07, R-HRV-08, R-HRV-10, A-HRV-18, A-X-1: one phone, two ids, two customers, though the phone is unique."""
    desk = SalesDesk(phone=UNIQUE)
    entered = desk.enter(name="An", phone=PHONE)
    first = desk.told("haravan1", "1", name="An", phone=PHONE)
    desk.told("haravan1", "2", name="An", phone=PHONE)
    assert [record.external_ids for record in desk.living()] == [{}, {"haravan1": "1"}, {"haravan1": "2"}]
    kept = {"code": "duplicate_kept", "field": "phone", "holder_type": "customer", "holder": entered.id}
    assert first.notes == (kept,)


def test_orders_go_to_the_id_not_to_the_phone() -> None:
    """R-HRV-09: of two customers with one phone the order belongs to the one whom the shop names."""
    desk = SalesDesk(phone=UNIQUE)
    for source_id in ("1", "2"):
        desk.told("haravan1", source_id, name="An", phone=PHONE)
    desk.told("haravan1", "50", record_type="order", total_price="100000", buyer={"id": "2", "stub": {"phone": PHONE}})
    assert [record.fields.total_orders for record in desk.living()] == [0, 1]


def test_an_order_before_its_customer_makes_a_stub_with_its_claims() -> None:
    """A-HRV-14: the stub is completed later, and people are told meanwhile that somebody has the phone."""
    desk = SalesDesk(phone=UNIQUE, email=REQUIRED)
    stub = {"id": "9", "stub": {"name": "An", "phone": PHONE}}
    desk.told("haravan1", "50", record_type="order", total_price="100000", buyer=stub)
    [customer] = desk.living()
    assert customer.fields.incomplete == ("email",)
    with pytest.raises(Clash) as clash:
        desk.enter(name="Bình", phone=PHONE, email="b@example.vn")
    assert clash.value.details["existing"]["id"] == customer.id
    desk.told("haravan1", "9", name="An", phone=PHONE, email=MAIL)
    assert desk.fresh(customer).fields.incomplete == ()


def test_a_recipient_counts_and_a_later_customer_is_a_contact_of_their_own() -> None:
    """A-HRV-8, A-HRV-9: no merge by phone, but people are told."""
    desk = SalesDesk(phone=UNIQUE)
    row = desk.words("haravan1", "50", record_type="order", total_price="1", buyer={"id": "9", "stub": {"name": "An"}})
    row.payload["recipient"] = {"name": "Bình", "phone": PHONE}
    desk.apply(row)
    [recipient] = [one for one in desk.living() if one.fields.recipient_of]
    with pytest.raises(Clash) as clash:
        desk.enter(name="Bình", phone=PHONE)
    assert clash.value.details["existing"]["id"] == recipient.id
    desk.told("haravan1", "10", name="Bình", phone=PHONE)
    assert len(desk.living()) == 3


def test_two_customers_of_one_store_stay_two() -> None:
    """A-DUP-2: the match is linked already, so the second one is kept, with a note."""
    desk = SalesDesk(phone=UNIQUE)
    desk.told("kiotviet1", "7", name="An", phone=PHONE)
    event = desk.told("kiotviet1", "8", name="An", phone=PHONE)
    assert codes(event) == ["duplicate_kept"]
    assert len(desk.living()) == 2


def test_a_collision_in_an_update_is_kept_and_noted() -> None:
    """A-DUP-2."""
    desk = SalesDesk(phone=UNIQUE)
    entered = desk.enter(name="An", phone=PHONE)
    desk.told("kiotviet1", "7", name="Bình", phone=OTHER)
    event = desk.told("kiotviet1", "7", at=1, name="Bình", phone=PHONE)
    assert (event.outcome, codes(event), event.notes[0]["holder"]) == ("applied", ["duplicate_kept"], entered.id)
    assert desk.living()[1].fields.phone == PHONE


def test_what_is_missing_is_marked_until_it_comes() -> None:
    """A-DUP-2: saved with `incomplete`; R-DUP-07 holds people only."""
    desk = SalesDesk(phone=REQUIRED, email=REQUIRED)
    event = desk.told("kiotviet1", "7", name="An", phone=PHONE)
    [record] = desk.living()
    assert (record.fields.incomplete, codes(event)) == (("email",), ["incomplete"])
    desk.told("kiotviet1", "7", at=1, name="An", phone=PHONE, email=MAIL)
    assert desk.fresh(record).fields.incomplete == ()


def test_leads_are_matched_with_leads() -> None:
    """A-SYN-3, A-DUP-5: a lead from the cloud is never written into a customer who has the same phone."""
    desk = SalesDesk(phone=UNIQUE, email=UNIQUE)
    customer = desk.enter(name="An", phone=PHONE)
    desk.told("cloud1", "1", record_type="lead", name="An", phone=PHONE)
    desk.told("cloud1", "2", record_type="lead", name="Bình", email=MAIL)
    desk.told("kiotviet1", "3", record_type="lead", name="Bình", email=MAIL)
    ids = [record.external_ids for record in desk.living("lead")]
    assert ids == [{"cloud1": "1"}, {"cloud1": "2", "kiotviet1": "3"}]
    assert desk.fresh(customer).external_ids == {}


def test_a_lead_makes_no_doubt_about_a_customer() -> None:
    """A-DUP-2: a customer of a shop can only be a customer; that a lead has the e-mail is noted."""
    desk = SalesDesk(phone=UNIQUE, email=UNIQUE)
    customer = desk.enter(name="An", phone=PHONE)
    desk.told("cloud1", "1", record_type="lead", name="An", email=MAIL)
    event = desk.told("kiotviet1", "7", name="An", phone=PHONE, email=MAIL)
    assert (event.record, codes(event)) == (customer.id, ["linked_by", "duplicate_kept"])


def test_getfly_and_cnv_go_on_by_the_phone() -> None:
    """A-X-1, A-CNV-4: whatever is ticked."""
    desk = SalesDesk(email=UNIQUE)
    desk.told("getfly1", "1", name="An", phone=PHONE, email=MAIL)
    desk.told("cnv1", "2", name="An", phone=PHONE)
    desk.told("cnv1", "3", name="Bình", email=MAIL)
    assert [record.external_ids for record in desk.living()] == [{"getfly1": "1", "cnv1": "2"}, {"cnv1": "3"}]


def test_of_several_with_one_phone_the_oldest_is_linked_and_the_review_list_warns() -> None:
    """A-CNV-4: found more than one."""
    desk = SalesDesk()
    for source_id in ("1", "2"):
        desk.told("getfly1", source_id, name="An", phone=PHONE)
    desk.told("cnv1", "9", name="An", phone=PHONE)
    oldest, other = desk.living()
    [review] = reviews.listed(desk.office, limit=50, cursor=None).items
    assert oldest.external_ids == {"getfly1": "1", "cnv1": "9"}
    assert (review.linked, list(review.candidates)) == (oldest.id, [oldest.id, other.id])
    with pytest.raises(Clash):
        reviews.resolve(desk.office, review.id, other.id)
    reviews.resolve(desk.office, review.id, oldest.id)
    assert reviews.listed(desk.office, limit=50, cursor=None).items == []


def test_an_invoice_that_is_quicker_than_its_known_customer_makes_no_second_one() -> None:
    """A-DUP-2, A-HRV-14, F15: the store is asked for the whole customer, and who was entered by hand is linked; the
    customer's own words then change what they change, in either order."""
    ends = []
    for invoice_first in (True, False):
        desk = SalesDesk(phone=UNIQUE)
        entered = desk.enter(name="An", phone="0912000111")
        customer = desk.words("kiotviet1", "7", name="Trần Thị An", phone="0912 000 111")
        invoice = desk.words(
            "kiotviet1", "50", 0, "contract", value="100000", buyer={"id": "7", "stub": {"name": "An"}}
        )
        desk.world.platforms["kiotviet1"].rows["customer", "7"] = customer.payload
        for change in (invoice, customer) if invoice_first else (customer, invoice):
            assert desk.apply(change).outcome == "applied"
        [record] = desk.living()
        [contract] = desk.living("contract")
        assert (record.id, contract.fields.customer) == (entered.id, entered.id)
        ends.append((record.fields.name, record.external_ids))
    assert ends[0] == ends[1] == ("Trần Thị An", {"kiotviet1": "7"})
