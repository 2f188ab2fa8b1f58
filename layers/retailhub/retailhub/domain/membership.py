"""What makes a customer a member: their activation, what the opening file said, what the loyalty programme says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from retailhub.domain.money import Money
from retailhub.domain.shape import Shape

ZERO = Decimal(0)
GUEST_EMAIL = "guest@haravan.com"
"""Haravan's one customer for all who buy without saying who they are (mini_crm_haraloyalty.md §2.2)."""


class Membership(Shape):
    """An activation: when, by whom, and on what ground (A-HL-6, A-HL-8)."""

    activated_at: str
    activated_by: str
    ground: Literal["opening_file", "manual"] = "manual"


class Opening(Shape):
    """The balances that the opening file gave (R-HL-02, A-HL-6), None where it gave none: only a newer file changes
    them, no platform does."""

    card: str | None = None
    points: int | None = None
    total_spent: Money | None = None
    level: str | None = None
    last_order_at: str | None = None


class Loyalty(Shape):
    """What Haraloyalty keeps of a member; its points are its own and never mixed with ours (A-X-5)."""

    card: str | None = None
    points_available: int = 0
    points_used: int = 0
    points_incoming: int = 0
    points_ranking: Money = ZERO
    level: str | None = None
    total_spent: Money = ZERO
    total_orders: int = 0
    last_order_at: str | None = None
    status: str | None = None


Standing = Literal["opening", "registered", "unregistered"]
"""Where a customer stands: a member who is not in Haravan, a Haravan customer who is a member, or who is not yet."""

Teller = Literal["haraloyalty", "opening_file", "hub"]
"""Who says a member's loyalty value: the loyalty programme, else the opening file, else the hub's own orders."""


def standing(fields: Any) -> Standing | None:
    """The standing of a customer, None for one who is neither a member nor in Haravan (R-HL-02, R-HL-03, R-HL-17)."""
    in_haravan = bool(fields.vendor_id)
    if fields.membership:
        return "registered" if in_haravan else "opening"
    return "unregistered" if in_haravan else None


def obstacle(fields: Any, *, deleted: bool) -> str | None:
    """Why a customer cannot become a member, as a code, or None: nobody removed, no walk-in guest, no mere recipient,
    and nobody without a phone (A-HL-8)."""
    if deleted:
        return "removed_not_activated"
    if fields.guest or (fields.email or "").casefold() == GUEST_EMAIL:
        return "guest_not_activated"
    if fields.recipient_of:
        return "recipient_not_activated"
    return None if fields.phone else "no_phone"


def awaits_haravan(fields: Any, phone: str | None, *, deleted: bool) -> bool:
    """True for a member from the opening file whom the first Haravan customer with their phone turns out to be
    (A-HL-6). One who has a Haravan customer already stays apart from every other with that phone (R-HRV-10)."""
    known = fields.opening is not None and fields.membership is not None and not fields.vendor_id
    nobody = deleted or fields.guest or fields.recipient_of
    return known and not nobody and phone is not None and fields.phone == phone


@dataclass(frozen=True)
class Told:
    """A loyalty value and who says it; `by` is None where nobody does."""

    value: Any = None
    by: Teller | None = None


def told(fields: Any) -> dict[str, Told]:
    """A customer's loyalty values (R-HL-05): as Haraloyalty says, else as the opening file did, else as the hub's own
    orders tell. They are never added up: what one of them counted another may have counted too (A-X-5)."""
    loyalty, opening = fields.loyalty, fields.opening
    return {
        "card": _first(loyalty, "card", opening, "card"),
        "level": _first(loyalty, "level", opening, "level"),
        "points_available": _first(loyalty, "points_available", opening, "points"),
        "points_used": _first(loyalty, "points_used"),
        "points_incoming": _first(loyalty, "points_incoming"),
        "points_ranking": _first(loyalty, "points_ranking"),
        "total_spent": _first(loyalty, "total_spent", opening, "total_spent", own=fields.revenue),
        "total_orders": _first(loyalty, "total_orders", own=fields.total_orders),
        "last_purchase_at": _last_purchase(fields),
    }


def _first(
    loyalty: Loyalty | None, said: str, opening: Opening | None = None, gave: str = "", *, own: Any = None
) -> Told:
    if loyalty is not None and getattr(loyalty, said) is not None:
        return Told(getattr(loyalty, said), "haraloyalty")
    if opening is not None and getattr(opening, gave) is not None:
        return Told(getattr(opening, gave), "opening_file")
    return Told() if own is None else Told(own, "hub")


def _last_purchase(fields: Any) -> Told:
    """Here the hub's own log comes first: it follows every order, and its cancellation too (A-HL-4, A-X-6)."""
    at = fields.last_purchase_at
    if at is None:
        return Told()
    if fields.last_purchases:
        return Told(at, "hub")
    return Told(at, "haraloyalty" if fields.loyalty and fields.loyalty.last_order_at == at else "opening_file")
