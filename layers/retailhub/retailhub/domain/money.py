"""Money and quantities: exact decimals within sane bounds, never floats (A-X-7, A-HRV-19)."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

from retailhub.domain.decimals import plain


def _exact(value: Any) -> Any:
    """Numbers that JSON gave as floats keep their printed digits; booleans are no money."""
    if isinstance(value, bool):
        raise ValueError("a boolean is not a number")
    return repr(value) if isinstance(value, float) else value


Money = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(max_digits=22, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain, return_type=int | str),
]
"""Đồng, exact; at most 22 digits, six of them decimals."""
