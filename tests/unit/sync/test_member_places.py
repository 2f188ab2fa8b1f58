"""Where a customer stands among the members follows every order: it is written in the same transaction."""

from typing import Any

from retailhub.domain.membership import Membership
from retailhub.store import records
from retailhub.store.table import record_key
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, order, shop, stamp, told


def place(world: World) -> tuple[str, str]:
    """Standing and place of the shop's customer in the index `members`."""
    record = world.record(SHOP, "customer", "7")
    assert record
    item: dict[str, Any] = world.table.items[record_key("customer", record.id)]
    return item["members_pk"], item["members_sk"].partition("#")[0]


def known() -> World:
    """A shop whose customer 7 is in Haravan and no member."""
    world = shop()
    told(world, customer("7", vendor_id="7"))
    return world


def test_who_never_bought_has_no_instant() -> None:
    """A-HL-3, R-HL-17: last in the order."""
    assert place(known()) == ("MEMBERS#unregistered", "")


def test_a_paid_order_is_a_purchase_and_an_unpaid_one_is_not() -> None:
    """R-HL-09, A-HL-4: successful is paid and not cancelled."""
    world = known()
    told(world, order(at=1, payment_status="pending"))
    unpaid = place(world)
    told(world, order(at=2, payment_status="paid"))

    assert (unpaid[1], place(world)[1]) == ("", stamp(0))


def test_a_cancelled_or_refunded_order_is_none_any_more() -> None:
    """R-HL-10, A-HL-4, A-X-6: the last purchase before it counts again."""
    world = known()
    told(world, order("55", at=1, payment_status="paid", order_created=stamp(10)))
    told(world, order("56", at=1, payment_status="paid", order_created=stamp(20), order_number="#56"))
    newest = place(world)[1]
    told(world, order("56", at=2, payment_status="paid", order_created=stamp(20), order_status="cancelled"))
    before = place(world)[1]
    told(world, order("55", at=2, payment_status="refunded", order_created=stamp(10)))

    assert (newest, before, place(world)[1]) == (stamp(20), stamp(10), "")


def test_an_activation_changes_the_standing_alone() -> None:
    """R-HL-17, R-HL-18."""
    world = known()
    told(world, order(at=1, payment_status="paid"))
    record = world.record(SHOP, "customer", "7")
    assert record
    made = Membership(activated_at=stamp(30), activated_by="lan")
    after = record.revised(record.fields.model_copy(update={"membership": made}), by="hub", at=stamp(30))
    world.table.write(*records.writes(record, after))

    assert place(world) == ("MEMBERS#registered", stamp(0))


def test_somebody_removed_stands_nowhere() -> None:
    """R-HL-14."""
    world = known()
    record = world.record(SHOP, "customer", "7")
    assert record
    world.table.write(*records.writes(record, record.revised(record.fields, by="hub", at=stamp(30), deleted=True)))

    assert "members_pk" not in world.table.items[record_key("customer", record.id)]
