"""Orders and what they do to their customers (R-HRV-30…37)."""

from dataclasses import replace

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.errors import Contended
from retailhub.sync.apply import apply
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, buyer_of, customer, order, shop, stamp, told, totals

RECIPIENT = {"name": "Lê Văn Nhận", "phone": "+84988000222"}


def test_an_order_that_comes_before_its_customer_makes_a_stub() -> None:
    """A-HRV-14: nobody waits; the customer completes it later, under the same identity."""
    world = shop()
    assert told(world, order(payment_status="paid")) == ["applied"]
    assert (buyer_of(world).name, buyer_of(world).is_buyer, totals(world)) == ("An", True, (530_000, 1))
    assert told(world, customer()) == ["applied"]
    assert (buyer_of(world).name, totals(world)) == ("Trần Thị An", (530_000, 1))
    assert len(world.records("customer")) == 1


def test_a_walk_in_order_belongs_to_nobody() -> None:
    """A-HRV-14: kept, counted for nobody."""
    world = shop()
    assert told(world, customer(), order(buyer=None, payment_status="paid")) == ["applied", "applied"]
    assert totals(world) == (0, 0)
    kept = world.record(SHOP, "order", "55")
    assert kept
    assert kept.fields.buyer is None


def test_a_reassigned_order_moves_to_its_new_buyer() -> None:
    """A-HRV-13: contribution and count move; the old buyer stays one who bought (A-HRV-9)."""
    world = shop()
    told(world, customer("7"), customer("8", phone="+84912000222"), order(at=1, payment_status="paid"))
    told(world, order(at=2, buyer="8", payment_status="paid"))
    assert (totals(world, "7"), totals(world, "8")) == ((0, 0), (530_000, 1))
    assert (buyer_of(world, "7").is_buyer, buyer_of(world, "7").last_purchase_at) == (True, None)
    assert buyer_of(world, "8").last_purchase_at == stamp(0)


def test_an_order_that_lost_its_buyer_counts_for_nobody() -> None:
    """A-HRV-13: Haravan's word about the buyer is its latest one, none included."""
    world = shop()
    told(world, order(at=1, payment_status="paid"), order(at=2, buyer=None, payment_status="paid"))
    assert totals(world) == (0, 0)


def test_a_recipient_becomes_a_contact_of_their_own() -> None:
    """R-HRV-32, R-HRV-16: Is Buyer = No, no totals; the order is the buyer's."""
    world = shop()
    told(world, order(recipient=RECIPIENT, payment_status="paid"))
    kept = world.record(SHOP, "order", "55")
    assert kept
    contact = next(c for c in world.records("customer") if c.id == kept.fields.recipient.customer)
    assert (contact.fields.name, contact.fields.is_buyer, contact.fields.revenue) == ("Lê Văn Nhận", False, 0)
    assert contact.fields.recipient_of == kept.fields.buyer.customer
    assert totals(world) == (530_000, 1)


def test_the_same_recipient_is_not_multiplied() -> None:
    """A-HRV-8: keyed by buyer, phone and name, however often and however spelt."""
    world = shop()
    told(world, order("1", recipient=RECIPIENT), order("2", recipient={"name": "le van nhan", "phone": "0988000222"}))
    told(world, order("3", buyer="8", recipient=RECIPIENT))
    assert sorted(c.fields.name for c in world.records("customer") if c.fields.recipient_of) == ["Lê Văn Nhận"] * 2


def test_an_address_without_name_and_phone_makes_no_contact() -> None:
    world = shop()
    told(world, order(recipient={"address": {"line": "2 Đội Cấn"}}))
    assert len(world.records("customer")) == 1


def test_a_changed_recipient_is_news() -> None:
    """R-HRV-30: the recipient's address belongs to the order, though nothing else changed."""
    world = shop()
    told(world, order(at=1, recipient=RECIPIENT))
    assert told(world, order(at=2, recipient=RECIPIENT | {"address": {"line": "2 Đội Cấn"}})) == ["applied"]
    kept = world.record(SHOP, "order", "55")
    assert kept
    assert kept.fields.recipient.address.line == "2 Đội Cấn"


def test_a_deleted_order_counts_like_a_cancelled_one() -> None:
    """A-HRV-5: the row is kept with its mark."""
    world = shop()
    told(world, order(payment_status="paid"), Change(SHOP, "order", "55", "delete", {"removed": "55"}))
    assert totals(world) == (0, 0)
    assert buyer_of(world).last_purchases == ()


def test_one_phone_with_two_vendor_ids_is_two_customers() -> None:
    """R-HRV-10, F71, I16b: each has their own orders."""
    world = shop()
    told(world, customer("7"), customer("8"), order("1", buyer="7", payment_status="paid"))
    assert len(world.records("customer")) == 2
    assert (totals(world, "7"), totals(world, "8")) == ((530_000, 1), (0, 0))


@pytest.fixture
def regular() -> World:
    """A customer with twelve paid orders, one a day of the month; the log keeps ten."""
    world = shop()
    told(world, customer())
    for day in range(12):
        made = f"2026-05-{day + 1:02d}T02:00:00.000000Z"
        told(world, order(str(day), at=day, payment_status="paid", order_created=made))
    return world


def test_the_last_purchase_is_found_again_when_the_known_ones_are_cancelled(regular: World) -> None:
    """R-HL-12, A-X-6: the log keeps ten; when all ten are cancelled the older orders are asked."""
    world = regular
    for day in range(2, 12):
        told(world, order(str(day), at=60 + day, payment_status="paid", order_status="cancelled"))
    assert buyer_of(world).last_purchase_at == "2026-05-02T02:00:00.000000Z"
    assert [p.at[:10] for p in buyer_of(world).last_purchases] == ["2026-05-02", "2026-05-01"]


def test_a_recount_is_not_fooled_by_an_index_that_lags(regular: World) -> None:
    """F41: the index shows cancelled orders as they were; the orders themselves are asked."""
    world = regular
    world.table.lag()
    for day in range(2, 12):
        told(world, order(str(day), at=60 + day, payment_status="paid", order_status="cancelled"))
    assert buyer_of(world).last_purchase_at == "2026-05-02T02:00:00.000000Z"


def test_a_recount_waits_for_an_index_that_lacks_orders(regular: World) -> None:
    """F41: fewer orders than we know of: the queue tries later, nothing wrong is stored."""
    world = regular
    items = world.table.items.items()
    world.table.lagging = {key: item for key, item in items if "2026-05-0" not in str(item.get("related_sk"))}
    for day in range(2, 11):
        told(world, order(str(day), at=60 + day, payment_status="paid", order_status="cancelled"))
    last = order("11", at=99, payment_status="paid", order_status="cancelled")
    with pytest.raises(Contended, match="orders_index_lags"):
        apply(last, world.hub)
    world.table.lag(on=False)
    assert apply(replace(last, attempt=1), world.hub).outcome == "applied"
    assert buyer_of(world).last_purchase_at == "2026-05-02T02:00:00.000000Z"


def test_a_recipient_s_contact_has_the_source_of_the_buyer() -> None:
    """R-SRC-01: also people who only receive are classed by where they came from."""
    world = shop()
    change = order(recipient=RECIPIENT)
    stub = {"name": "An", "source": "haravan"}
    change = replace(change, payload={**change.payload, "buyer": {"id": "7", "stub": stub}})
    told(world, change)
    contacts = [record.fields for record in world.records("customer") if record.fields.recipient_of]
    assert [(contact.name, contact.source) for contact in contacts] == [("Lê Văn Nhận", "haravan")]
