"""What one event costs, counted in calls: the figures to reach."""

from retailhub.domain.deliveries import Delivery
from retailhub.sync.deliver import deliver
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, order, shop, told


def cost(world: World, change: object) -> tuple[int, int]:
    """Reads and writes that applying costs."""
    world.table.calls.clear()
    told(world, change)  # type: ignore[arg-type]
    return world.table.reads, world.table.writes


def test_a_plain_customer_change_is_one_transaction_and_at_most_three_reads() -> None:
    world = shop()
    reads, writes = cost(world, customer(at=1))
    assert (reads <= 3, writes) == (True, 1)
    reads, writes = cost(world, customer(at=2, name="Bình"))
    assert (reads <= 3, writes) == (True, 1)


def test_so_it_is_where_phones_are_identity() -> None:
    world = World()
    world.connect(SHOP, "getfly", phone_is_identity=True, writes=("customer",))
    reads, writes = cost(world, customer(at=1))
    assert (reads <= 3, writes) == (True, 1)
    reads, writes = cost(world, customer(at=2, name="Bình"))
    assert (reads <= 3, writes) == (True, 1)


def test_an_unchanged_record_costs_no_write() -> None:
    world = shop()
    told(world, customer(), order())
    assert cost(world, customer())[1] == 0
    assert cost(world, order())[1] == 0


def test_an_order_is_one_transaction() -> None:
    """F39: order, customer, links, pointers and event, whole or not at all."""
    world = shop()
    _, writes = cost(world, order(recipient={"name": "Nhận", "phone": "0988000222"}, payment_status="paid"))
    assert (writes, world.table.calls["transaction"]) == (1, 1)


def test_a_redundant_delivery_costs_no_call_outside() -> None:
    """F58: what the platform has, by its own words or by ours, is not sent."""
    world = shop()
    told(world, customer())
    [record] = world.records("customer")
    platform = world.platforms[SHOP]
    wish = Delivery("haravan", SHOP, "customer", record.id, record.id, asked=True)
    assert deliver(wish, world.hub) == "nothing"
    assert deliver(wish, world.hub) == "nothing"
    assert not platform.calls
