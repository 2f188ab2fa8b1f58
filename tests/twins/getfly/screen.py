"""What people do in Getfly's own screen: the control API's way to create, change and remove records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.twins.getfly.accounts import as_body
from tests.twins.getfly.order_shapes import detailed, payment_status
from tests.twins.getfly.orders import NUMBERS, TEXTS, Order

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

LADING = ("lading_code", "lading_status", "lading_info")
BOXES = ("order_info", "products", "payments", "terms")
INFO = (*TEXTS, *NUMBERS, "order_code", "order_type", "order_date", "account_code", "assigned_username", "amount")


def create(twin: GetflyTwin, kind: str, record: Order) -> Order:
    """Type a new record in; ValueError says what is wrong with it."""
    if kind == "customers":
        row = twin.accounts.create(as_body(record), by_api=False)
    elif kind == "products":
        row = twin.products.create(record)
    else:
        row = twin.orders.create(_order_body(record), by_api=False)
        _move(twin, row, record)
    return shown(twin, kind, row)


def change(twin: GetflyTwin, kind: str, key: Any, changes: Order) -> Order:
    """Type changes into a record."""
    row = twin.records[kind][key]
    if kind == "customers":
        twin.accounts.update(row, as_body(changes), by_api=False)
    elif kind == "products":
        twin.products.update(row, changes)
    else:
        body = _order_body(changes)
        if body["order_info"] or len(body) > 1:
            twin.orders.update(row, body, by_api=False)
        _move(twin, row, changes)
    return shown(twin, kind, row)


def remove(twin: GetflyTwin, kind: str, key: Any) -> Order:
    """Delete a record; customers and orders stay and hold their codes."""
    row = twin.records[kind][key]
    keepers: dict[str, Any] = {"customers": twin.accounts, "products": twin.products, "orders": twin.orders}
    keepers[kind].remove(row)
    return shown(twin, kind, row)


def shown(twin: GetflyTwin, kind: str, row: Order) -> Order:
    """A record for the control API: the shape of v3 (orders: detail with order_info's fields flat) and more."""
    if kind == "products":
        return dict(row)
    more = {"deleted": row["deleted"], "updated_at": row["updated_at"]}
    if kind == "customers":
        return {**twin.accounts.shape(row), **more}
    parts = detailed(row, twin.switches)
    words = {"status": row["status"], "source_name": row["source_name"], "payment_status": payment_status(row)}
    return {**parts.pop("order_info"), **parts, **words, "created_at": row["created_at"], **more}


def _order_body(record: Order) -> Order:
    """Order_info's fields may be flat; lading, status and paid are moved by themselves."""
    strange = set(record) - {*BOXES, *INFO, *LADING, "status", "paid"}
    if strange:
        raise ValueError(f"an order has no {sorted(strange)}")
    info = {name: record[name] for name in INFO if name in record and name not in LADING}
    boxes = {box: record[box] for box in BOXES if box in record}
    return {**boxes, "order_info": {**info, **record.get("order_info", {})}}


def _move(twin: GetflyTwin, row: Order, wish: Order) -> None:
    if wish.get("status"):
        twin.orders.set_status(row, wish["status"])
    if lading := {name: wish[name] for name in LADING if name in wish}:
        twin.orders.ship(row, lading)
    if wish.get("paid"):
        twin.orders.pay(row, {"amount": wish["paid"]})
