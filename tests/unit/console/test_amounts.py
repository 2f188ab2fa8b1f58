"""Amounts as people type them, and sums of lines."""

from decimal import Decimal

import pytest

from console.amounts import amount, with_sums


@pytest.mark.parametrize(
    "typed, told",
    [
        ("1.299.000", "1299000"),
        ("1299000 ₫", "1299000"),
        ("1 299 000đ", "1299000"),
        ("2,5", "2.5"),
        ("1.299.000,5", "1299000.5"),
        ("1.5", "1.5"),
        ("1.299", "1299"),
        ("-5", "-5"),
        ("", None),
        (None, None),
        ("một triệu đồng", "một triệu đồng"),
        ("1.29.000", "1.29.000"),
    ],
)
def test_an_amount_is_understood_as_vietnamese_write_it(typed: str | None, told: str | None) -> None:
    assert amount(typed) == told


def test_a_line_comes_to_its_quantity_at_its_price_less_its_discount() -> None:
    [line] = with_sums([{"name": "Vải", "quantity": "2.5", "price": 200000, "discount": 10000}])
    assert line["sum"] == Decimal(490000)
