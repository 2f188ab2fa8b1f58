"""A world in one process: platforms, webhooks, queues, table, stream, schedules and a clock, all driven by one seed.

It runs the hub's own code the whole way (apply, route, deliver, resume, pull, reconcile), breaks it as `faults` says,
and brings it to rest. `invariants` then tells whether all is as it should be.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, PlatformName
from retailhub.domain.errors import Temporary
from retailhub.domain.flows import Flow, On
from retailhub.domain.instants import stamp
from retailhub.domain.records import Record, RecordType
from retailhub.platforms.budget import Budget
from retailhub.rules import claiming
from retailhub.store import events, records, reviews
from retailhub.store.table import list_of, remote_key
from retailhub.sync import pull
from retailhub.sync.apply import apply, fail
from retailhub.sync.deliver import deliver
from retailhub.sync.hub import Hub
from retailhub.sync.pace import Pace
from retailhub.sync.reconcile import reconcile
from retailhub.sync.resume import resume, resume_more
from retailhub.sync.route import route
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.faults import Faults, Killed, Rates
from tests.fakes.settled_directory import SettledDirectory
from tests.fakes.virtual_queues import MOST_RECEIVES, Message, VirtualQueues
from tests.fakes.witness import Witness

START = datetime(2026, 5, 14, 2, tzinfo=UTC)
MINUTE = 60.0
CATCH_UP_EVERY = 300.0


class World:
    """The world of one seed."""

    def __init__(self, seed: int = 0, rates: Rates | None = None) -> None:
        self.dice = random.Random(seed)
        self.now = 0.0
        self.minute, self.caught_up = 0.0, 0.0
        self.depth = 0
        self.faults = Faults(self.dice, rates or Rates(), self._meanwhile)
        self.table, self.queues = Witness(), VirtualQueues(lambda: self.now)
        self.table.stream = self._streamed
        for place in (self.table, self.queues):
            place.before, place.after = self.faults.before_storing, self.faults.after_storing
        self.directory = SettledDirectory()
        self.platforms: dict[str, FakePlatform] = {}
        self.outcomes: list[str] = []
        self.people: Callable[[random.Random], object] | None = None
        self.left_open: list[Callable[[], bool]] = []
        opened, no_pause = lambda c: self.platforms[c.id], lambda _: None
        self.hub = Hub(self.table, self.queues, self.directory, opened, self.clock, no_pause)

    def clock(self) -> str:
        """The present instant; every look at the clock is a little later."""
        self.now += 0.0001
        return stamp(START + timedelta(seconds=self.now))

    def connect(
        self,
        name: str,
        platform: PlatformName,
        types: Iterable[RecordType] = ("customer", "product", "order"),
        budget: Budget | None = None,
        **options: Any,
    ) -> FakePlatform:
        """A new connection and the platform behind it; `options` are the FakePlatform's."""
        self.directory.known[name] = Connection(name, platform, name, tuple(types), created_at=self.clock())
        made = FakePlatform(name, self.clock, tell=self._told, **options)
        made.before, made.after = self.faults.before_calling, self.faults.after_calling
        if budget:
            made.pacer = Pace(self.table, name, budget, self.clock)
        self.platforms[name] = made
        return made

    def flow(self, start: str, end: str, record_type: RecordType, *on: On) -> None:
        """Let a flow lead from one connection (or "hub") to another."""
        self.directory.wanted.append(Flow(f"{start}.{end}.{record_type}", start, end, record_type, on))

    def pause(self, name: str, *, paused: bool = True) -> None:
        """Pause a connection, or let it go on."""
        known = self.directory.known
        known[name] = replace(known[name], status="paused" if paused else "active")

    def record(self, connection: str, record_type: RecordType, source_id: str) -> Record | None:
        """The hub's record behind a platform's."""
        pointer = self.table.items.get(remote_key(connection, record_type, source_id))
        item = self.table.items.get((f"REC#{record_type}#{pointer['record']}", "REC")) if pointer else None
        return records.from_item(item) if item else None

    def records(self, record_type: RecordType) -> list[Record]:
        """All of the hub's records of a type."""
        items = [item for key, item in self.table.items.items() if key[0].startswith(f"REC#{record_type}#")]
        return [records.from_item(item) for item in items if item["sk"] == "REC"]

    def events(self) -> list[events.Event]:
        """All rows of events."""
        return [events.from_item(item) for key, item in self.table.items.items() if key[1] == "EVENT"]

    # What happens.

    def step(self, rather: str | None = None) -> bool:
        """One worker takes one message that is ready, of this queue if there is one; False if there is none at all."""
        ready = self.queues.ready()
        ready = [message for message in ready if message.queue == rather] or ready
        if not ready:
            return False
        self._work(self.dice.choice(ready))
        return True

    def storm(self, steps: int, people: Callable[[random.Random], object], busy: float = 0.3) -> None:
        """Faults all over while people work: `people(dice)` is one thing that a person does, `busy` how often."""
        self.people = people
        for _ in range(steps):
            if self.dice.random() < busy:
                people(self.dice)
            self.step()
            self.now += self.dice.choice((0.0, 0.2, 1.0, 5.0, 30.0))
            self.schedules()

    def rest(self) -> None:
        """Heal every fault, send dead letters back, and let everything run until nothing is left to do; then compare
        once, as every night, and let that run out too; so once more after what people had left open (`left_open`)."""
        self.faults.healed = True
        self.drain()
        self.queues.redrive()
        self.drain()
        left = 1
        while left:
            reconcile(self.hub)
            self.drain()
            left = sum(settle() for settle in self.left_open)
            self.drain()

    def drain(self, hours: float = 48.0) -> None:
        """Let everything run, schedules included, until nothing is left to do."""
        deadline = self.now + hours * 3600
        while self.now < deadline:
            while self.step():
                pass
            if self.queues.next_at() is None and not self._waiting():
                return
            following = self.queues.next_at()
            self.now = min(self.minute + MINUTE, following if following is not None else float("inf"))
            self.schedules()
        raise AssertionError("the world does not come to rest")

    def _waiting(self) -> bool:
        """Something that the one-minute schedule will queue, and that does not wait for a person."""
        items = self.table.items.values()
        asked = any(item.get("listing_pk") == list_of(reviews.LIST) for item in items)
        queued = [i for i in items if str(i.get("due_pk")).startswith(("WAIT", "PARK"))]
        due = [str(i["due_sk"]) for i in queued if not (asked and _in_review(i["data"]))]
        running = [i for key, i in self.table.items.items() if key[1] == "PULL" and '"running"' in i["data"]]
        return bool(running) or any(not at.startswith("9999") for at in due)

    def schedules(self) -> None:
        """What the schedules do by now: every minute, and the catch-ups every five."""
        while self.now >= self.minute + MINUTE:
            self.minute += MINUTE
            self._try(lambda: (resume(self.hub), pull.wake(self.hub)))
        if self.now >= self.caught_up + CATCH_UP_EVERY:
            self.caught_up = self.now
            for platform in dict.fromkeys(c.platform for c in self.directory.connections()):
                self._try(lambda platform=platform: pull.catch_up(self.hub, platform))

    def _try(self, what: Any) -> None:
        """A schedule that fails comes again; here, a minute later."""
        try:
            what()
        except (Killed, Temporary):
            return

    def _work(self, message: Message) -> None:
        self.queues.take(message)
        try:
            self._handle(message)
        except Killed:
            self.queues.back(message)
        except Temporary as error:
            self._refused(message, error)
        else:
            if self.faults.strikes("duplicate"):
                message.receives = 0
                self.queues.back(message, 1.0)
            else:
                self.queues.done(message)

    def _refused(self, message: Message, error: Temporary) -> None:
        """On its last receive a change is kept as failed, as the function does it; everything else comes again."""
        if message.queue == "changes" and message.receives >= MOST_RECEIVES and self.faults.healed:
            fail(self.queues.change_of(message), error, self.hub)
            self.queues.done(message)
        else:
            self.queues.back(message, 30.0 if message.queue in ("wire", "stream") else 180.0)

    def _handle(self, message: Message) -> None:
        if message.queue == "wire":
            self.queues.send_changes([replace(self.queues.change_of(message), received_at=self.clock())])
        elif message.queue == "changes":
            self.outcomes.append(apply(self.queues.change_of(message), self.hub).outcome)
        elif message.queue == "stream":
            route(*self.queues.images_of(message), self.hub)
        elif message.queue == "deliveries":
            self.outcomes.append(deliver(self.queues.delivery_of(message), self.hub))
        elif message.queue == "resumptions":
            resume_more(self.hub, message.body)
        else:
            self._pull(message.body)

    def _pull(self, pull_id: str) -> None:
        pages = iter(range(2))
        if claiming.is_run(pull_id):
            queue = self.queues.send_pull
            claiming.step(self.table, self.clock, queue, pull_id, lambda: next(pages, None) is not None)
        else:
            pull.step(self.hub, pull_id, lambda: next(pages, None) is not None)

    def _meanwhile(self) -> None:
        """Another worker or person gets a turn in the middle of somebody's work."""
        if self.depth < 2:
            self.depth += 1
            try:
                if self.people and self.dice.random() < 0.3:
                    self.people(self.dice)
                else:
                    self.step("changes" if self.dice.random() < 0.5 else None)
            finally:
                self.depth -= 1

    def _told(self, change: Change) -> None:
        """A platform sends a webhook: it may be lost, late, doubled."""
        if self.faults.strikes("lose"):
            return
        copies = 2 if self.faults.strikes("duplicate") else 1
        for _ in range(copies):
            self.queues.wire(change, self.dice.uniform(0, 600) if self.faults.strikes("delay") else 0.0)

    def _streamed(self, old: dict[str, Any] | None, new: dict[str, Any]) -> None:
        if not self.faults.strikes("lose"):
            self.queues.stream(old, new)


def _in_review(data: str) -> bool:
    return f'"{reviews.UNDECIDED}"' in data or f'"{reviews.BUYER_UNDECIDED}"' in data
