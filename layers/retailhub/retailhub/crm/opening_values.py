"""The values of an opening file's cells, as people type them and as spreadsheets keep them."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from retailhub.domain.instants import VIETNAM, parse, stamp, vietnam_day
from retailhub.domain.phones import e164, folded, tidy
from retailhub.domain.refusals import Wrong

LONGEST_TEXT = 200
LARGEST = 10**15
EARLIEST_YEAR = 1900
GENDERS = {
    **dict.fromkeys(("nam", "male", "m", "anh", "ong"), "male"),
    **dict.fromkeys(("nu", "female", "f", "chi", "ba"), "female"),
    **dict.fromkeys(("khac", "other", "unknow", "unknown", "khong ro", "-"), None),
}
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LETTERS = re.compile(r"[^\W\d_]")
_CURRENCY = re.compile(r"\s|đồng|vnđ|vnd|đ|₫|điểm", re.IGNORECASE)
_GROUPED = re.compile(r"(\d{1,3}([.,])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d{1,2}))?", re.ASCII)
_PLAIN = re.compile(r"(\d+)(?:[.,](\d{1,6}))?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)


def text(value: Any) -> str:
    """A cell as one line of text; a whole number without its `.0`. Raises Wrong for formulas and odd characters."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float | date | time | timedelta):
        raise Wrong("formula_cell", "cell")
    told = tidy(str(value)) or ""
    if told.startswith("="):
        raise Wrong("formula_cell", "cell")
    if not told.isprintable():
        raise Wrong("string_unicode", "cell")
    return told


def words(value: Any) -> str:
    """A name, a card number, a tier."""
    told = text(value)
    if len(told) > LONGEST_TEXT:
        raise Wrong("string_too_long", "cell")
    return told


def phone(value: Any) -> str:
    """A phone in E.164. A spreadsheet may have made a number of it and so lost its leading 0; one that it shows as
    `9.12E+08` has lost more than that."""
    told = text(value)
    number = None if _LETTERS.search(told) else e164(told)
    if number is None:
        raise Wrong("invalid_phone", "cell")
    return number


def email(value: Any) -> str:
    """An e-mail address."""
    told = text(value)
    if not _EMAIL.fullmatch(told) or len(told) > 254:
        raise Wrong("invalid_email", "cell")
    return told


def gender(value: Any) -> str | None:
    """`nam` or `nữ`, or the English words; None for somebody who is neither or did not say."""
    told = folded(text(value))
    if told not in GENDERS:
        raise Wrong("invalid_gender", "cell")
    return GENDERS[told]


def number(value: Any) -> Decimal:
    """An amount of at least 0: `1.250.000`, `1,250,000.50 đ`, `1250000`, `12,5`. Three digits after a point or comma
    are thousands, as is usual in Vietnam. Raises Wrong."""
    if isinstance(value, bool):
        raise Wrong("invalid_number", "cell")
    told = repr(value) if isinstance(value, float) else _CURRENCY.sub("", text(value))
    found = _grouped(told) if isinstance(value, str) else _decimal(told)
    if found is None or not found.is_finite() or not 0 <= found <= LARGEST:
        raise Wrong("invalid_number", "cell")
    return found


def points(value: Any) -> int:
    """A whole number of points."""
    found = number(value)
    if found != int(found):
        raise Wrong("invalid_number", "cell")
    return int(found)


def birthday(value: Any, now: str) -> str:
    """A day of the past as `1990-12-31`."""
    return _moment(value, now).date().isoformat()


def bought(value: Any, now: str) -> str:
    """The instant of a purchase; of a bare day its beginning in Vietnam."""
    return stamp(_moment(value, now))


def _grouped(told: str) -> Decimal | None:
    if grouped := _GROUPED.fullmatch(told):
        return Decimal(f"{grouped[1].replace(grouped[2], '')}.{grouped[3] or 0}")
    plain = _PLAIN.fullmatch(told)
    return Decimal(f"{plain[1]}.{plain[2] or 0}") if plain else None


def _decimal(told: str) -> Decimal | None:
    """A number that a spreadsheet keeps as one; more than six decimals are its own rounding."""
    try:
        return round(Decimal(told), 6).normalize()
    except ArithmeticError:
        return None


def _moment(value: Any, now: str) -> datetime:
    """`31/12/1990`, `31-12-1990 08:30`, ISO, or a spreadsheet's date; never of the future. Raises Wrong."""
    try:
        moment = _read(value)
        sane = moment.year >= EARLIEST_YEAR and vietnam_day(stamp(moment)) <= vietnam_day(now)
    except (ValueError, OverflowError):
        sane = False
    if not sane:
        raise Wrong("invalid_file_day", "cell")
    return moment


def _read(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or VIETNAM)
    if isinstance(value, date):
        return datetime.combine(value, time(), VIETNAM)
    if isinstance(value, int | float):
        raise ValueError("a bare number is no date")
    if found := _DAY_FIRST.fullmatch(text(value)):
        day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    return parse(text(value))
