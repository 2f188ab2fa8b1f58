"""Invented records of each type, full and nearly empty, for everything that takes records."""

from dataclasses import replace
from typing import Any

from retailhub.domain.identity import record_id
from retailhub.domain.records import MODELS, Record, RecordType

FULL: dict[RecordType, dict[str, Any]] = {
    "customer": {
        "name": "Trần Thu Hà",
        "phone": "+84905550142",
        "email": "ha.tran@example.vn",
        "birthday": "1991-08-23",
        "gender": "female",
        "source": "CNV – Zalo OA",
        "addresses": ({"line": "17 Lê Lai", "province": "Đà Nẵng", "default": True},),
    },
    "product": {"code": "AO-LINEN-M", "name": "Áo linen cổ tàu – M", "price": 385000, "unit": "Cái"},
    "order": {
        "order_number": "#APP10233",
        "order_created": "2024-06-18T08:19:58.000000Z",
        "order_source": "CNV – Zalo OA",
        "subtotal": 450000,
        "discount_total": 20000,
        "shipping_total": 25000,
        "total_price": 455000,
        "buyer": {"name": "Trần Thu Hà", "phone": "+84905550142"},
        "items": ({"sku": "SON-03", "name": "Son dưỡng", "quantity": 3, "price": 150000},),
    },
}
"""One record of each type with everything that a platform may take."""

BARE: dict[RecordType, dict[str, Any]] = {
    "customer": {"name": "Lê An"},
    "product": {"name": "Nón lá"},
    "order": {"items": ({"name": "Nón lá", "quantity": 1, "price": 90000},)},
}
"""One record of each type with next to nothing."""

CHANGED: dict[RecordType, tuple[dict[str, Any], str]] = {
    "customer": ({"email": "thu.ha@example.vn"}, "thu.ha@example.vn"),
    "product": ({"name": "Áo linen cổ tròn – M"}, "Áo linen cổ tròn – M"),
    "order": ({"discount_total": 31313, "total_price": 443687}, "31313"),
}
"""A change of each type, and the text that the platform must then hold."""


def sample(record_type: RecordType, number: int = 1, fields: dict[str, Any] | None = None) -> Record:
    """A stored record born on another connection; `number` makes it another one with the same content."""
    made = MODELS[record_type].model_validate(FULL[record_type] if fields is None else fields)
    hub_id = record_id(record_type, "elsewhere", str(number))
    return Record(record_type, hub_id, made, version=1, rev=1, origin="elsewhere", external_ids={"elsewhere": "1"})


def changed(record: Record, changes: dict[str, Any]) -> Record:
    """The record with some fields replaced."""
    model = MODELS[record.type]
    return replace(record, fields=model.model_validate({**record.fields.model_dump(), **changes}), version=2)


def blanks(value: Any, where: str = "") -> list[str]:
    """Where in a view something empty stands."""
    if isinstance(value, dict):
        return [place for name, inner in value.items() for place in blanks(inner, f"{where}.{name}")]
    if isinstance(value, list | tuple):
        return [place for number, inner in enumerate(value) for place in blanks(inner, f"{where}[{number}]")]
    return [where] if value is None or value == "" else []
