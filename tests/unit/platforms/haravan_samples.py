"""An invented Haravan customer and an order of theirs, and the snapshots of their variations."""

from typing import Any

from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.haravan.mapping import snapshot
from retailhub.platforms.haravan.settings import Settings

HOME = {"id": 31, "address1": "18 ngõ 5 Đội Cấn", "phone": "0912.000.111", "province": "Hà Nội", "default": True}
CUSTOMER: dict[str, Any] = {
    "id": 1300000001,
    "email": "ha.pham@example.vn",
    "phone": "0912000111",
    "first_name": "Hà",
    "last_name": "Phạm Thu",
    "addresses": [HOME],
    "default_address": None,
    "created_at": "2025-10-02T08:00:00.1Z",
    "updated_at": "2026-05-15T01:02:03.3618709Z",
    "birthday": "1992-11-03T00:00:00Z",
    "gender": 0,
    "note": None,
    "tags": "vip,newsletter",
}
THERE = {"name": " Phạm Văn Nam", "phone": "+84 988 000 222", "address1": "Lô B2", "province": "Hà Nội"}
ORDER: dict[str, Any] = {
    "id": 1500000123,
    "name": "#100871",
    "order_number": "#100871",
    "created_at": "2026-05-14T03:30:00.512Z",
    "updated_at": "2026-05-14T03:30:01.02Z",
    "financial_status": "pending",
    "fulfillment_status": "notfulfilled",
    "cancelled_status": "uncancelled",
    "closed_status": "unclosed",
    "confirmed_status": "unconfirmed",
    "total_price": "530000.0000",
    "subtotal_price": "500000.0000",
    "shipping_lines": [{"price": "30000.0000"}],
    "customer": {**CUSTOMER, "addresses": []},
    "shipping_address": THERE,
    "line_items": [{"id": 17, "variant_id": 106, "name": "Áo", "quantity": 5, "price": "100000.0000"}],
    "location_id": 990001,
}


def told(record_type: RecordType, payload: Any, **settings_: Any) -> Snapshot:
    """The snapshot of a payload in a shop with these settings."""
    return snapshot(record_type, payload, Settings.model_validate(settings_))


def order(**changes: Any) -> Snapshot:
    """The snapshot of the order with some members changed."""
    return told("order", {**ORDER, **changes})


def money(amount: int, **more: Any) -> dict[str, Any]:
    """A refund of money only."""
    return {"transactions": [{"id": amount, "kind": "refund", "status": "Thành công", "amount": -amount, **more}]}
