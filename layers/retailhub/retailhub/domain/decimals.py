"""Decimals in the one spelling in which equal numbers are equal.

Only the standard library is imported here: a webhook function must start quickly.
"""

from decimal import Decimal


def plain(value: Decimal) -> int | str:
    """Whole numbers (đồng) as an integer, fractions as decimal text, however many zeros they came with."""
    return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
