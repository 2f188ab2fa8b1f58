"""Events: what came in and what became of it. What failed or waits keeps its change, so that nothing is lost."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from retailhub.domain.changes import Change, pack, thinned, unpack
from retailhub.domain.flows import HUB
from retailhub.domain.instants import parse
from retailhub.domain.stored import members
from retailhub.store.table import (
    ACTS,
    FAILED,
    Item,
    Put,
    Table,
    coded,
    event_key,
    events_of,
    from_source,
    parked_for,
    story_of,
)

Outcome = Literal["received", "applied", "stale", "echo", "ignored", "parked", "failed"]
KEPT_DAYS = 400
LARGEST_MESSAGE = 400_000
"""Bytes of a packed change that an item can hold: base 85 shrinks by a fifth when the item is compressed (an item holds
400 kB), and a quarantined body of 256 kB fits whole."""


@dataclass(frozen=True)
class Event:
    """A change and what became of it.

    reason: machine-readable why. changed: names of the fields that the change altered. due_at: when a parked change is
    tried again ("" = when a person says so). message: the packed change, kept while parked or failed.
    notes: what was decided on the way, each with its `code` and what the decision rests on (rule, version, points …).
    audit: of a person's act, field by field: what it was before and is now.
    """

    id: str
    connection: str
    type: str
    source_id: str
    outcome: Outcome
    reason: str = ""
    record: str = ""
    version: int = 0
    changed: tuple[str, ...] = ()
    topic: str = ""
    via: str = ""
    received_at: str = ""
    handled_at: str = ""
    due_at: str = ""
    attempts: int = 0
    error: dict[str, Any] = field(default_factory=dict)
    message: str = ""
    notes: tuple[dict[str, Any], ...] = ()
    audit: dict[str, list[Any]] = field(default_factory=dict)
    rev: int = 0

    @property
    def change(self) -> Change | None:
        """The change, while it is kept."""
        return unpack(self.message) if self.message else None


def of_change(change: Change, outcome: Outcome, at: str, **more: Any) -> Event:
    """The event of a change; parked and failed ones keep the change."""
    kept = _kept(change) if outcome in ("parked", "failed") else ""
    return Event(
        id=change.event_id,
        connection=change.connection,
        type=change.type,
        source_id=change.source_id,
        outcome=outcome,
        topic=change.topic,
        via=change.via,
        received_at=change.received_at,
        handled_at=at,
        attempts=change.attempt,
        message=kept,
        **more,
    )


def _kept(change: Change) -> str:
    """The packed change; one that no item can hold is kept without its payload, and read anew when its time comes."""
    message = pack(change)
    return message if len(message) <= LARGEST_MESSAGE else pack(thinned(change))


def put(event: Event) -> Put:
    """Write the event, over an earlier state of the same event."""
    return Put(to_item(event), expect=None)


def load(table: Table, event_id: str) -> Event | None:
    """The event, or None."""
    item = table.get(event_key(event_id))
    return from_item(item) if item else None


def to_item(event: Event) -> Item:
    """The event's item; it ages after 400 days unless it still waits for a person."""
    pk, sk = event_key(event.id)
    at = event.handled_at
    aged = {} if event.message else {"expires_at": int(parse(at).timestamp()) + KEPT_DAYS * 86_400}
    return {
        "pk": pk,
        "sk": sk,
        "outcome": event.outcome,
        "connection": event.connection,
        "data": json.dumps(asdict(replace(event, rev=0)), ensure_ascii=False),
        "listing_pk": events_of(at[:10]),
        "listing_sk": f"{at}#{event.id}",
        **_related(event),
        **aged,
        **_due(event),
    }


def from_item(item: Item) -> Event:
    """The event in an item."""
    data = json.loads(item["data"])
    lists = {name: tuple(data.get(name, ())) for name in ("changed", "notes")}
    return Event(**{**members(Event, data), **lists, "rev": item["rev"]})


def _related(event: Event) -> Item:
    """The story of its record; without one, what came of the platform's record."""
    source = coded(event.source_id)
    if not (event.record or source):
        return {}
    of = story_of(event.type, event.record) if event.record else from_source(source)
    return {"related_pk": of, "related_sk": event.handled_at}


def _due(event: Event) -> Item:
    if event.outcome == "failed":
        return {"due_pk": FAILED, "due_sk": f"{event.handled_at}#{event.id}"}
    if event.outcome == "parked" or (event.outcome == "received" and event.message):
        return {"due_pk": parked_for(event.connection), "due_sk": f"{event.due_at or '9999'}#{event.id}"}
    return {"due_pk": ACTS, "due_sk": f"{event.handled_at}#{event.id}"} if event.connection == HUB else {}
