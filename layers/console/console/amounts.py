"""Amounts and quantities as people type them, and what a line of goods comes to."""

import re
from decimal import Decimal
from typing import Any

_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
_SIGNS = str.maketrans("", "", " \u00a0₫đ")


def amount(told: str | None) -> str | None:
    """1.299.000,5 or 1299000 ₫ as the API takes it; what is no number stays as it is, for the API to refuse."""
    bare = (told or "").translate(_SIGNS)
    if _GROUPED.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(",", ".") if _PLAIN.fullmatch(bare) else told or None


def with_sums(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines of an order or contract, each with its `sum`: price per unit, discount for the whole line."""
    return [
        {**line, "sum": Decimal(str(line["quantity"])) * Decimal(str(line["price"])) - Decimal(str(line["discount"]))}
        for line in lines
    ]
