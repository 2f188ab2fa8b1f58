"""Old data, catch-up and what may go wrong on the way (R-KV-07, A-KV-7, F42, F61…F63)."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest
from retailhub.domain.changes import Change
from retailhub.domain.errors import Permanent, Throttled, Unavailable, Unwanted
from retailhub.domain.instants import after
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.store import pulls
from retailhub.sync import pull
from retailhub.sync.apply import apply

from tests.fakes.fake_platform import FakePlatform
from tests.fakes.faults import Killed
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, buyer_of, shop

TYPES = ("customer", "product", "order")


def stocked(customers: int = 23, **options: object) -> World:
    """A shop that had data before it was connected: its old webhooks never came."""
    world = shop(page_size=10, **options)
    platform = world.platforms[SHOP]
    platform.subscribed = False
    for n in range(customers):
        platform.make("customer", name=f"Khách {n}")
        world.now += 1
    return world


def run(world: World, pull_id: str = "b1", pages: int = 1000) -> pulls.Pull | None:
    """Steps of a run, each of a number of pages, until it ends; changes are applied as they come."""
    for _ in range(200):
        left = iter(range(pages))
        done = pull.step(world.hub, pull_id, lambda left=left: next(left, None) is not None)  # type: ignore[misc]
        apply_all(world)
        if done is None or done.status != "running":
            return done
    raise AssertionError("the run does not end")


def apply_all(world: World) -> int:
    """Apply what is queued; answers how many changes there were."""
    waiting = [m for m in world.queues.messages if m.queue == "changes"]
    for message in waiting:
        apply(world.queues.change_of(message), world.hub)
    world.queues.messages.clear()
    return len(waiting)


def backfill(world: World, types: tuple[str, ...] = TYPES) -> pulls.Pull | None:
    return pull.start(world.hub, world.directory.known[SHOP], "backfill", types, "b1")


def test_old_data_come_in_the_platform_s_own_order() -> None:
    """A-KV-7: customers before the orders that refer to them."""
    world = stocked(3)
    world.platforms[SHOP].make("order", order_number="1", buyer={"id": "101", "stub": {}})
    began = backfill(world, ("order", "customer"))
    assert began
    assert began.types == ("customer", "order")
    done = run(world)
    assert done
    assert done.status == "done"
    assert done.counts["customer"] == {"done": 3, "total": 3, "changed": 3, "removed": 0}
    assert buyer_of(world, "101").name == "Khách 0"
    assert len(world.records("order")) == 1


def test_a_second_run_over_unchanged_data_writes_only_its_own_item() -> None:
    """Issue, figures: nothing is queued, nothing but the pull is written."""
    world = stocked()
    backfill(world)
    run(world)
    before = {key: item for key, item in world.table.items.items() if key[1] != "PULL"}
    backfill(world)
    world.table.calls.clear()
    done = run(world)
    assert done
    assert done.counts["customer"]["changed"] == 0
    assert {key: item for key, item in world.table.items.items() if key[1] != "PULL"} == before
    assert world.table.writes == 3 + 2  # three pages of customers, products and orders without any


def test_thin_listings_are_compared_by_their_rows() -> None:
    """Getfly's lists say too little: only rows that changed are read again."""
    world = stocked(5, thin=True, stamped=False)
    platform = world.platforms[SHOP]
    backfill(world)
    run(world)
    assert platform.calls["read"] == 5
    platform.edit("customer", "103", name="Bình")
    backfill(world)
    run(world)
    assert (platform.calls["read"], buyer_of(world, "103").name) == (6, "Bình")


def test_a_run_killed_anywhere_repeats_at_most_one_page() -> None:
    """F63, issue: resumable after kill -9 at every step; the same end."""
    cuts, steps = 0, 1
    while cuts < steps:
        cuts += 1
        world = stocked()
        platform = world.platforms[SHOP]
        seen = [0]

        def cut(_: str, seen: list[int] = seen, cuts: int = cuts) -> None:
            seen[0] += 1
            if seen[0] == cuts:
                raise Killed

        for place in (world.table, world.queues, platform):
            place.before = place.after = cut
        for _ in range(3):
            try:
                if not pulls.load(world.table, "b1"):
                    backfill(world, ("customer",))
                run(world)
                break
            except Killed:
                world.now += 1
        steps = max(steps, seen[0])
        assert len(world.records("customer")) == 23, f"cut at {cuts}"
        assert platform.calls["pages"] <= 3 + 1, f"cut at {cuts}"
    assert cuts > 100


class Endless(FakePlatform):
    """A listing of as many customers as one likes, none of which is kept."""

    many: int = 0

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        start = int(cursor or 0)
        made = ({"id": str(n), "updated_at": "", "fields": {"name": f"Khách {n}"}} for n in range(start, start + 100))
        rows = [Pulled(row["id"], row) for row in made]  # type: ignore[arg-type]
        return PulledPage(rows, cursor=str(start + 100) if start + 100 < self.many else None)


