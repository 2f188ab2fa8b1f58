"""Old data come in page by page, whatever there is in all and wherever it is cut (R-KV-07, A-KV-7, F62, F63)."""

import tracemalloc

from retailhub.domain.errors import Unwanted
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.store import pulls
from retailhub.sync import pull
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.faults import Killed
from tests.unit.sync.runs import backfill, run, stocked
from tests.unit.sync.shop import SHOP, buyer_of, shop


class Endless(FakePlatform):
    """A listing of as many customers as one likes, none of which is kept."""

    many: int = 0

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        start = int(cursor or 0)
        made = ({"id": str(n), "updated_at": "", "fields": {"name": f"Khách {n}"}} for n in range(start, start + 100))
        rows = [Pulled(row["id"], row) for row in made]  # type: ignore[arg-type]
        return PulledPage(rows, cursor=str(start + 100) if start + 100 < self.many else None)


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
    """The figures to reach: nothing is queued, nothing but the pull is written."""
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
    """F63: resumable after kill -9 at every step; the same end."""
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


def test_memory_does_not_grow_with_the_rows() -> None:
    """The figures to reach: page by page, whatever there is in all; 9,000 rows more cost less than 6 bytes each."""

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
