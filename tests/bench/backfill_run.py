"""One process of a backfill: `python -m tests.bench.backfill_run FILE TWIN PULL` begins the run, or goes on with it.

Prints one JSON line at the end: {"status", "seconds", "peak_kb", "written": {kind of item: n}, "outcomes": {…: n}}.
Quotas are off: the twin's by its switch, the hub's own pace by calling unpaced.
"""

import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.http import Unpaced
from retailhub.platforms.registry import open_platform
from retailhub.runtime.wiring import RememberingDirectory, now
from retailhub.store import connections
from retailhub.sync import pull
from retailhub.sync.apply import apply
from retailhub.sync.hub import Hub
from tests.bench.sqlite_table import SqliteTable
from tests.fakes.memory_queues import MemoryQueues
from tests.local.shops import CREDENTIALS

SHOP = "shop"


@dataclass
class AppliedAtOnce(MemoryQueues):
    """Queues whose consumer is always there: a change is applied by the call that sends it."""

    hub: Hub | None = None
    outcomes: Counter[str] = field(default_factory=Counter)

    def send_changes(self, changes: Iterable[Change]) -> None:
        assert self.hub is not None
        self.outcomes.update(apply(change, self.hub).outcome for change in changes)

    def send_pull(self, pull_id: str, delay: float = 0) -> None:
        """The loop in `main` takes the next step."""


def main(file: str, twin: str, pull_id: str) -> None:
    """Run to the end of the listing."""
    table, queues = SqliteTable(Path(file)), AppliedAtOnce()
    connection = _connection(table)
    secret = Secret(CREDENTIALS["kiotviet"])
    platform = open_platform(connection, secret, twin, Unpaced())
    hub = queues.hub = Hub(table, queues, RememberingDirectory(table), lambda _: platform, now)
    table.written.clear()
    started, run = time.monotonic(), None
    pull.start(hub, connection, "backfill", ("customer",), pull_id)
    while run is None or run.status == "running":
        run = pull.step(hub, pull_id, lambda: True)
    told = {"status": run.status, "seconds": time.monotonic() - started, "peak_kb": _peak()}
    print(json.dumps({**told, "written": dict(table.written), "outcomes": dict(queues.outcomes)}))


def _connection(table: SqliteTable) -> Connection:
    found = connections.load(table, SHOP)
    if found:
        return found
    made = Connection(SHOP, "kiotviet", "Cửa hàng mẫu", ("customer",), created_at=now())
    table.write(connections.put(made))
    return made


def _peak() -> int:
    """The largest resident memory of this process so far, in kB.

    From /proc where there is one: getrusage also counts what the process was before it became this program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest // 1024 if sys.platform == "darwin" else largest


if __name__ == "__main__":
    main(*sys.argv[1:])
