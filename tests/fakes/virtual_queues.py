"""The queues, the stream and the wire on a virtual clock: visibility, receive counts, FIFO groups, dead letters."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from retailhub.domain.changes import Change, pack, unpack
from retailhub.domain.deliveries import Delivery, delivery_from
from retailhub.store.table import Item

Name = Literal["wire", "changes", "stream", "deliveries", "pulls", "resumptions"]
VISIBILITY = 180.0
MOST_RECEIVES = 5
DEDUPLICATED = 300.0


@dataclass(eq=False)
class Message:
    """Something on its way. Of a group only the first is handed out, and nothing while it is in work."""

    queue: Name
    body: str
    visible_at: float = 0.0
    group: str = ""
    receives: int = 0
    in_work: bool = False


@dataclass
class VirtualQueues:
    """`retailhub.sync.hub.Queues`. before, after: called around each send, may raise."""

    now: Callable[[], float]
    messages: list[Message] = field(default_factory=list)
    dead: list[Message] = field(default_factory=list)
    accepted: dict[str, Change] = field(default_factory=dict)
    deliveries_sent: int = 0
    before: Callable[[str], None] = lambda _: None
    after: Callable[[str], None] = lambda _: None
    _once: dict[str, float] = field(default_factory=dict)

    def send_changes(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self._send(Message("changes", pack(change)))
            self.accepted[change.event_id] = change

    def send_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        for wish in deliveries:
            if self.now() - self._once.get(wish.once, -DEDUPLICATED) >= DEDUPLICATED:
                self._once[wish.once] = self.now()
                self.deliveries_sent += 1
                self._send(Message("deliveries", wish.to_json(), group=f"{wish.connection}.{wish.group}"))

    def send_pull(self, pull_id: str, delay: float = 0) -> None:
        self._send(Message("pulls", pull_id, self.now() + delay))

    def send_resumption(self, connection: str, now: str) -> None:
        if self.now() - self._once.get(f"{connection}.{now[:19]}", -DEDUPLICATED) >= DEDUPLICATED:
            self._once[f"{connection}.{now[:19]}"] = self.now()
            self._send(Message("resumptions", connection, self.now() + 2.0, group=connection))

    def stream(self, old: Item | None, new: Item) -> None:
        """A record was written; what the stream tells of one record comes in order."""
        self.messages.append(Message("stream", json.dumps([old, new]), group=new["pk"]))

    def wire(self, change: Change, delay: float) -> None:
        """A webhook on its way to us."""
        self.messages.append(Message("wire", pack(change), self.now() + delay))

    def ready(self) -> list[Message]:
        """What may be worked on now."""
        return [message for message in self._first() if message.visible_at <= self.now()]

    def next_at(self) -> float | None:
        """When the next message may be worked on, or None if there is none."""
        return min((message.visible_at for message in self._first()), default=None)

    def _first(self) -> list[Message]:
        """Of each group the first message, unless that is in work; of those without a group all."""
        blocked: set[tuple[str, str]] = set()
        found = []
        for message in self.messages:
            place = (message.queue, message.group)
            if not message.in_work and not (message.group and place in blocked):
                found.append(message)
            blocked.add(place)
        return found

    def take(self, message: Message) -> None:
        message.in_work, message.receives = True, message.receives + 1

    def done(self, message: Message) -> None:
        self.messages.remove(message)

    def back(self, message: Message, delay: float = VISIBILITY) -> None:
        """It comes again after its visibility, or is a dead letter."""
        message.in_work, message.visible_at = False, self.now() + delay
        if message.receives >= MOST_RECEIVES and message.queue in ("changes", "deliveries", "pulls", "resumptions"):
            self.messages.remove(message)
            self.dead.append(message)

    def redrive(self) -> None:
        """A person sends the dead letters back."""
        for message in self.dead:
            self.messages.append(Message(message.queue, message.body, group=message.group))
        self.dead.clear()

    def change_of(self, message: Message) -> Change:
        return unpack(message.body)

    def delivery_of(self, message: Message) -> Delivery:
        return delivery_from(message.body)

    def images_of(self, message: Message) -> tuple[Item | None, Item]:
        old, new = json.loads(message.body)
        return old, new

    def _send(self, message: Message) -> None:
        self.before("send")
        self.messages.append(message)
        self.after("send")
