"""A Haravan-like shop for the tests: whole words, stamps, identity by the shop's own ids."""

from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.records import Customer
from retailhub.sync.apply import apply
from tests.fakes.world import World

SHOP = "haravan1"


def shop(**options: Any) -> World:
    """A world with one Haravan shop."""
    world = World()
    world.connect(SHOP, "haravan", codes=False, writes=("customer",), **options)
    return world


def customer(source_id: str = "7", at: int = 0, **fields: Any) -> Change:
    """What the shop says of a customer at a minute."""
    return _change("customer", source_id, at, {"name": "Trần Thị An", "phone": "+84912000111"} | fields)


def order(source_id: str = "55", at: int = 0, buyer: str | None = "7", recipient: Any = None, **fields: Any) -> Change:
    """What the shop says of an order of 530,000 with 30,000 of shipping: all of it, every time."""
    bought: dict[str, Any] = {"order_number": "#55", "total_price": "530000", "shipping_total": "30000"}
    bought |= {"order_status": "open", "payment_status": "pending", "note": None}
    bought |= {"refunded_goods": "0", "refunded_total": "0"}
    parts = {"buyer": buyer and {"id": buyer, "stub": {"name": "An"}}, "recipient": recipient}
    return _change("order", source_id, at, bought | {"order_created": stamp(0)} | fields, **parts)


def stamp(minute: int) -> str:
    """An instant of the day of the tests."""
    return f"2026-05-14T{minute // 60:02d}:{minute % 60:02d}:00.000000Z"


def told(world: World, *changes: Change) -> list[str]:
    """Apply changes one after the other; answers their outcomes."""
    return [apply(change, world.hub).outcome for change in changes]


def buyer_of(world: World, source_id: str = "7") -> Customer:
    """The fields of a customer of the shop."""
    record = world.record(SHOP, "customer", source_id)
    assert record, f"no customer {source_id}"
    fields: Customer = record.fields
    return fields


def totals(world: World, source_id: str = "7") -> tuple[int, int]:
    """A customer's Revenue and Total Orders."""
    fields = buyer_of(world, source_id)
    return int(fields.revenue), fields.total_orders


def _change(record_type: str, source_id: str, at: int, fields: Any, **parts: Any) -> Change:
    payload = {"id": source_id, "updated_at": stamp(at), "fields": fields} | parts
    return Change(SHOP, record_type, source_id, payload=payload)
