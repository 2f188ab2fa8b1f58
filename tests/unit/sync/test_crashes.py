"""Killed anywhere: the retry finishes, and the end is as if nothing had happened (F35, F37, F50)."""

from collections.abc import Callable
from typing import Any

import pytest

from retailhub.domain.changes import Change
from retailhub.store import events
from retailhub.sync.apply import apply, fail
from retailhub.sync.deliver import deliver
from tests.fakes.faults import Killed
from tests.fakes.world import World
from tests.unit.sync.pair import PHONE, Pair
from tests.unit.sync.shop import customer, order, shop, told

RECIPIENT = {"name": "Lê Văn Nhận", "phone": "+84988000222"}


class Scissors:
    """Kills whoever takes the n-th step at table, queue or platform, once; counts the steps."""

    def __init__(self, world: World, at: int | None) -> None:
        self.at, self.steps = at, 0
        places: list[Any] = [world.table, world.queues, *world.platforms.values()]
        for place in places:
            place.before = place.after = self._step

    def _step(self, _: str) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise Killed


def state(world: World) -> dict[str, Any]:
    """All that matters: records, links, and what every platform has; not how often it took."""
    items = {
        key: (item.get("data"), item.get("record"), item.get("version"))
        for key, item in world.table.items.items()
        if key[1] in ("REC", "REMOTE", "CLAIM")
    }
    rows = {name: platform.rows for name, platform in world.platforms.items()}
    return {"items": items, "rows": _timeless(rows)}


def _timeless(rows: dict[str, Any]) -> Any:
    return {n: {k: (r["fields"], r["code"]) for k, r in sorted(table.items())} for n, table in rows.items()}


def every_cut(make: Callable[[], World], act: Callable[[World], object]) -> int:
    """Run `act` undisturbed, then once for every step with a kill there and a retry a while later; compare the ends."""
    calm = make()
    steps = Scissors(calm, None)
    act(calm)
    for cut in range(1, steps.steps + 1):
        world = make()
        Scissors(world, cut)
        with pytest.raises(Killed):
            act(world)
        world.now += 200
        act(world)
        assert state(world) == state(calm), f"killed at step {cut}"
    return steps.steps


def test_apply_can_be_killed_at_every_step() -> None:
    """F35: an order with a new buyer and a recipient, then its cancellation after the buyer changed."""

    def act(world: World) -> None:
        told(world, order(at=1, payment_status="paid", recipient=RECIPIENT))
        told(world, customer("8", phone="+84912000222"))
        told(world, order(at=2, buyer="8", payment_status="paid", order_status="cancelled"))

    assert every_cut(shop, act) >= 15


def test_apply_of_a_thin_notice_can_be_killed_at_every_step() -> None:
    def make() -> World:
        world = shop(thin=True, phone_is_identity=True)
        world.platforms["haravan1"].make("customer", name="An", phone=PHONE)
        return world

    assert every_cut(make, lambda world: told(world, Change("haravan1", "customer", "101", uid="u"))) >= 6


def test_closing_a_redriven_event_can_be_killed_at_every_step() -> None:
    """F77: the failed event is closed in the end, whenever the worker dies."""
    change = customer()
    again = Change(**{**change.__dict__, "attempt": 1})

    def make() -> World:
        world = shop()
        fail(change, ValueError("yesterday's bug"), world.hub)
        return world

    def act(world: World) -> None:
        apply(again, world.hub)
        kept = events.load(world.table, change.event_id)
        assert kept
        assert (kept.outcome, kept.message) == ("applied", "")

    assert every_cut(make, act) >= 4


def with_order() -> World:
    """An order of Getfly and its customer in the hub, neither of them at CNV yet."""
    pair = Pair()
    pair.order(pair.getfly, pair.getfly.make("customer", name="An", phone=PHONE))
    for message in list(pair.world.queues.messages):
        apply(pair.world.queues.change_of(message), pair.world.hub)
    pair.world.queues.messages.clear()
    pair.world.platforms["cnv1"].tell = lambda _: None
    return pair.world


def deliver_order(world: World) -> None:
    """Deliver the order, and its customer before it."""
    pair = Pair.__new__(Pair)
    pair.world = world
    assert deliver(pair.wish("order"), world.hub) in ("created", "updated", "nothing")


@pytest.mark.parametrize("answers_ids", [True, False])
def test_a_create_can_be_killed_at_every_step(answers_ids: bool) -> None:
    """F50: pending link, look-up before create: one customer and one order there, linked here."""

    def make() -> World:
        world = with_order()
        world.platforms["cnv1"].answers_ids = answers_ids
        return world

    def act(world: World) -> None:
        deliver_order(world)
        cnv = world.platforms["cnv1"]
        assert (len(cnv.live("customer")), len(cnv.live("order"))) == (1, 1)

    assert every_cut(make, act) >= 20


def test_an_update_can_be_killed_at_every_step() -> None:
    """An update is absolute: twice is as once."""

    def make() -> World:
        world = with_order()
        deliver_order(world)
        getfly = world.platforms["getfly1"]
        getfly.edit("order", getfly.live("order")[0]["id"], order_status="closed")
        for message in [m for m in world.queues.messages if m.queue == "wire"]:
            apply(world.queues.change_of(message), world.hub)
        return world

    assert every_cut(make, deliver_order) >= 6
