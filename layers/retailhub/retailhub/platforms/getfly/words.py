"""Getfly's words for how an order stands, told by label because its numbers are not published (getfly.md §6.4)."""

import re
from decimal import Decimal
from typing import Any

from retailhub.domain.phones import folded
from retailhub.domain.records import OrderStatus, PaymentStatus, ShippingStatus

WAITING = "1"
"""The only published number of an order status."""

ORDER_STATUSES: dict[str, OrderStatus] = {
    "cho duyet": "open",
    "waiting": "open",
    "pending": "open",
    "da duyet": "confirmed",
    "approved": "confirmed",
    "approval": "confirmed",
    "cho giao hang": "confirmed",
    "giao hang mot phan": "confirmed",
    "da giao hang mot phan": "confirmed",
    "da giao hang": "confirmed",
    "da giao hang toan bo": "confirmed",
    "hoan thanh": "closed",
    "da hoan thanh": "closed",
    "completed": "closed",
    "huy": "cancelled",
    "da huy": "cancelled",
    "cancel": "cancelled",
    "canceled": "cancelled",
    "cancelled": "cancelled",
}

SHIPPING_BY_ORDER_LABEL: dict[str, ShippingStatus] = {
    "cho giao hang": "packing",
    "giao hang mot phan": "delivering",
    "da giao hang mot phan": "delivering",
    "da giao hang": "delivered",
    "da giao hang toan bo": "delivered",
}
"""What an order's label says of its shipping while no carrier says anything."""

SHIPPING_STATUSES: dict[str, ShippingStatus] = {
    "assigning": "packing",
    "accepted": "packing",
    "ready to pick": "packing",
    "picking": "packing",
    "cho lay hang": "packing",
    "dang lay hang": "packing",
    "picked": "delivering",
    "in process": "delivering",
    "in transit": "delivering",
    "delivering": "delivering",
    "dang giao": "delivering",
    "dang giao hang": "delivering",
    "delivered": "delivered",
    "completed": "delivered",
    "da giao": "delivered",
    "da giao hang": "delivered",
    "giao thanh cong": "delivered",
    "failed": "returned",
    "return": "returned",
    "returned": "returned",
    "hoan hang": "returned",
    "da hoan hang": "returned",
    "cancel": "cancelled",
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "huy": "cancelled",
    "da huy": "cancelled",
}
"""Carriers' own words pass through Getfly; these are common ones, a connection's settings add others."""

PAYMENT_STATUSES: dict[str, PaymentStatus] = {
    "unpaid": "pending",
    "chua thanh toan": "pending",
    "partial": "partially_paid",
    "thanh toan mot phan": "partially_paid",
    "da thanh toan mot phan": "partially_paid",
    "paid": "paid",
    "da thanh toan": "paid",
}


def plain(word: str | None) -> str:
    """`Chờ duyệt`, `READY_TO_PICK` → `cho duyet`, `ready to pick`: the form in which words are looked up."""
    return re.sub(r"[\s_-]+", " ", folded(word))


def order_status(label: str | None, number: str | None, own: dict[str, OrderStatus]) -> OrderStatus:
    """By label first; of bare numbers only 1 means anything, and a tenant may name others in its settings."""
    words = ORDER_STATUSES | {plain(word): status for word, status in own.items()}
    for said in (plain(label), plain(number)):
        if said in words:
            return words[said]
    return "open" if number in (WAITING, None) and not label else "other"


def shipping_status(
    code: str | None, title: str | None, label: str | None, own: dict[str, ShippingStatus]
) -> ShippingStatus:
    """By the carrier's code, then its title; without a carrier by the order's label."""
    words = SHIPPING_STATUSES | {plain(word): status for word, status in own.items()}
    for said in (plain(code), plain(title)):
        if said in words:
            return words[said]
    return "other" if code or title else SHIPPING_BY_ORDER_LABEL.get(plain(label), "none")


def payment_status(word: str | None, paid: Decimal, total: Decimal, *, returned: bool) -> PaymentStatus:
    """Derived from the payments where there are any (§6.4), else from Getfly's word. A return order (`is_repay`) gives
    money back, so it never counts as revenue."""
    if returned:
        return "refunded"
    if paid > 0:
        return "paid" if paid >= total else "partially_paid"
    return PAYMENT_STATUSES.get(plain(word), "other" if word else "pending")


def carrier(lading_info: Any) -> tuple[str | None, str | None]:
    """Code and title inside `lading_info{status{code,name}}`, if it has that shape."""
    status = lading_info.get("status") if isinstance(lading_info, dict) else None
    if not isinstance(status, dict):
        return None, None
    code, name = status.get("code"), status.get("name")
    return (code if isinstance(code, str) else None) or None, (name if isinstance(name, str) else None) or None
