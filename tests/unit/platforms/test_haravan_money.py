"""What an order of Haravan's adds to Revenue: shipping, refunds, and what did not happen."""

from decimal import Decimal
from typing import Any

import pytest

from retailhub.domain.records import MODELS, Order
from retailhub.domain.totals import contribution
from tests.unit.platforms.haravan_samples import ORDER, money, order


class TestMoney:
    """What Revenue is made from (A-HRV-2, A-HRV-3)."""

    @pytest.mark.parametrize(
        "changes, net, gross",
        [
            ({}, 0, 0),
            ({"financial_status": "paid"}, 530000, 530000),
            ({"financial_status": "paid", "cancelled_status": "cancelled"}, 0, 0),
            ({"financial_status": "partially_refunded", "refunds": [money(100000)]}, 400000, 500000),
            ({"financial_status": "partiallyrefunded", "refunds": None}, 500000, 500000),
            ({"financial_status": "refunded", "refunds": [money(530000)]}, 0, 0),
            ({"financial_status": "partiallypaid"}, 0, 0),
        ],
    )
    def test_the_catalogues_vector(self, changes: Any, net: int, gross: int) -> None:
        """One order of 530,000 with 30,000 shipping, in both refund policies."""
        fields = MODELS["order"].model_validate(order(**changes).fields)
        assert isinstance(fields, Order)

        assert contribution(fields, "c", "net_minus_shipping").revenue == net
        assert contribution(fields, "c", "gross_minus_shipping").revenue == gross

    def test_returned_lines_are_worth_what_they_were_sold_for(self) -> None:
        """Goods told by lines count before the money (A-HRV-3); the line inside a refund often has no price."""
        goods = {"refund_line_items": [{"line_item_id": 17, "quantity": 2, "line_item": {"id": 0}}]}
        line = {**ORDER["line_items"][0], "total_discount": "50000.0000"}

        found = order(line_items=[line], refunds=[goods, money(210000)]).fields

        assert (found["refunded_goods"], found["refunded_total"]) == (180000, 210000)

    def test_refunded_goods_never_exceed_the_goods(self) -> None:
        """So that refunded shipping is not taken off twice."""
        assert order(refunds=[money(530000)]).fields["refunded_goods"] == 500000

    def test_a_transaction_listed_twice_counts_once(self) -> None:
        """A refund stands in the refund and among the order's transactions."""
        refund = money(100000)

        found = order(refunds=[refund], transactions=[*refund["transactions"], money(7000)["transactions"][0]]).fields

        assert found["refunded_total"] == 107000

    @pytest.mark.parametrize("status", ["failure", "Error", "pending"])
    def test_money_that_did_not_move_does_not_count(self, status: str) -> None:
        """Failed transactions."""
        found = order(
            refunds=[money(100000, status=status)], transactions=[{"kind": "sale", "status": status, "amount": 5}]
        ).fields

        assert (found["refunded_total"], found["refunded_goods"], found["paid_total"]) == (0, 0, 0)

    def test_no_digit_is_lost(self) -> None:
        """A-HRV-19: exact decimals."""
        found = MODELS["order"].model_validate(order(total_price="600000.1234").fields)

        assert isinstance(found, Order)
        assert found.total_price == Decimal("600000.1234")

    def test_a_discount_shared_by_three_stays_an_amount(self) -> None:
        """100,000 off three pieces, one comes back: no end of decimals."""
        line = {**ORDER["line_items"][0], "quantity": 3, "total_discount": "100000.0000"}
        goods = {"refund_line_items": [{"line_item_id": 17, "quantity": 1}]}

        found = MODELS["order"].model_validate(order(line_items=[line], refunds=[goods]).fields)

        assert isinstance(found, Order)
        assert round(found.refunded_goods) == 66667
