"""What an order's money comes to: shipping, what was given back, and how much of that was for goods (A-HRV-3)."""

from collections.abc import Iterator
from decimal import Context, Decimal

from retailhub.domain.records import ZERO
from retailhub.platforms.haravan.shapes import LineSaid, OrderSaid, RefundLineSaid, TransactionSaid
from retailhub.platforms.haravan.statuses import folded

PAYING = ("sale", "capture")
SMALLEST, WIDE = Decimal("0.0001"), Context(prec=60)
"""Haravan's four decimals: a discount shared by three pieces has no end of its own."""

FAILED = ("failure", "error", "pending", "thấtbại", "lỗi")


def shipping_total(said: OrderSaid) -> Decimal:
    """The shipping fees of the order, in đồng."""
    return sum((line.price for line in said.shipping_lines), ZERO)


def paid_total(said: OrderSaid) -> Decimal:
    """What was taken in, before anything was given back; a cash-on-delivery order is paid when the cash is booked."""
    return sum((t.amount for t in said.transactions if folded(t.kind) in PAYING and _happened(t)), ZERO)


def refunded_total(said: OrderSaid) -> Decimal:
    """All money given back, shipping included; each transaction once, though it may stand in two lists."""
    return sum((abs(transaction.amount) for transaction in _refunds(said)), ZERO)


def refunded_goods(said: OrderSaid) -> Decimal:
    """The part given back for goods: the returned lines where they are told, else the money; never more than the goods
    cost, so refunded shipping is not taken off twice (A-HRV-3)."""
    lines = {line.id: line for line in said.line_items if line.id}
    returned = [_worth(part, lines) for refund in said.refunds for part in refund.refund_line_items]
    goods = max(ZERO, said.total_price - shipping_total(said))
    told = sum(returned, ZERO) or refunded_total(said)
    return min(max(ZERO, told), goods).quantize(SMALLEST, context=WIDE)


def _worth(part: RefundLineSaid, lines: dict[int, LineSaid]) -> Decimal:
    """What the returned pieces were sold for; their line inside the refund often lacks the price."""
    line = lines.get(part.line_item_id or 0) or part.line_item
    if line is None:
        return ZERO
    price = line.price if line.price is not None else (part.line_item and part.line_item.price) or ZERO
    discount = line.total_discount / line.quantity if line.quantity else ZERO
    return (price - discount) * part.quantity


def _refunds(said: OrderSaid) -> Iterator[TransactionSaid]:
    seen: set[int] = set()
    listed = [t for refund in said.refunds for t in refund.transactions]
    for transaction in (*listed, *said.transactions):
        if folded(transaction.kind) != "refund" or not _happened(transaction) or transaction.id in seen:
            continue
        if transaction.id:
            seen.add(transaction.id)
        yield transaction


def _happened(transaction: TransactionSaid) -> bool:
    """A transaction without a status counts: real answers leave it out (haravan.md §4)."""
    return folded(transaction.status) not in FAILED
