"""Moments as the hub keeps them: UTC text that sorts in time, made from whatever stamps the platforms send."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam keeps no summer time: a fixed offset is exact and needs no time zone data in the package."""

_FRACTION = re.compile(r"(\.\d{6})\d+")


def stamp(moment: datetime) -> str:
    """`2026-05-14T03:22:31.487000Z`: fixed width, so that text order is time order. Naive moments are Vietnamese.

    Raises ValueError for a moment at an end of the calendar that another zone would push out of it.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
    return _moved(aware, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse(text: str) -> datetime:
    """The moment in an ISO stamp; seven fraction digits are cut, a missing offset means Vietnam (kiotviet.md §4).

    Raises ValueError for text that is no stamp.
    """
    moment = datetime.fromisoformat(_FRACTION.sub(r"\1", text.strip()))
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def instant(text: str | None) -> str:
    """A platform's stamp as the hub keeps it, or "" for none."""
    return stamp(parse(text)) if text else ""


def after(moment: str, seconds: float) -> str:
    """The stamp `seconds` later than another stamp."""
    return stamp(parse(moment) + timedelta(seconds=seconds))


def seconds_between(earlier: str, later: str) -> float:
    """How many seconds one stamp lies behind another; negative if it lies before it."""
    return (parse(later) - parse(earlier)).total_seconds()


def vietnam_day(moment: str) -> date:
    """The calendar day of a stamp in Vietnam. Raises ValueError as `stamp` does."""
    return _moved(parse(moment), VIETNAM).date()


def midnight(day: date) -> str:
    """The stamp at which a day begins in Vietnam. Raises ValueError or OverflowError for one beyond the calendar."""
    return stamp(datetime.combine(day, time(), VIETNAM))


def _moved(moment: datetime, zone: timezone) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:
        raise ValueError("outside of the calendar") from None
