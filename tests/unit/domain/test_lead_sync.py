"""When the sync of leads is due."""

import pytest

from retailhub.domain.instants import after
from retailhub.domain.lead_sync import TICK_SECONDS, due

START = "2026-05-14T03:00:00.000000Z"


def begun(every_minutes: int, jitter: list[float]) -> list[int]:
    """The ticks of an hour that begin a run; each comes as much late (or early) as told, again and again."""
    found, last = [], ""
    for tick in range(12):
        now = after(START, tick * TICK_SECONDS + jitter[tick % len(jitter)])
        if due(every_minutes, last, now):
            found.append(tick)
            last = now
    return found


@pytest.mark.parametrize("jitter", [[0.0], [0.0, 59.0], [59.0, 0.0, 31.0], [0.0, -20.0, 45.0, 3.0]])
@pytest.mark.parametrize("every, apart", [(5, 1), (10, 2), (15, 3)])
def test_runs_keep_their_period_however_the_ticks_come(every: int, apart: int, jitter: list[float]) -> None:
    """R-SYN-06: every 5, 10 or 15 minutes, though a tick comes up to a minute late."""
    assert begun(every, jitter) == list(range(0, 12, apart))


def test_the_first_tick_of_all_begins_one() -> None:
    """R-SYN-06."""
    assert due(15, "", START)


def test_a_run_begun_by_hand_counts_as_the_last_one() -> None:
    """R-SYN-06, R-SYN-13: the next one comes a period later."""
    assert not due(10, START, after(START, 200))
    assert due(10, START, after(START, 600))
