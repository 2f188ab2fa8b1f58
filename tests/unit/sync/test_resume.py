"""Waiting without sleeping: 429s and outages park what concerns them, and it drains within the budget (design §2)."""

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.errors import Unavailable
from retailhub.platforms.budget import Budget
from retailhub.store.table import parked_for, waiting_for
from retailhub.sync.apply import apply
from retailhub.sync.resume import resume
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, buyer_of, shop

DAY = 86_400.0
BUDGET = Budget(20, 2.0)


def down(_: str) -> None:
    raise Unavailable("unavailable")


def busy_pair() -> World:
    """Getfly feeding CNV, which allows two calls a second."""
    world = World()
    world.connect("getfly1", "getfly", ("product",))
    world.connect("cnv1", "cnv_loyalty", ("order",), BUDGET, writes=("product",))
    world.flow("getfly1", "cnv1", "product", "created", "updated")
    return world


def pass_time(world: World, seconds: float) -> None:
    """Let the world run on for a while."""
    until = world.now + seconds
    while world.now < until:
        while world.step():
            pass
        world.now = min(until, world.minute + 60)
        world.schedules()


def most_in(served: list[tuple[str, str]], seconds: int) -> int:
    """The most calls within any such time."""
    at = [int(s[11:13]) * 3600 + int(s[14:16]) * 60 + float(s[17:26]) + int(s[8:10]) * DAY for s, _ in served]
    return max(sum(1 for other in at if start <= other < start + seconds) for start in at)


def test_a_day_s_outage_is_waited_out_and_drained_within_the_budget() -> None:
    """F54: the backlog is visible, one entry per record, newest state only; no call too many afterwards."""
    world = busy_pair()
    cnv, getfly = world.platforms["cnv1"], world.platforms["getfly1"]
    cnv.before = down
    products = [getfly.make("product", name=f"Áo {n}", code=f"A{n}", price="1") for n in range(100)]
    pass_time(world, DAY / 2)
    for product in products:
        for price in ("2", "3"):
            getfly.edit("product", product, price=price)
    pass_time(world, DAY / 2)
    during = len(cnv.served)
    assert during < 500
    assert len(world.table.query(waiting_for("cnv1"), index="due", limit=1000).items) == 100
    assert not world.queues.dead
    cnv.before = lambda _: None
    cnv.served.clear()
    world.drain()
    assert sorted(row["fields"]["price"] for row in cnv.live("product")) == ["3"] * 100
    assert cnv.calls["update"] == 0
    assert most_in(cnv.served, 60) <= 20 + 2 * 60
    assert not world.table.query(waiting_for("cnv1"), index="due").items


def test_an_outage_parks_changes_that_must_be_read() -> None:
    """F48: thin notices wait in their events and are applied when the platform is back."""
    world = shop(thin=True, stamped=False)
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An")
    platform.before = down
    world.queues.messages.clear()
    notice = Change(SHOP, "customer", source_id, uid="u")
    assert apply(notice, world.hub).outcome == "parked"
    assert len(world.table.query(parked_for(SHOP), index="due").items) == 1
    pass_time(world, 3600)
    platform.before = lambda _: None
    world.drain()
    assert {event.outcome for event in world.events()} == {"applied", "echo"}
    assert buyer_of(world, source_id).name == "An"
    assert not world.table.query(parked_for(SHOP), index="due").items


def test_a_parked_change_is_queued_once_and_leased() -> None:
    """It is not queued every minute while it waits in the queue; if it is lost there, it is queued once more."""
    world = shop(thin=True)
    world.platforms[SHOP].before = down
    apply(Change(SHOP, "customer", "7", uid="u"), world.hub)
    world.now += 61
    assert resume(world.hub) == {SHOP: 1}
    [message] = world.queues.messages
    assert world.queues.change_of(message).attempt == 1
    world.now += 60
    assert resume(world.hub) == {SHOP: 0}
    world.now += 300
    assert resume(world.hub) == {SHOP: 1}


def test_an_index_that_lags_reopens_nothing() -> None:
    """F41: what was handled meanwhile stays handled."""
    world = shop(thin=True)
    platform = world.platforms[SHOP]
    platform.before = down
    notice = Change(SHOP, "customer", platform.make("customer", name="An"), uid="u")
    apply(notice, world.hub)
    world.queues.messages.clear()
    world.now += 61
    world.table.lag()
    platform.before = lambda _: None
    apply(notice, world.hub)
    assert resume(world.hub) == {SHOP: 0}
    assert [event.outcome for event in world.events()] == ["applied"]


def test_a_failed_change_is_not_tried_by_itself() -> None:
    """F32: poison waits for a person, not for a schedule."""
    world = shop()
    apply(Change(SHOP, "customer", "7", payload={"id": "7", "unreadable": True}), world.hub)
    world.now += DAY
    assert resume(world.hub) == {SHOP: 0}


def test_while_the_breaker_is_open_nothing_is_queued_and_then_one_probe() -> None:
    """F48: a platform that is down is not stormed by the backlog."""
    world = busy_pair()
    cnv = world.platforms["cnv1"]
    cnv.before = down
    for n in range(30):
        world.platforms["getfly1"].make("product", name=f"Áo {n}", code=f"A{n}")
    while world.step():
        pass
    assert resume(world.hub)["cnv1"] == 0
    world.now += 120
    assert resume(world.hub)["cnv1"] == 1


@pytest.mark.parametrize("paused", [True, False])
def test_changes_of_a_paused_connection_wait_for_it(paused: bool) -> None:
    """They are due by themselves as soon as it goes on, also those that came while a worker still thought it paused."""
    world = shop()
    world.pause(SHOP)
    world.platforms[SHOP].make("customer", name="An")
    while world.step():
        pass
    assert [event.reason for event in world.events()] == ["paused"]
    world.pause(SHOP, paused=paused)
    world.now += 61
    assert resume(world.hub) == ({} if paused else {SHOP: 1})
