"""CNV's members and orders in the hub's words (cnv_loyalty.md §B.2)."""

from decimal import Decimal
from typing import Any, get_args

from retailhub.domain.errors import Malformed
from retailhub.domain.identity import hub_id_of
from retailhub.domain.records import PaymentStatus, RecordType, Ref, Snapshot
from retailhub.platforms.cnv_loyalty.channels import as_source, channel
from retailhub.platforms.cnv_loyalty.settings import Settings
from retailhub.platforms.cnv_loyalty.shapes import Line, Member, Purchase
from retailhub.platforms.payloads import amount

CUT = "rows_cut_at"
"""Member of the row that a listing puts in place of rows which CNV does not show (§B.3.1)."""

BY_PHONE = "phone:"
BY_ORDER = "order:"
"""Begin the source id of a guest, who has no record at CNV (A-CNV-10)."""

_GENDERS = {"male": "male", "female": "female"}
_CANCELLED = frozenset({"cancelled", "canceled"})


def snapshot(record_type: RecordType, payload: Any, settings: Settings) -> Snapshot:
    """A record as CNV shows it. Raises Malformed with the field's name and none of its content."""
    if isinstance(payload, dict) and CUT in payload:
        raise Malformed("rows_cut", f"CNV shows only 10,000 of the rows changed at {payload[CUT]}", field="updated_at")
    if record_type == "customer":
        return _customer(Member.of(payload), settings)
    if record_type == "order":
        return _order(Purchase.of(payload), settings)
    raise Malformed("unknown_type", field="type")


def _customer(theirs: Member, settings: Settings) -> Snapshot:
    said = {
        "name": theirs.name,
        "phone": theirs.number,
        "phone_source": "contact" if theirs.number else None,
        "email": theirs.email,
        "gender": _GENDERS.get((theirs.gender or "").lower()),
        "birthday": theirs.birthday,
    }
    return Snapshot(
        "customer",
        theirs.id,
        theirs.updated_at,
        fields=said,
        first={"source": as_source(channel(theirs.source, theirs.tags, settings.channels))},
        code=theirs.ref_id,
    )


def _order(theirs: Purchase, settings: Settings) -> Snapshot:
    """CNV knows no order status of its own: it is spoken of only when a cancellation is evident, and shipping never,
    so that what Getfly decided (R-CNV-15) is not taken back by a poll."""
    code = theirs.ref_id if hub_id_of(theirs.ref_id) else (theirs.name or "").removeprefix("#") or None
    said = _amounts(theirs) | _statuses(theirs)
    said["items"] = tuple(_line(line) for line in theirs.line_items)
    source = as_source(channel(theirs.source, theirs.tags, settings.channels))
    if not hub_id_of(code):  # an order that we pushed there keeps the number, time and source of its birthplace
        said |= {"order_number": theirs.name, "order_created": theirs.created_at or None, "order_source": source}
        said |= {"order_store": theirs.store_name, "note": theirs.notes}
    return Snapshot(
        "order",
        theirs.id,
        theirs.updated_at,
        fields=said,
        code=code,
        buyer=_buyer(theirs, source),
    )


def _amounts(theirs: Purchase) -> dict[str, Any]:
    lines = sum((line.quantity * line.price for line in theirs.line_items), Decimal(0))
    return {
        "subtotal": amount(lines if theirs.subtotal_price is None else theirs.subtotal_price),
        "discount_total": amount(theirs.total_discounts),
        "shipping_total": amount(theirs.shipment_fee),
        "total_price": amount(theirs.total_price),
    }


def _statuses(theirs: Purchase) -> dict[str, Any]:
    word = (theirs.financial_status or "").lower()
    raw = {"financial_status": theirs.financial_status, "status": theirs.order_status}
    said: dict[str, Any] = {"raw_statuses": {name: value for name, value in raw.items() if value}}
    if word:
        said["payment_status"] = word if word in get_args(PaymentStatus) else "other"
    if theirs.cancelled_at or (theirs.order_status or "").lower() in _CANCELLED:
        said["order_status"] = "cancelled"
    return said


def _line(line: Line) -> dict[str, Any]:
    words = {"product_source_id": line.product_id, "sku": line.sku, "name": line.name}
    figures = {"quantity": amount(line.quantity), "price": amount(line.price)}
    return {name: value for name, value in words.items() if value} | figures


def _buyer(theirs: Purchase, source: str) -> Ref | None:
    """The member, or for a guest somebody made from the order's own words, told apart by phone (A-CNV-10). Who is not
    in the hub yet came over the order's channel (A-CNV-9)."""
    buyer = theirs.customer
    if buyer is None:
        return None
    known = {"name": buyer.name, "phone": buyer.number, "email": buyer.email}
    stub = {name: value for name, value in known.items() if value}
    guest = not buyer.id or buyer.id == "0"
    if guest and not stub:
        return None
    its_own = BY_PHONE + buyer.number if buyer.number else BY_ORDER + theirs.id
    return Ref("customer", its_own if guest else str(buyer.id), stub | {"source": source})