def test_memory_does_not_grow_with_the_rows() -> None:
    """Issue, figures: page by page, whatever there is in all; 9,000 rows more cost less than 6 bytes each."""

    def peak(rows: int) -> int:
        world = shop()
        platform = world.platforms[SHOP] = Endless(SHOP, world.clock)
        platform.many = rows
        world.queues.send_changes = lambda changes: None  # type: ignore[method-assign]
        backfill(world, ("customer",))
        tracemalloc.start()
        done = pull.step(world.hub, "b1", lambda: True)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert done
        assert done.counts["customer"]["changed"] == rows
        return found

    peak(1_000)
    assert peak(10_000) - peak(1_000) < 50_000


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


def test_an_unreadable_row_is_one_failed_event_however_often_it_is_listed() -> None:
    """F25, F62: one bad row never drops its page, and never multiplies."""
    world = stocked(3)
    world.platforms[SHOP].rows["customer", "102"]["unreadable"] = True
    for _ in range(3):
        backfill(world)
        run(world)
        world.now += 60
    assert len(world.records("customer")) == 2
    assert [event.reason for event in world.events() if event.outcome == "failed"] == ["unreadable"]


def test_rows_that_the_connection_does_not_take_are_passed_over() -> None:
    """A-KV-1: an invoice of another branch neither fails the run nor makes an event."""
    world = stocked(3)
    platform = world.platforms[SHOP]
    real = platform.snapshot

    def picky(record_type: object, payload: dict[str, object]) -> object:
        if payload.get("id") == "102":
            raise Unwanted("other_branch")
        return real(record_type, payload)  # type: ignore[arg-type]

    platform.snapshot = picky  # type: ignore[method-assign, assignment]
    backfill(world)
    done = run(world)
    assert done
    assert (done.status, done.counts["customer"]["changed"]) == ("done", 2)
    assert {event.outcome for event in world.events()} == {"applied"}


def test_a_catch_up_looks_back_behind_the_last_complete_one() -> None:
    """Design §2: overlap, because clocks differ and listings lag; a failed one counts for nothing."""
    world = stocked(1)
    assert pull.catch_up(world.hub, "haravan") == [SHOP]
    first = pulls.load(world.table, f"catch_up.{SHOP}")
    assert first
    assert first.since == after(world.directory.known[SHOP].created_at, -900)
    run(world, f"catch_up.{SHOP}")
    world.now += 3600
    assert pull.catch_up(world.hub, "haravan") == [SHOP]
    second = pulls.load(world.table, f"catch_up.{SHOP}")
    assert second
    assert second.since == after(first.started_at, -900)


def test_a_catch_up_closes_the_gap_after_an_outage() -> None:
    """F06: webhooks that never came are found by the listing."""
    world = stocked(0)
    pull.catch_up(world.hub, "haravan")
    run(world, f"catch_up.{SHOP}")
    world.now += 7200
    source_id = world.platforms[SHOP].make("customer", name="An")
    pull.catch_up(world.hub, "haravan")
    run(world, f"catch_up.{SHOP}")
    assert buyer_of(world, source_id).name == "An"


def test_what_the_listing_reports_as_removed_is_marked_once() -> None:
    """A-KV-3."""
    world = stocked(2)
    backfill(world)
    run(world)
    world.platforms[SHOP].remove("customer", "101")
    for changes in (1, 0):
        backfill(world)
        pull.step(world.hub, "b1", lambda: True)
        assert apply_all(world) == changes
    record = world.record(SHOP, "customer", "101")
    assert record
    assert record.deleted


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


def test_webhooks_during_a_backfill_are_not_overwritten_by_older_pages() -> None:
    """F61, I13: backfill beside webhooks, webhooks alone, backfill alone: the same end."""
    ends = []
    for way in ("both", "webhooks", "backfill"):
        world = stocked(0)
        platform = world.platforms[SHOP]
        notices: list[Change] = []
        platform.tell, platform.subscribed = notices.append, True
        for n in range(12):
            platform.make("customer", name=f"Khách {n}")
        if way != "webhooks":
            backfill(world)
            pull.step(world.hub, "b1", lambda: True)  # what it queued is of now, and comes last
        world.now += 10
        for row in list(platform.live("customer"))[:6]:
            platform.edit("customer", row["id"], name="Mới")
        if way != "backfill":
            for notice in notices:
                apply(notice, world.hub)
        apply_all(world)
        if way == "backfill":
            backfill(world)
            run(world)
        ends.append(sorted((r.id, r.fields.name) for r in world.records("customer")))
    assert ends[0] == ends[1] == ends[2]


def test_a_stamp_that_moved_without_news_is_remembered_too() -> None:
    """F05: a webhook from between two equal states, hours late, must not win over what a listing has shown since."""
    world = stocked(1)
    platform = world.platforms[SHOP]
    backfill(world)
    run(world)
    world.now += 60
    platform.edit("customer", "101", name="Bình")
    late = platform.notice("customer", "101")
    world.now += 60
    platform.edit("customer", "101", name="Khách 0")
    backfill(world)
    run(world)
    assert apply(late, world.hub).outcome == "stale"
    assert buyer_of(world, "101").name == "Khách 0"
