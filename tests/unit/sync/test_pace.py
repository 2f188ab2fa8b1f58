import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from retailhub.domain.errors import Throttled
from retailhub.domain.instants import stamp
from retailhub.platforms.budget import Budget
from retailhub.sync.pace import Pace, peek
from tests.fakes.memory_table import MemoryTable

START = datetime(2026, 5, 14, 2, tzinfo=UTC)


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> str:
        return stamp(START + timedelta(seconds=self.now))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def table() -> MemoryTable:
    return MemoryTable()


def drained(pace: Pace) -> int:
    """Take calls until none is left; answers how many there were."""
    taken = 0
    try:
        while True:
            pace.take()
            taken += 1
    except Throttled:
        return taken


@pytest.mark.parametrize("portion", [1, 10])
def test_the_budget_is_what_the_platform_allows(table: MemoryTable, clock: Clock, portion: int) -> None:
    """Design §2: no 429 of our own making: a full bucket at once, then what flows in."""
    pace = Pace(table, "c", Budget(10, 2.0), clock, portion)
    assert drained(pace) == 10
    clock.now += 3
    assert drained(pace) == 6
    clock.now += 3600
    assert drained(pace) == 10


def test_who_is_refused_learns_when_to_come_again(table: MemoryTable, clock: Clock) -> None:
    pace = Pace(table, "c", Budget(2, 0.5), clock)
    drained(pace)
    with pytest.raises(Throttled) as refused:
        pace.take()
    assert refused.value.retry_after == pytest.approx(2.0)
    clock.now += 2.0
    pace.take()


def test_eight_workers_share_one_budget_and_use_it_up(table: MemoryTable, clock: Clock) -> None:
    """Figures: never above the budget, and at least 95 % of it used, over ten minutes under eight threads."""
    budget, served, lock = Budget(20, 4.0), [], threading.Lock()
    table.before = lambda _: time.sleep(0)
    barrier = threading.Barrier(8 + 1)

    def work(portion: int) -> None:
        pace = Pace(table, "c", budget, clock, portion)
        for _ in range(600):
            barrier.wait()
            taken = drained(pace)
            with lock:
                served.extend([clock.now] * taken)
            barrier.wait()

    workers = [threading.Thread(target=work, args=(1,), daemon=True) for _ in range(8)]
    for worker in workers:
        worker.start()
    for _ in range(600):
        barrier.wait(timeout=30)
        barrier.wait(timeout=30)
        clock.now += 1.0
    allowed = 20 + 4.0 * 599
    assert 0.95 * allowed <= len(served) <= allowed
    for window in (1, 10, 60):
        assert max(_within(served, window)) <= 20 + 4.0 * window


def _within(served: list[float], window: int) -> list[int]:
    counts: dict[int, int] = {}
    for at in served:
        counts[int(at)] = counts.get(int(at), 0) + 1
    return [sum(counts.get(second, 0) for second in range(start, start + window)) for start in range(600)]


def test_a_portion_that_lay_unused_is_given_up(table: MemoryTable, clock: Clock) -> None:
    """A warm worker does not add yesterday's calls to today's full bucket."""
    idle, busy = Pace(table, "c", Budget(10, 2.0), clock, 10), Pace(table, "c", Budget(10, 2.0), clock)
    idle.take()
    clock.now += 60
    assert drained(busy) + drained(idle) == 10


def test_a_429_closes_the_way_for_all_as_long_as_told(table: MemoryTable, clock: Clock) -> None:
    """F47: also for workers that still have calls of their portion."""
    told, other = Pace(table, "c", Budget(100, 10.0), clock, 5), Pace(table, "c", Budget(100, 10.0), clock)
    told.take()
    told.seen(429, {"Retry-After": "7"})
    for pace in (told, other):
        with pytest.raises(Throttled, match="waiting_for_platform") as refused:
            pace.take()
        assert refused.value.retry_after == pytest.approx(7.0)
    clock.now += 7.1
    other.take()


