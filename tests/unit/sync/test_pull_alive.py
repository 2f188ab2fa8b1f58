"""A run is alive, silent, overtaken, refused: one worker goes on, and only one (F30, F42)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from retailhub.domain.errors import Permanent, Throttled, Unavailable
from retailhub.store import pulls
from retailhub.sync import pull
from tests.unit.sync.runs import backfill, stocked
from tests.unit.sync.shop import SHOP


@pytest.mark.parametrize("error, delay", [(Throttled("throttled", retry_after=7), 7), (Unavailable("unavailable"), 30)])
def test_a_platform_in_trouble_delays_the_next_step(error: Exception, delay: float) -> None:
    """No sleeping: the next step is queued for later, from the same page; the run shows that it lives."""
    world = stocked()
    backfill(world)
    world.queues.messages.clear()

    def refuse(_: str) -> None:
        raise error

    world.platforms[SHOP].before = refuse
    before = world.clock()
    assert pull.step(world.hub, "b1", lambda: True)
    [message] = world.queues.messages
    kept = pulls.load(world.table, "b1")
    assert kept
    assert (kept.status, kept.cursor, kept.beat_at > before) == ("running", None, True)
    assert message.visible_at == pytest.approx(world.now + delay, abs=0.1)


def test_a_long_outage_does_not_multiply_the_steps() -> None:
    """F42: a run that waits is not woken as if it were dead."""
    world = stocked()
    backfill(world)

    def refuse(_: str) -> None:
        raise Unavailable("unavailable")

    world.platforms[SHOP].before = refuse
    until = world.now + 4 * 3600
    while world.now < until:
        while world.step():
            pass
        world.now += 20
        world.schedules()
    assert len([m for m in world.queues.messages if m.body == "b1"]) == 1


def test_a_run_that_fell_silent_is_woken_once() -> None:
    """F42: its message was lost; a quarter of an hour later it goes on."""
    world = stocked()
    backfill(world)
    world.queues.messages.clear()
    assert pull.wake(world.hub) == 0
    world.now += 901
    assert pull.wake(world.hub) == 1
    world.now += 60
    assert pull.wake(world.hub) == 0


def test_one_run_at_a_time_unless_the_other_is_dead() -> None:
    """F42: schedules fire twice and overlap; a dead run is taken over where it stood."""
    world = stocked()
    assert backfill(world)
    assert backfill(world) is None
    left = iter(range(1))
    pull.step(world.hub, "b1", lambda: next(left, None) is not None)
    world.now += 901
    taken_over = backfill(world)
    assert taken_over
    assert (taken_over.cursor is not None, taken_over.counts["customer"]["done"]) == (True, 10)


def test_two_workers_on_one_run_do_not_both_go_on() -> None:
    """F30: the loser of the race for the page stops; the page was queued twice at most, which is harmless."""
    world = stocked()
    backfill(world)
    real: Callable[..., object] = world.platforms[SHOP].pages

    def overtaken(*arguments: object) -> object:
        world.platforms[SHOP].pages = real  # type: ignore[method-assign, assignment]
        pull.step(world.hub, "b1", lambda: True)
        return real(*arguments)

    world.platforms[SHOP].pages = overtaken  # type: ignore[method-assign, assignment]
    assert pull.step(world.hub, "b1", lambda: True) is None
    kept = pulls.load(world.table, "b1")
    assert kept
    assert kept.status == "done"


def test_a_cancelled_run_stops_before_its_next_page() -> None:
    world = stocked()
    began = backfill(world)
    assert began
    kept = pulls.load(world.table, "b1")
    assert kept
    world.table.write(pulls.put(replace(kept, status="cancelled")))
    ended = pull.step(world.hub, "b1", lambda: True)
    assert ended
    assert (ended.status, world.platforms[SHOP].calls["pages"]) == ("cancelled", 0)


def test_a_refusal_ends_the_run_with_its_cause() -> None:
    """A wrong credential is shown, not tried for ever; the next catch-up begins where the last complete one did."""
    world = stocked()

    def refuse(_: str) -> None:
        raise Permanent("unauthorized")

    world.platforms[SHOP].before = refuse
    backfill(world)
    ended = pull.step(world.hub, "b1", lambda: True)
    assert ended
    assert (ended.status, ended.error["code"]) == ("failed", "unauthorized")


def test_one_connection_without_credentials_keeps_nobody_else_waiting() -> None:
    world = stocked(1)
    world.connect("haravan2", "haravan")
    real = world.hub.open
    opened: list[str] = []

    def locked(connection: object) -> object:
        opened.append(connection.id)  # type: ignore[attr-defined]
        if connection.id == SHOP:  # type: ignore[attr-defined]
            raise Permanent("no_credentials")
        return real(connection)  # type: ignore[arg-type]

    object.__setattr__(world.hub, "open", locked)
    assert pull.catch_up(world.hub, "haravan") == ["haravan2"]
    assert opened == [SHOP, "haravan2"]
