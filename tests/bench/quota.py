"""Backfill with quotas on, on a virtual clock: never a 429 of our own making, and hardly a call of the quota unused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from requests import Session

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, PlatformName, Secret
from retailhub.domain.instants import stamp
from retailhub.platforms.registry import client_class, open_platform
from retailhub.store import connections
from retailhub.sync import pull
from retailhub.sync.hub import FreshDirectory, Hub
from retailhub.sync.pace import Pace
from tests.bench.figures import Figure, at_least, exactly, shown
from tests.bench.in_process import ADDRESS, InProcess, VirtualClock
from tests.fakes.memory_queues import MemoryQueues
from tests.fakes.memory_table import MemoryTable
from tests.local.shops import CREDENTIALS
from tests.twins.base import Twin
from tests.twins.haravan import HaravanTwin
from tests.twins.kiotviet import KiotVietTwin

HOUR = 3600.0
CALL_SECONDS = 0.08
"""How long a call takes; the quota is to be used although calls come one after the other."""
PORTION = 10
"""Calls that a pull reserves at once, as in functions/pull_pages."""
BETWEEN_STEPS = 0.05
"""Seconds from a message in the queue to the function that works on it."""
STEP_SECONDS = 60.0
"""How long one step of a pull goes on, as a function's time allows."""
CUSTOMERS = 12
"""One page: what is measured are the calls, not their rows."""


def figures() -> Iterator[Figure]:
    """KiotViet's 5,000 calls in any hour, Haravan's 80 calls that leak out with 4 a second."""
    clock = VirtualClock()
    yield from _measured("kiotviet", KiotVietTwin(clock), clock, 1.25 * HOUR, 1.25 * 5000)
    clock = VirtualClock()
    yield from _measured("haravan", HaravanTwin(clock), clock, HOUR / 6, 80 + 4 * HOUR / 6)


def _measured(name: PlatformName, twin: Twin, clock: VirtualClock, seconds: float, quota: float) -> Iterator[Figure]:
    """One backfill after the other for a while, so that there is always work."""
    with twin.app.test_client() as control:
        control.post("/_twin/seed", json={"customers": CUSTOMERS})
    shop = Shop.opened(name, twin, clock)
    shop.work(clock() + seconds)
    asked = sum(count for route, count in twin.by_route.items() if route.startswith("GET /"))
    calls = asked - twin.by_status[429]
    yield shown(f"{name}: calls in {seconds / 60:.0f} min, {CALL_SECONDS} s each", calls)
    yield exactly(f"{name}: answers 429", twin.by_status[429], 0)
    yield at_least(f"{name}: of the quota used", 100 * calls / quota, 95, "%")


class Unread(MemoryQueues):
    """Queues whose changes nobody reads: only the calls to the platform matter here."""

    def send_changes(self, changes: Iterable[Change]) -> None:
        """Let them go."""


@dataclass
class Shop:
    """One connection, its hub on the virtual clock, and its endless wish to have its old data synced."""

    hub: Hub
    connection: Connection
    queues: MemoryQueues
    clock: VirtualClock
    runs: int = field(default=0)

    @staticmethod
    def opened(name: PlatformName, twin: Twin, clock: VirtualClock) -> "Shop":
        """The hub's client of the platform, paced as in production, speaking to the twin in this process."""
        table, queues = MemoryTable(), Unread()

        def now() -> str:
            return stamp(datetime.fromtimestamp(clock(), UTC))

        connection = Connection(name, name, name, ("customer",), created_at=now())
        table.write(connections.put(connection))
        pace = Pace(table, name, client_class(name).budget, now, PORTION)
        with mock.patch("requests.Session", side_effect=lambda: _session(twin, clock)):
            platform = open_platform(connection, Secret(CREDENTIALS[name]), ADDRESS, pace)
        hub = Hub(table, queues, FreshDirectory(table), lambda _: platform, now)
        return Shop(hub, connection, queues, clock)

    def work(self, until: float) -> None:
        """Pull until then; where a step asks for a delay, let it pass as the queue would, in whole seconds."""
        while self.clock() < until:
            if not self.queues.pulls:
                self.runs += 1
                pull.start(self.hub, self.connection, "backfill", ("customer",), f"run{self.runs}")
            pull_id, delay = self.queues.pulls.pop(0)
            self.clock.pass_by(BETWEEN_STEPS + int(min(max(delay, 0), 900) + 0.999))
            end = min(self.clock() + STEP_SECONDS, until)
            pull.step(self.hub, pull_id, lambda end=end: self.clock() < end)  # type: ignore[misc]


def _session(twin: Twin, clock: VirtualClock) -> Any:
    session = Session()
    session.mount(ADDRESS, InProcess(twin, clock, CALL_SECONDS))
    return session
