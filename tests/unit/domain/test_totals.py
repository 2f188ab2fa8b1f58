from decimal import Decimal
from typing import Any

import pytest

from retailhub.domain.records import Contribution, Customer, Order
from retailhub.domain.totals import PartialRefundPolicy, contribution, funnel, moved

BOUGHT = {"total_price": 530_000, "shipping_total": 30_000, "order_created": "2026-05-14T02:00:00.000000Z"}


def share(policy: PartialRefundPolicy = "net_minus_shipping", **fields: object) -> Decimal:
    return contribution(Order.model_validate(BOUGHT | fields), "c1", policy).revenue


@pytest.mark.parametrize(
    "policy, refunded, revenue",
    [
        ("net_minus_shipping", 100_000, 400_000),
        ("gross_minus_shipping", 100_000, 500_000),
        ("zero", 100_000, 0),
        ("net_minus_shipping", 0, 500_000),
        ("net_minus_shipping", 900_000, 0),
        ("net_minus_shipping", -5, 500_000),
    ],
)
def test_a_partial_refund_counts_without_shipping(policy: PartialRefundPolicy, refunded: int, revenue: int) -> None:
    """R-HRV-37, A-HRV-3: shipping never counts; what is taken off is the shop's policy; never below zero."""
    assert share(policy, payment_status="partially_refunded", refunded_goods=refunded) == revenue


@pytest.mark.parametrize("status", ["pending", "authorized", "partially_paid", "refunded", "voided", "other"])
def test_only_paid_orders_are_revenue(status: str) -> None:
    """A-HRV-2: everything but paid and partially refunded counts nothing, yet is an order."""
    counted = contribution(Order.model_validate(BOUGHT | {"payment_status": status}), "c1", "net_minus_shipping")
    assert counted == Contribution(buyer="c1", counted=True)


@pytest.mark.parametrize(
    "odd", [{"total_price": -5}, {"shipping_total": -(10**6), "payment_status": "partially_refunded"}]
)
def test_no_order_adds_less_than_nothing_or_more_than_it_cost(odd: dict[str, Any]) -> None:
    """I18: 0 ≤ contribution ≤ total, whatever the platform sends."""
    fields: dict[str, Any] = {"payment_status": "paid"} | odd
    total = max(Decimal(0), Order.model_validate(BOUGHT | fields).total_price)
    assert 0 <= share(**fields) <= total


@pytest.mark.parametrize("ended", [{"order_status": "cancelled"}, {"order_type": "purchase"}])
def test_cancelled_orders_and_purchases_of_ours_do_not_count(ended: dict[str, object]) -> None:
    """A-HRV-2, A-GA-10."""
    made = contribution(Order.model_validate(BOUGHT | {"payment_status": "paid"} | ended), "c1", "net_minus_shipping")
    assert made == Contribution(buyer="c1")


def test_a_deleted_order_is_as_a_cancelled_one() -> None:
    """A-HRV-5."""
    order = Order.model_validate(BOUGHT | {"payment_status": "paid"})
    assert not contribution(order, "c1", "net_minus_shipping", deleted=True).counted


def test_a_buyer_stays_one_after_a_cancellation() -> None:
    """A-HRV-9, A-HRV-10: Is Buyer never goes back; the funnel follows the orders unless somebody chose otherwise."""
    paid = contribution(Order.model_validate(BOUGHT | {"payment_status": "paid"}), "c1", "net_minus_shipping")
    none = contribution(Order.model_validate(BOUGHT | {"order_status": "cancelled"}), "c1", "net_minus_shipping")
    buyer = moved(Customer(), "o1", None, paid)
    assert (buyer.is_buyer, buyer.funnel, int(buyer.revenue), buyer.total_orders) == (True, "customer", 530_000, 1)
    after = moved(buyer, "o1", paid, none)
    assert (after.is_buyer, after.funnel, int(after.revenue), after.total_orders) == (True, "lead", 0, 0)
    assert funnel("vip", is_buyer=False, total_orders=0) == "vip"
