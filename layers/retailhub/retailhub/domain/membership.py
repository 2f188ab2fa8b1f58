"""What makes a customer a member: their activation, what the opening file said, what the loyalty programme says."""

from decimal import Decimal
from typing import Any, Literal

from retailhub.domain.money import Money
from retailhub.domain.shape import Shape

ZERO = Decimal(0)


class Membership(Shape):
    """An activation: when, by whom, and on what ground (A-HL-6, A-HL-8)."""

    activated_at: str
    activated_by: str
    ground: Literal["opening_file", "manual"] = "manual"


class Opening(Shape):
    """The balances that the opening file gave (R-HL-02, A-HL-6); they stay as they are."""

    card: str | None = None
    points: int = 0
    total_spent: Money = ZERO
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


def standing(fields: Any) -> Standing | None:
    """The standing of a customer, None for one who is neither a member nor in Haravan (R-HL-02, R-HL-03, R-HL-17)."""
    in_haravan = bool(fields.vendor_id)
    if fields.membership:
        return "registered" if in_haravan else "opening"
    return "unregistered" if in_haravan else None
