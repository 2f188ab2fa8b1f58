"""Route: the table's stream says that a record changed; the flows say who wants it."""

from collections.abc import Iterable

from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery, wish
from retailhub.domain.flows import Flow, feeding
from retailhub.domain.records import Record
from retailhub.store import records
from retailhub.store.table import Item
from retailhub.sync import in_charge
from retailhub.sync.hub import Hub


def route(old: Item | None, new: Item, hub: Hub) -> list[Delivery]:
    """Queue the deliveries that a new record version asks for; none where only totals or marks moved.

    `old` and `new` are the item before and after. Sending twice is harmless."""
    if old and old.get("version") == new["version"]:
        return []
    record = records.from_item(new)
    wishes = list(deliveries(record, hub, in_charge.routed(old, record, hub)))
    if wishes:
        hub.queues.send_deliveries(wishes)
    return wishes


def deliveries(record: Record, hub: Hub, more: Iterable[Connection] = ()) -> Iterable[Delivery]:
    """One delivery per connection that some flow feeds with this record, or that must have it besides."""
    flows = [flow for flow in feeding(hub.directory.flows(), record) if _interesting(flow, record)]
    for target in sorted({flow.to_connection for flow in flows} | {connection.id for connection in more}):
        connection = hub.directory.connection(target)
        if connection:
            yield wish(record, connection)


def _interesting(flow: Flow, record: Record) -> bool:
    """A flow that only creates wants nothing of a record that its destination has."""
    return flow.on != ("created",) or flow.to_connection not in record.external_ids