def failing(pace: Pace, times: int) -> None:
    for _ in range(times):
        pace.take()
        pace.seen(503, {})


def test_the_breaker_opens_after_three_failures_in_a_row(table: MemoryTable, clock: Clock) -> None:
    """F48: two are bad luck, three are an outage; the pauses grow."""
    pace = Pace(table, "c", Budget(100, 10.0), clock)
    failing(pace, 2)
    pace.take()
    pace.seen(0, {})
    with pytest.raises(Throttled, match="waiting_for_platform") as first:
        pace.take()
    assert 15 <= (first.value.retry_after or 0) <= 15 * 1.25
    clock.now += 20
    failing(pace, 1)
    with pytest.raises(Throttled) as second:
        pace.take()
    assert 30 <= (second.value.retry_after or 0) <= 30 * 1.25


def test_half_open_lets_one_probe_through(table: MemoryTable, clock: Clock) -> None:
    """F48: after the pause a single call tries; all others wait for its fate."""
    paces = [Pace(table, "c", Budget(100, 10.0), clock, 10) for _ in range(4)]
    failing(paces[0], 3)
    clock.now += 20
    paces[1].take()
    for pace in paces:
        with pytest.raises(Throttled, match="waiting_for_platform"):
            pace.take()
    paces[1].seen(200, {})
    for pace in paces:
        pace.take()
    assert peek(table, "c").failures == 0


def test_a_probe_that_never_comes_back_keeps_nobody_out_for_long(table: MemoryTable, clock: Clock) -> None:
    pace, other = Pace(table, "c", Budget(100, 10.0), clock), Pace(table, "c", Budget(100, 10.0), clock)
    failing(pace, 3)
    clock.now += 20
    pace.take()
    clock.now += 31
    other.take()


def test_a_success_closes_the_count_of_failures(table: MemoryTable, clock: Clock) -> None:
    pace = Pace(table, "c", Budget(100, 10.0), clock)
    failing(pace, 2)
    pace.take()
    pace.seen(200, {})
    failing(pace, 2)
    pace.take()
    assert peek(table, "c").failures == 2


def test_a_refused_request_is_no_outage(table: MemoryTable, clock: Clock) -> None:
    """A 4xx is about the request: the platform is well."""
    pace = Pace(table, "c", Budget(100, 10.0), clock)
    for _ in range(5):
        pace.take()
        pace.seen(422, {})
    pace.take()


def test_what_others_took_from_the_bucket_is_not_ours(table: MemoryTable, clock: Clock) -> None:
    """haravan.md §3.2: the header tells how full the bucket is, other apps' calls included."""
    pace = Pace(table, "c", Budget(78, 4.0), clock)
    pace.take()
    pace.seen(200, {"X-Haravan-Api-Call-Limit": "60/80"})
    assert drained(pace) == 18


def test_a_bucket_that_is_full_of_our_own_calls_still_flows(table: MemoryTable, clock: Clock) -> None:
    """≥ 95 % of the quota: the header that repeats our own figures takes nothing away."""
    pace, level, served = Pace(table, "c", Budget(78, 4.0), clock), 0.0, 0
    for _ in range(1200):
        clock.now += 0.25
        level = max(0.0, level - 1.0)
        try:
            while True:
                pace.take()
                level += 1
                served += 1
                assert level <= 80
                pace.seen(200, {"X-Haravan-Api-Call-Limit": f"{int(level + 0.999)}/80"})
        except Throttled:
            continue
    assert served >= 0.95 * (78 + 1200)


def test_a_success_costs_no_write(table: MemoryTable, clock: Clock) -> None:
    pace = Pace(table, "c", Budget(100, 10.0), clock, 10)
    for _ in range(10):
        pace.take()
        pace.seen(200, {"X-Haravan-Api-Call-Limit": "3/80"})
    assert table.writes == 1
