"""The audit: what people did by hand, who and when, and what it was before and after; newest first."""

from dataclasses import dataclass
from typing import Any

from retailhub.crm.lists import Found, Read, gathered
from retailhub.crm.office import Office
from retailhub.domain.flows import HUB
from retailhub.store import events
from retailhub.store.events import Event
from retailhub.store.table import ACTS, Item, Page, Put

BY = "by:"
"""How an event's reason begins if a person caused it."""
MARKS = frozenset({"rev", "version", "created_at", "updated_at", "created_by", "updated_by", "proof_seen", "hash"})
"""What moves with every edit and says nothing about it."""
Facts = dict[str, Any]


def act(office: Office, kind: str, of: str, topic: str, before: Facts | None = None, after: Facts | None = None) -> Put:
    """The event of a person's act on something that is no record (a connection, a flow, a key, a run): to be written
    with it. before, after: what it was and is, without secrets."""
    now = office.clock()
    return events.put(
        Event(
            id=office.new_id()[:32],
            connection=HUB,
            type=kind,
            source_id=of,
            outcome="applied",
            reason=f"{BY}{office.by}",
            record=of,
            topic=topic,
            via="api",
            received_at=now,
            handled_at=now,
            changed=tuple(changed := _differences(before or {}, after or {})),
            audit=changed,
        )
    )


def _differences(before: Facts, after: Facts) -> dict[str, list[Any]]:
    names = [name for name in {**before, **after} if name not in MARKS]
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


@dataclass(frozen=True)
class Filter:
    """What the audit is narrowed to. by: an employee. kind: of what. since, until: instants, both included."""

    by: str | None = None
    kind: str | None = None
    record: str | None = None
    topic: str | None = None
    since: str = ""
    until: str = ""

    @property
    def open(self) -> bool:
        """True if nothing but the time narrows it."""
        return (self.by, self.kind, self.record, self.topic) == (None, None, None, None)

    def kept(self, item: Item) -> Event | None:
        """The act in an item, or None if it is not wanted."""
        event = events.from_item(item)
        told = {"by": author(event), "kind": event.type, "record": event.record, "topic": event.topic}
        return event if all(getattr(self, name) in (None, value) for name, value in told.items()) else None


def author(event: Event) -> str:
    """Who did it."""
    return event.reason.removeprefix(BY)


def listed(office: Office, wanted: Filter, *, limit: int, cursor: str | None) -> Found[Event]:
    """A page of acts, newest first."""
    return gathered(acts(office, wanted.since, wanted.until), wanted.kept, limit, cursor, rare=not wanted.open)


def acts(office: Office, since: str, until: str) -> Read:
    """How what people did is read, newest first; both instants included, "" leaves an end open."""
    last = f"{until}~" if until else None

    def read(most: int, at: str | None) -> Page:
        return office.table.query(
            ACTS, index="due", since=since or None, until=last, newest_first=True, limit=most, cursor=at
        )

    return read
