"""The queues in memory: what was sent lies in lists, in order, until somebody takes it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from retailhub.domain.changes import Change, pack, unpack
from retailhub.domain.deliveries import Delivery, delivery_from


@dataclass
class MemoryQueues:
    """`retailhub.sync.hub.Queues`; messages pass through their JSON, as on the real queues."""

    changes: list[Change] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    pulls: list[tuple[str, float]] = field(default_factory=list)
    resumptions: list[str] = field(default_factory=list)
    calls: int = 0

    def send_changes(self, changes: Iterable[Change]) -> None:
        sent = [unpack(pack(change)) for change in changes]
        self.calls += (len(sent) + 9) // 10
        self.changes += sent

    def send_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        sent = [delivery_from(wish.to_json()) for wish in deliveries]
        self.calls += (len(sent) + 9) // 10
        self.deliveries += sent

    def send_pull(self, pull_id: str, delay: float = 0) -> None:
        self.calls += 1
        self.pulls.append((pull_id, delay))

    def send_resumption(self, connection: str, now: str) -> None:
        self.calls += 1
        self.resumptions.append(connection)
