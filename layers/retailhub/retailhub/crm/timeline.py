"""The story of one record: the events that touched it and what its deliveries did, in order."""

import json
from dataclasses import dataclass
from typing import Any

from retailhub.crm.lists import Found
from retailhub.crm.office import Office
from retailhub.domain.records import Record
from retailhub.store import events, links
from retailhub.store.events import Event
from retailhub.store.links import Link
from retailhub.store.table import story_of

ALWAYS = "~"
"""Sorts behind every instant."""


@dataclass(frozen=True)
class Line:
    """One line of a story: `event` or `delivery`, when, and what happened."""

    at: str
    kind: str
    what: str
    connection: str
    details: dict[str, Any]


def timeline(office: Office, record: Record, *, limit: int, cursor: str | None) -> Found[Line]:
    """A page of the record's story, oldest first; deliveries stand between the events where they belong in time."""
    place, since = json.loads(cursor) if cursor else (None, "")
    partition = story_of(record.type, record.id)
    page = office.table.query(partition, index="related", limit=limit, cursor=place)
    told = [_of_event(events.from_item(item)) for item in page.items]
    until = told[-1].at if page.cursor and told else ALWAYS
    told += [
        line for link in links.of_record(office.table, record) for line in _of_link(link) if since < line.at <= until
    ]
    told.sort(key=lambda line: line.at)
    return Found(told, json.dumps([page.cursor, until]) if page.cursor else None)


def _of_event(event: Event) -> Line:
    details = {"event": event.id, "reason": event.reason, "version": event.version, "changed": list(event.changed)}
    return Line(
        event.handled_at, "event", event.outcome, event.connection, details | {"topic": event.topic, "via": event.via}
    )


def _of_link(link: Link) -> list[Line]:
    return [
        Line(
            line["at"],
            "delivery",
            line["what"],
            link.connection,
            {k: v for k, v in line.items() if k not in ("at", "what")},
        )
        for line in link.history
    ]
