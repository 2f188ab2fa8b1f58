"""Haravan's status words in the hub's (A-HRV-11); real words differ from the documented ones in case, `_`, blanks."""

from typing import cast

from retailhub.domain.records import OrderStatus, PaymentStatus, ShippingStatus
from retailhub.platforms.haravan.shapes import OrderSaid

PAYMENTS: dict[str, PaymentStatus] = {
    "": "pending",
    "pending": "pending",
    "authorized": "authorized",
    "partiallypaid": "partially_paid",
    "paid": "paid",
    "partiallyrefunded": "partially_refunded",
    "refunded": "refunded",
    "voided": "voided",
}
FULFILMENTS: dict[str, ShippingStatus] = {
    "": "none",
    "notfulfilled": "none",
    "unfulfilled": "none",
    "partial": "delivering",
    "fulfilled": "delivered",
    "restocked": "returned",
    "restock": "returned",
}
"""What holds without a carrier's word: a fulfilled order left the shop (a till sale has no carrier at all)."""

CARRIERS: dict[str, ShippingStatus] = {
    "pending": "packing",
    "readytopick": "packing",
    "picking": "packing",
    "delivering": "delivering",
    "delivered": "delivered",
    "return": "returned",
    "returned": "returned",
    "cancel": "cancelled",
    "cancelled": "cancelled",
}
RAW = ("financial_status", "fulfillment_status", "cancelled_status", "closed_status", "confirmed_status")


def folded(word: str | None) -> str:
    """`Partially_Paid`, `partiallypaid`, `partially paid` → `partiallypaid`; "" for none."""
    return (word or "").casefold().replace("_", "").replace(" ", "")


def payment_status(said: OrderSaid) -> PaymentStatus:
    """Whether the order is paid; an unknown word is "other", never an error (haravan.md §4)."""
    return PAYMENTS.get(folded(said.financial_status), "other")


def order_status(said: OrderSaid) -> OrderStatus:
    """Cancelled before closed before confirmed before open (A-HRV-11, A-HRV-2 for the first)."""
    if folded(said.cancelled_status) in ("cancelled", "canceled") or said.cancelled_at:
        return "cancelled"
    if folded(said.closed_status) == "closed" or said.closed_at:
        return "closed"
    return "confirmed" if folded(said.confirmed_status) == "confirmed" or said.confirmed_at else "open"


def shipping_status(said: OrderSaid) -> ShippingStatus:
    """How far the goods are: the last parcel's carrier knows best, else the order's own word."""
    restocked = FULFILMENTS.get(folded(said.fulfillment_status)) == "returned"
    carrier = folded(said.fulfillments[-1].carrier_status_code) if said.fulfillments else ""
    if carrier and not restocked:
        return CARRIERS.get(carrier, "other")
    return FULFILMENTS.get(folded(said.fulfillment_status), "other")


def raw_statuses(said: OrderSaid) -> dict[str, str]:
    """The words as they came."""
    words = {name: cast("str | None", getattr(said, name)) for name in RAW}
    if said.fulfillments:
        words["carrier_status_code"] = said.fulfillments[-1].carrier_status_code
    return {name: word for name, word in words.items() if word}
