"""Revenue, Total Orders and the last purchase as folds over orders (R-HRV-33…37, A-HRV-1…5)."""

from decimal import Decimal
from typing import Literal

from retailhub.domain.records import ZERO, Contribution, Customer, Order, Purchase

PartialRefundPolicy = Literal["net_minus_shipping", "gross_minus_shipping", "zero"]
KEPT_PURCHASES = 10


def contribution(
    order: Order, buyer: str | None, policy: PartialRefundPolicy, *, deleted: bool = False
) -> Contribution:
    """What the order, as it stands now, adds to its buyer: revenue in đồng, whether it counts, when it was bought."""
    if deleted or order.order_status == "cancelled" or order.order_type != "sale":
        return Contribution(buyer=buyer)
    successful = order.payment_status in ("paid", "partially_refunded")
    return Contribution(
        buyer=buyer,
        revenue=_revenue(order, policy),
        counted=True,
        purchased_at=order.order_created if successful else None,
    )


def _revenue(order: Order, policy: PartialRefundPolicy) -> Decimal:
    """A-HRV-2, A-HRV-3. Never negative and never above the total, whatever the platform sends."""
    if order.payment_status == "paid":
        return max(ZERO, order.total_price)
    if order.payment_status != "partially_refunded" or policy == "zero":
        return ZERO
    goods = order.total_price - max(ZERO, order.shipping_total)
    refunded = min(max(ZERO, order.refunded_goods), max(ZERO, goods)) if policy == "net_minus_shipping" else ZERO
    return max(ZERO, goods - refunded)


def moved(customer: Customer, order_id: str, old: Contribution | None, new: Contribution | None) -> Customer:
    """The customer after one order's contribution changed from `old` to `new` (None: not theirs before / any more)."""
    before, after = old or Contribution(), new or Contribution()
    log, purchases = _logged(customer, order_id, before, after)
    counted = customer.total_orders + int(after.counted) - int(before.counted)
    is_buyer = customer.is_buyer or new is not None
    return customer.model_copy(
        update={
            "revenue": customer.revenue + after.revenue - before.revenue,
            "total_orders": counted,
            "is_buyer": is_buyer,
            "funnel": funnel(customer.funnel_override, is_buyer, counted),
            "purchases": purchases,
            "last_purchases": log,
        }
    )


def funnel(override: str | None, is_buyer: bool, total_orders: int) -> str:
    """`customer` from the first counted order on, `lead` before, unless a user chose otherwise (A-HRV-10)."""
    return override or ("customer" if is_buyer and total_orders > 0 else "lead")


def _logged(
    customer: Customer, order_id: str, old: Contribution, new: Contribution
) -> tuple[tuple[Purchase, ...], int]:
    """The newest purchases and their number; the log never holds one that is older than a forgotten one."""
    purchases = customer.purchases + int(new.purchased_at is not None) - int(old.purchased_at is not None)
    complete = customer.purchases <= len(customer.last_purchases)
    log = [p for p in customer.last_purchases if p.order != order_id]
    if new.purchased_at and (complete or (log and new.purchased_at >= log[-1].at)):
        log.append(Purchase(order=order_id, at=new.purchased_at))
    log.sort(key=lambda p: (p.at, p.order), reverse=True)
    return tuple(log[:KEPT_PURCHASES]), purchases


def must_recount(customer: Customer) -> bool:
    """True if the log ran empty while older purchases exist: then the orders themselves must be asked."""
    return customer.purchases > 0 and not customer.last_purchases
