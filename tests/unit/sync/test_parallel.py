"""The same and different changes at the same moment, on real threads."""

import time
from concurrent.futures import ThreadPoolExecutor

from retailhub.domain.changes import Change
from retailhub.domain.errors import Contended
from retailhub.sync.apply import apply
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, order, shop, totals

WORKERS = 16


def at_once(world: World, changes: list[Change]) -> list[str]:
    """Apply all changes on 16 threads; what loses its races comes again, as from the queue."""

    def one(change: Change) -> str:
        while True:
            try:
                return apply(change, world.hub).outcome
            except Contended:
                continue

    world.table.before = lambda _: time.sleep(0)  # gives way at every call, so that the threads really meet
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, changes))


def test_one_change_a_thousand_times_in_parallel_has_one_effect() -> None:
    """F01, F03: exactly one of a thousand copies is applied."""
    world = shop()
    outcomes = at_once(world, [order(payment_status="paid")] * 1000)
    assert outcomes.count("applied") == 1
    assert outcomes.count("echo") == 999
    assert totals(world) == (530_000, 1)
    record = world.record(SHOP, "order", "55")
    assert record
    assert record.version == 1


def test_a_hundred_orders_of_one_customer_at_once_all_count() -> None:
    """Design §1, F33: folds of one customer meet in one record; no loser is lost."""
    world = shop()
    at_once(world, [customer(), *(order(str(n), payment_status="paid") for n in range(100))])
    assert totals(world) == (53_000_000, 100)
    assert len(world.records("customer")) == 1
