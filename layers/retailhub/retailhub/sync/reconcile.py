"""Reconcile: every night the hub compares itself with each platform, reports what differs and repairs it."""

from collections.abc import Iterator
from typing import Any

from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import wish
from retailhub.domain.flows import Flow, feeding
from retailhub.domain.records import Record, RecordType
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.store.table import Key, link_key, list_of
from retailhub.sync import in_charge, pull
from retailhub.sync.hub import Hub
from retailhub.sync.upgrade import upgraded

PAGE = 100
DELIVERED_TYPES: tuple[RecordType, ...] = ("customer", "product", "order")


def reconcile(hub: Hub) -> dict[str, Any]:
    """Begin a full comparison of every connection's listings, and queue what destinations lack.

    Answers {"compared": connections whose run began, "routed": deliveries queued, "checked": records looked at,
    "upgraded": records brought into the present layout}. What a comparison found stands in its pull: rows seen and
    rows that differed (and were queued for repair).
    """
    active = [c for c in hub.directory.connections() if not c.paused]
    compared = [c.id for c in active if pull.begun(hub, c, "reconcile")]
    return {"compared": compared, **_behind(hub, {c.id: c for c in active}), "upgraded": upgraded(hub)}


def _behind(hub: Hub, connections: dict[str, Connection]) -> dict[str, int]:
    """Route again every record whose version is ahead of a link that some flow feeds (the stream is only a wake-up)."""
    flows = [f for f in hub.directory.flows() if f.active and f.to_connection in connections]
    checked = routed = 0
    types = {f.record_type for f in flows} | in_charge.types(connections.values())
    for record_type in [t for t in DELIVERED_TYPES if t in types]:
        for page in _pages(hub, record_type):
            checked += len(page)
            wishes = [wish(r, connections[target], attempt=1) for r, target in _lacking(hub, page, flows)]
            wishes += in_charge.forgotten(page, hub, {(w.id, w.connection) for w in wishes})
            hub.queues.send_deliveries(wishes)
            routed += len(wishes)
    return {"checked": checked, "routed": routed}


def _pages(hub: Hub, record_type: RecordType) -> Iterator[list[Record]]:
    cursor: str | None = None
    while True:
        page = hub.table.query(list_of(record_type), index="listing", limit=PAGE, cursor=cursor)
        yield [records.from_item(item) for item in page.items]
        cursor = page.cursor
        if cursor is None:
            return


def _lacking(hub: Hub, page: list[Record], flows: list[Flow]) -> Iterator[tuple[Record, str]]:
    wants = [(r, f) for r in page for f in feeding(flows, r)]
    keys: list[Key] = list({link_key(r.type, r.id, f.to_connection): None for r, f in wants})
    found: dict[Key, Any] = {}
    for at in range(0, len(keys), PAGE):
        found |= hub.table.get_many(keys[at : at + PAGE])
    seen: set[Key] = set()
    for record, flow in wants:
        key = link_key(record.type, record.id, flow.to_connection)
        link = links.from_item(found[key]) if key in found else None
        if key not in seen and _behind_link(record, flow, link):
            seen.add(key)
            yield record, flow.to_connection


def _behind_link(record: Record, flow: Flow, link: Link | None) -> bool:
    if link is None or link.remote_id is None:
        return "created" in flow.on and not record.deleted and (link is None or link.status in ("settled", "pending"))
    return link.status == "settled" and link.version < record.version and flow.on != ("created",)
