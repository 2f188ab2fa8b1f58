"""The one sync of leads from the cloud edition: what it is called, and when it is due (R-SYN-06, A-SYN-1, A-SYN-6)."""

from typing import Final, cast

from retailhub.domain.connections import PlatformName
from retailhub.domain.instants import seconds_between
from retailhub.domain.kinds import RecordType

LEAD_SYNC: Final = "lead_sync"
"""Id of its connection and of its run, and the mode of the run. It is no address of a webhook: those have letters and
digits only."""
CLOUD = cast("PlatformName", "crmviet_cloud")
"""Its platform, which nobody can choose for a connection of their own."""
TYPES: tuple[RecordType, ...] = ("lead",)
TICK_SECONDS = 300.0
"""How often the schedule looks whether a run is due."""


def due(every_minutes: int, last_started: str, now: str) -> bool:
    """Whether a run should begin at a tick. last_started: when the last one began, by hand or not, "" if none did.

    Ticks come a little early or late: half a tick before the period is over is soon enough, or every other run of five
    minutes would be left out.
    """
    if not last_started:
        return True
    return seconds_between(last_started, now) >= every_minutes * 60 - TICK_SECONDS / 2
