"""Dead letters: everything that stands still until a person decides, wherever it lies, grouped by queue and cause.

Four kinds: failed events and quarantined webhooks (kept in the table as events), failed deliveries (kept in their
links), and messages in the real dead-letter queues, which only a crash or a time-out can fill. What waits on the review
list is none of them: deciding there is what lets it go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from retailhub.crm.office import Office
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import queue_name
from retailhub.domain.instants import stamp
from retailhub.store import connections, events, links
from retailhub.store.events import Event
from retailhub.store.letters import Letter
from retailhub.store.links import Link
from retailhub.store.table import FAILED, Item, parked_for

Kind = Literal["event", "quarantine", "link", "message"]

QUARANTINE = "Quarantine"
CHANGES = "Changes"
LOOKED_AT = 1000
"""Failed items looked at in one call, and per connection parked ones; with more, the answer says so."""
LETTERS_LOOKED_AT = 50
AT_ONCE = 200


@dataclass(frozen=True)
class Dead:
    """One thing that stands still. id: what `redrive` takes. what: the event, link or letter itself."""

    id: str
    kind: Kind
    queue: str
    cause: str
    connection: str
    at: str
    what: Event | Link | Letter


@dataclass(frozen=True)
class Filter:
    """What is meant; None leaves a field open."""

    queue: str | None = None
    cause: str | None = None
    connection: str | None = None
    ids: frozenset[str] | None = None

    def keeps(self, dead: Dead) -> bool:
        """Whether this one is meant."""
        wanted = {"queue": self.queue, "cause": self.cause, "connection": self.connection}
        named = self.ids is None or dead.id in self.ids
        return named and all(value is None or getattr(dead, name) == value for name, value in wanted.items())


@dataclass(frozen=True)
class Group:
    """What died at one queue of one cause."""

    queue: str
    cause: str
    dead: list[Dead]


@dataclass(frozen=True)
class Gathered:
    """Everything found; `more`: there is more than was looked at."""

    dead: list[Dead]
    more: bool


def gather(office: Office, wanted: Filter) -> Gathered:
    """All that stands still and is meant, newest first. Letters taken from queues stay hidden until `put_back`."""
    every = connections.every(office.table)
    failed, more = _items(office, FAILED, "")
    found = [_of_item(item, {c.id: c for c in every}) for item in failed]
    for connection in every:
        parked, others = _items(office, parked_for(connection.id), "9999")
        found += [_quarantined(event) for event in map(events.from_item, parked)]
        more = more or others
    found += list(_letters(office, wanted))
    kept = [dead for dead in found if wanted.keeps(dead)]
    return Gathered(sorted(kept, key=lambda dead: dead.at, reverse=True), more)


def put_back(office: Office, gathered: Gathered) -> None:
    """Let the letters that were looked at be seen again at once."""
    office.letters.put_back([dead.what for dead in gathered.dead if isinstance(dead.what, Letter)])


def groups(gathered: Gathered) -> list[Group]:
    """By queue and cause, the largest first."""
    found: dict[tuple[str, str], list[Dead]] = {}
    for dead in gathered.dead:
        found.setdefault((dead.queue, dead.cause), []).append(dead)
    return sorted((Group(*key, dead) for key, dead in found.items()), key=lambda group: -len(group.dead))


def _items(office: Office, partition: str, begins: str) -> tuple[list[Item], bool]:
    found: list[Item] = []
    cursor: str | None = None
    while len(found) < LOOKED_AT:
        page = office.table.query(
            partition, index="due", begins=begins, newest_first=True, limit=AT_ONCE, cursor=cursor
        )
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return found, False
    return found, True


def _of_item(item: Item, every: dict[str, Connection]) -> Dead:
    if "outcome" in item:
        event = events.from_item(item)
        return Dead(f"event.{event.id}", "event", CHANGES, event.reason, event.connection, event.handled_at, event)
    link = links.from_item(item)
    connection = every.get(link.connection)
    queue = queue_name(connection.platform if connection else "")
    name = f"link.{link.type}.{link.record}.{link.connection}"
    return Dead(name, "link", queue, link.error.get("code", ""), link.connection, link.error.get("at", ""), link)


def _quarantined(event: Event) -> Dead:
    return Dead(f"event.{event.id}", "quarantine", QUARANTINE, event.reason, event.connection, event.handled_at, event)


def _letters(office: Office, wanted: Filter) -> Iterator[Dead]:
    """Only queues that may be meant are asked; what was taken and is not meant is put back at once."""
    for name in office.letters.names():
        if wanted.connection is None and wanted.queue in (None, name):
            found = [_of_letter(letter) for letter in office.letters.take(name, LETTERS_LOOKED_AT)]
            office.letters.put_back(
                [dead.what for dead in found if isinstance(dead.what, Letter) and not wanted.keeps(dead)]
            )
            yield from found


def _of_letter(letter: Letter) -> Dead:
    return Dead(f"message.{letter.queue}.{letter.id}", "message", letter.queue, letter.cause, "", _sent(letter), letter)


def _sent(letter: Letter) -> str:
    return stamp(datetime.fromtimestamp(letter.sent_at_ms / 1000, UTC))
