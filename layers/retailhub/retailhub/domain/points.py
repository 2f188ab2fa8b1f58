"""Reward points: what a contract earns, what may be redeemed for it, what it has posted (R-RWD-01…09, A-RWD-1…7)."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from retailhub.domain.fields import ZERO, Contract, PointsPosted
from retailhub.domain.rules import PointSettings

Kind = Literal["earn", "redeem", "reverse", "restore"]
ENDED = ("cancelled", "undeliverable")


@dataclass(frozen=True)
class Posting:
    """A change of one customer's balance: how many points, with their sign, and why."""

    customer: str
    kind: Kind
    points: int
    why: str


@dataclass(frozen=True)
class Offer:
    """What may be redeemed for a contract now: at most `maximum` points; if that is 0, why: `refused`."""

    maximum: int
    refused: str = ""
    balance: int = 0
    purchases: int = 0
    payable: Decimal = ZERO


def ended(contract: Contract, *, deleted: bool) -> str:
    """Why the contract is not a valid one: `deleted` or its status; "" for one that is (A-RWD-3)."""
    if deleted:
        return "deleted"
    return contract.status if contract.status in ENDED else ""


def paid_up(contract: Contract) -> bool:
    """Whether money and points together have paid it; one of no value never is (A-RWD-3)."""
    return contract.value > 0 and contract.debt <= 0


def earned(contract: Contract, rate: Decimal | None, *, net: bool) -> int:
    """Points that a fully paid contract earns: whole ones, the remainder is nobody's (A-RWD-1, A-RWD-2)."""
    if not rate or not paid_up(contract):
        return 0
    base = contract.value - contract.points_discount if net else contract.value
    return max(0, int(base // rate))


def posted(
    old: PointsPosted, contract: Contract, customer: str | None, terms: Callable[[], PointSettings]
) -> PointsPosted:
    """What the contract, as it stands now, is to have posted. customer: who has an account for it; None: nobody, or it
    is not valid. `terms` is asked only where a contract comes to be paid, so that settings act forwards (A-RWD-6)."""
    if customer is None:
        return PointsPosted(redemptions=contract.points.redemptions)
    rate, net, paid = old.rate, old.net, paid_up(contract)
    if paid and not old.paid and rate is None:
        rate, net = terms().amount_per_point, terms().net_of_points
    return PointsPosted(
        customer=customer,
        counted=True,
        paid=paid,
        earned=earned(contract, rate, net=net),
        rate=rate,
        net=net,
        redeemed=contract.points_redeemed,
        redemptions=contract.points.redemptions,
    )


def postings(old: PointsPosted, new: PointsPosted, over: str) -> list[Posting]:
    """How the balances move from what was posted to what is to be. over: why the contract is not valid, "" if it is.

    Of a contract that goes to another customer everything goes: one account gets back what the other one posts."""
    if old.customer == new.customer:
        return _differences(new.customer, old, new, "")
    nothing = PointsPosted()
    away = _differences(old.customer, old, nothing, over or "moved")
    return away + _differences(new.customer, nothing, new, "moved" if old.customer else "")


def _differences(customer: str | None, old: PointsPosted, new: PointsPosted, because: str) -> list[Posting]:
    """A redemption stands before what it made the contract earn."""
    taken, got = new.redeemed - old.redeemed, new.earned - old.earned
    found: list[Posting] = []
    if customer and taken:
        kind: Kind = "redeem" if taken > 0 else "restore"
        found.append(Posting(customer, kind, -taken, because or "redeemed"))
    if customer and got:
        kind = "earn" if got > 0 else "reverse"
        found.append(Posting(customer, kind, got, because or _why(old, new)))
    return found


def _why(old: PointsPosted, new: PointsPosted) -> str:
    if not old.paid:
        return "paid"
    return "value_changed" if new.paid else "not_paid"


def counted(old: PointsPosted, new: PointsPosted, customer: str) -> int:
    """By how much the customer's number of purchases moves (A-RWD-4)."""
    return int(new.customer == customer and new.counted) - int(old.customer == customer and old.counted)


def offer(balance: int, purchases: int, payable: Decimal, settings: PointSettings) -> Offer:
    """`max = min(balance − M, floor(payable / B))`, only if `purchases` (this one included) > N (A-RWD-4, A-RWD-5,
    A-RWD-7)."""
    worth = settings.point_value
    most = min(balance - settings.min_points_left, int(payable // worth)) if worth else 0
    refused = ""
    if not worth:
        refused = "redeeming_off"
    elif payable < worth:
        refused = "nothing_to_pay"
    elif purchases <= settings.min_purchases:
        refused = "too_few_purchases"
    elif most <= 0:
        refused = "too_few_points"
    return Offer(0 if refused else most, refused, balance, purchases, payable)


def spendable(balance: int, purchases: int, settings: PointSettings) -> int:
    """Points that the customer could redeem if there were enough to pay."""
    if not settings.point_value or purchases <= settings.min_purchases:
        return 0
    return max(0, balance - settings.min_points_left)
