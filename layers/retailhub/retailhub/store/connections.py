"""Connections in the table, and flows between them."""

import json
from dataclasses import asdict, replace

from retailhub.domain.connections import Connection
from retailhub.domain.flows import Flow, flow_from
from retailhub.domain.stored import members
from retailhub.store.table import Item, Put, Table, connection_key, flow_key, list_of, listing


def put(connection: Connection) -> Put:
    """Write the connection if nobody else has since it was read."""
    pk, sk = connection_key(connection.id)
    data = asdict(replace(connection, rev=0))
    return Put(
        {"pk": pk, "sk": sk, "data": json.dumps(data, ensure_ascii=False), **listing("connection", connection.id)},
        expect=connection.rev,
    )


def load(table: Table, connection_id: str) -> Connection | None:
    """The connection, or None."""
    item = table.get(connection_key(connection_id))
    return from_item(item) if item else None


def every(table: Table) -> list[Connection]:
    """All connections (a business has a handful). Read by key, so that a change shows at once."""
    page = table.query(list_of("connection"), index="listing", limit=100)
    return [from_item(i) for i in table.get_many((i["pk"], i["sk"]) for i in page.items).values()] if page.items else []


def from_item(item: Item) -> Connection:
    """The connection in an item."""
    data = json.loads(item["data"])
    known = members(Connection, data)
    return Connection(**{**known, "record_types": tuple(data["record_types"]), "rev": item["rev"]})


def put_flow(flow: Flow) -> Put:
    """Write a flow, over an earlier state of it."""
    pk, sk = flow_key(flow.id)
    return Put({"pk": pk, "sk": sk, "data": json.dumps(asdict(flow)), **listing("flow", flow.id)}, expect=None)


def flows(table: Table) -> list[Flow]:
    """All flows."""
    page = table.query(list_of("flow"), index="listing", limit=500)
    return [flow_from(json.loads(item["data"])) for item in page.items]
