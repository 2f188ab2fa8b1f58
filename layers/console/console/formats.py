"""Numbers, money, days and times as people in Vietnam write and read them."""

from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from retailhub.domain.phones import local

VIETNAM = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh has had no summer time since 1975."""


def number(value: Any) -> str:
    """1299000 → 1.299.000; what is no number as it stands, nothing for none."""
    if value is None or value == "":
        return ""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    whole = exact == exact.to_integral_value()
    shown = f"{exact.quantize(Decimal(1)):,}" if whole else f"{exact.normalize():,f}"
    return shown.translate(str.maketrans(",.", ".,"))


def money(value: Any) -> str:
    """Whole đồng, half up (A-HRV-19)."""
    if value is None or value == "":
        return ""
    try:
        return f"{number(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))} ₫"
    except InvalidOperation:
        return str(value)


def percent(value: Any) -> str:
    """A rate in percent with two decimals at most (A-CVR-9); a dash where there is none (A-CVR-4)."""
    return "—" if value is None else f"{number(value)} %"


def moment(value: Any) -> str:
    """An instant as 31/07/2024 10:00 of Vietnamese time."""
    at = _parsed(value)
    return at.strftime("%d/%m/%Y %H:%M") if at else str(value or "")


def day(value: Any) -> str:
    """A day, or the Vietnamese day of an instant, as 31/07/2024."""
    if isinstance(value, str) and len(value) == 10:
        return "/".join(reversed(value.split("-")))
    at = _parsed(value)
    return at.strftime("%d/%m/%Y") if at else str(value or "")


def field_day(value: Any) -> str:
    """A day, or the Vietnamese day of an instant, as a date field takes it."""
    if isinstance(value, str) and len(value) == 10:
        return value
    at = _parsed(value)
    return at.strftime("%Y-%m-%d") if at else ""


def phone(value: Any) -> str:
    """+84901234567 → 0901 234 567."""
    told = local(value) if value else None
    if not told:
        return str(value or "")
    return f"{told[:4]} {told[4:7]} {told[7:]}" if len(told) == 10 and told.isdigit() else told


def _parsed(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return at.astimezone(VIETNAM) if at.tzinfo else at


FILTERS = {
    "number": number,
    "money": money,
    "percent": percent,
    "moment": moment,
    "day": day,
    "field_day": field_day,
    "phone": phone,
}
