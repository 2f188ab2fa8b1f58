"""What applying one change costs: in our own code, and in the AWS client; without network and without the emulation."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from unittest import mock

from moto.core.botocore_stubber import BotocoreStubber

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.http import Unpaced
from retailhub.platforms.registry import open_platform, receiver
from retailhub.runtime import intake, wiring
from retailhub.store import connections
from retailhub.store.table import Table
from retailhub.sync.apply import apply
from retailhub.sync.hub import Hub
from tests.bench import letters
from tests.bench.emulated import emulated
from tests.fakes.memory_queues import MemoryQueues
from tests.fakes.memory_table import MemoryTable
from tests.local.shops import CREDENTIALS

CUSTOMERS = 300
NOWHERE = "http://127.0.0.1:9"


def customer_cpu() -> tuple[float, float]:
    """Milliseconds of CPU to apply one new KiotViet customer: in our own code, and in the client of DynamoDB."""
    changes = _changes()
    own = _applied(changes, MemoryTable(), lambda: 0.0)
    with emulated(), _behind_the_client() as elsewhere:
        both = _applied(changes, wiring.table(), lambda: elsewhere[0])
    return own, both - own


def _applied(changes: list[Change], table: Table, elsewhere: Any) -> float:
    """The median over the changes, less what was spent `elsewhere` meanwhile."""
    connection = Connection("shop", "kiotviet", "Cửa hàng mẫu", ("customer",))
    table.write(connections.put(connection))
    platform = open_platform(connection, Secret(CREDENTIALS["kiotviet"]), NOWHERE, Unpaced())
    hub = Hub(table, MemoryQueues(), wiring.RememberingDirectory(table), lambda _: platform, intake.now)
    taken = []
    for change in changes:
        started = time.process_time() - elsewhere()
        outcome = apply(change, hub).outcome
        taken.append(time.process_time() - elsewhere() - started)
        assert outcome == "applied", outcome
    return 1000 * median(taken)


def _changes() -> list[Change]:
    """The changes in the webhooks of new customers."""
    twin, sent = letters.kiotviet()
    for number in range(CUSTOMERS):
        twin.announce("customers", twin.invent("customers", number))
    secret = Secret(current=letters.KEY)
    requests = [intake.read(letters.gateway_event("shop", letter)) for letter in sent]
    return [change for request in requests for change in receiver("kiotviet")(request, secret).changes]


@contextmanager
def _behind_the_client() -> Iterator[list[float]]:
    """The CPU seconds that the emulation has used so far: on AWS they are spent by AWS."""
    spent, real = [0.0], BotocoreStubber.__call__

    def clocked(self: BotocoreStubber, *given: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return real(self, *given, **named)
        finally:
            spent[0] += time.process_time() - started

    with mock.patch.object(BotocoreStubber, "__call__", clocked):
        yield spent
