"""The backlog of a connection: deliveries and changes that wait for its budget, or for the end of its outage."""

from dataclasses import dataclass
from typing import Literal

from retailhub.crm import connections
from retailhub.crm.lists import Found
from retailhub.crm.office import Office
from retailhub.store import events, links
from retailhub.store.table import Item, parked_for, waiting_for

Kind = Literal["deliveries", "changes"]


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: which record (or, of a change, which of the platform's), since how many tries, why, and
    when it is taken up again ("" = when a person says so)."""

    kind: Kind
    type: str
    record: str
    source_id: str
    reason: str
    attempts: int
    due_at: str


def counted(office: Office) -> dict[str, dict[str, int]]:
    """Connection → how much waits for it: two counts each, nothing is read into memory."""
    return {
        one.id: {
            "deliveries": office.table.count(waiting_for(one.id), index="due"),
            "changes": office.table.count(parked_for(one.id), index="due"),
        }
        for one in connections.every(office)
    }


def listed(office: Office, connection_id: str, kind: Kind, *, limit: int, cursor: str | None) -> Found[Waiting]:
    """What waits, next first. Raises Unknown for no connection."""
    connections.find(office, connection_id)
    partition = waiting_for(connection_id) if kind == "deliveries" else parked_for(connection_id)
    page = office.table.query(partition, index="due", limit=limit, cursor=cursor)
    read = _delivery if kind == "deliveries" else _change
    return Found([read(item) for item in page.items], page.cursor)


def _delivery(item: Item) -> Waiting:
    link = links.from_item(item)
    return Waiting(
        "deliveries",
        link.type,
        link.record,
        link.remote_id or "",
        str(link.error.get("code", "")),
        link.attempts,
        link.due_at,
    )


def _change(item: Item) -> Waiting:
    event = events.from_item(item)
    return Waiting("changes", event.type, event.record, event.source_id, event.reason, event.attempts, event.due_at)
