"""Who is in charge of a customer, carried out where a platform's people look it up, whatever flows say (R-GA-06).

It is the part `manager` of the platform's view: the link knows whom the platform has, so what it tells us itself is
never sent back, and what we sent is sent once.
"""

from collections.abc import Iterable, Set
from dataclasses import replace

from retailhub.domain.changes import digest
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery, wish
from retailhub.domain.records import Record, RecordType, Snapshot
from retailhub.rules.assignments import CARRIED_OUT_AT
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.store.table import Item
from retailhub.sync.hub import Hub

PART = "manager"
FIELD = "account_manager"


def mark(manager: str | None) -> str | None:
    """The digest of this part of a view."""
    return digest({FIELD: manager}) if manager else None


def unsaid(snapshot: Snapshot, link: Link, record: Record) -> Snapshot:
    """The platform's words without a person in charge whom it was known to have: that is no news, and ours may be on
    the way there. Nor is it what a customer, only referred to so far, had there before ours was chosen."""
    if FIELD not in snapshot.fields:
        return snapshot
    chosen_here = link.rev > 0 and not link.heard and PART not in link.known and record.fields.account_manager
    if not chosen_here and mark(snapshot.fields[FIELD]) != link.known.get(PART):
        return snapshot
    return replace(snapshot, fields={name: value for name, value in snapshot.fields.items() if name != FIELD})


def owed(record: Record, connection: Connection, hub: Hub, link: Link) -> set[str]:
    """The part of the view that the platform must get because it has somebody else in charge than the hub."""
    manager = _manager(record)
    behind = link.remote_id is not None and link.known.get(PART) != mark(manager)
    return {PART} if manager and behind and _keeps(connection, manager, hub) else set()


def routed(old: Item | None, new: Record, hub: Hub) -> list[Connection]:
    """Where a customer goes because somebody else is in charge now."""
    manager = _manager(new)
    if manager is None or (old and _manager(records.from_item(old)) == manager):
        return []
    return _places(new, manager, hub)


def types(connections: Iterable[Connection]) -> set[RecordType]:
    """The record types of which some platform keeps who is in charge."""
    return {"customer"} if any(c.platform == CARRIED_OUT_AT for c in connections) else set()


def forgotten(page: Iterable[Record], hub: Hub, asked: Set[tuple[str, str]]) -> list[Delivery]:
    """The deliveries that nobody asked for although a platform has somebody else in charge (the stream is only a
    wake-up). asked: record and connection of those that are under way already."""
    kept = [(one, place) for one in page if (manager := _manager(one)) for place in _places(one, manager, hub)]
    open_ones = [(one, place) for one, place in kept if (one.id, place.id) not in asked]
    return [wish(one, place, attempt=1) for one, place in open_ones if _behind(one, place, hub)]


def _behind(record: Record, place: Connection, hub: Hub) -> bool:
    link = links.load(hub.table, record.type, record.id, place.id)
    return link is not None and link.status == "settled" and bool(owed(record, place, hub, link))


def _manager(record: Record) -> str | None:
    return record.fields.account_manager if record.type == "customer" and not record.deleted else None


def _places(record: Record, manager: str, hub: Hub) -> list[Connection]:
    """The platforms that have the customer and keep who is in charge."""
    found = [connection for name in record.external_ids if (connection := hub.directory.connection(name))]
    return [connection for connection in found if _keeps(connection, manager, hub)]


def _keeps(connection: Connection, manager: str, hub: Hub) -> bool:
    """Whether an employee of ours goes by this name there: what one tenant calls its people means nothing in another
    one."""
    return connection.platform == CARRIED_OUT_AT and hub.directory.rules().known_at(connection.id, manager)
