"""Periods: days in Vietnam as the span of instants that they are."""

from dataclasses import dataclass
from datetime import date, timedelta

from retailhub.domain.instants import midnight
from retailhub.domain.refusals import Wrong


@dataclass(frozen=True)
class Period:
    """From the instant `since` up to, but without, the instant `until`; None: open at that end."""

    since: str | None = None
    until: str | None = None

    def has(self, moment: str | None) -> bool:
        """Whether a stamp lies within; no stamp lies in no period."""
        if not moment:
            return False
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


ALWAYS = Period()
"""From the beginning until now (R-CVR-07)."""


def of_days(first: str | None, last: str | None) -> Period:
    """From 00:00 of the first day to the end of the last, both `YYYY-MM-DD` in Vietnam (A-CVR-5); None: open.

    Raises Wrong for a day that is none, and for a first day behind the last (A-CVR-8).
    """
    period = Period(_midnight("from", first, 0), _midnight("to", last, 1))
    if period.since and period.until and period.since >= period.until:
        raise Wrong("from_after_to", "from")
    return period


def _midnight(field: str, day: str | None, later: int) -> str | None:
    """The instant at which a day begins, or the one after it."""
    if not day:
        return None
    try:
        return midnight(date.fromisoformat(day) + timedelta(days=later))
    except (ValueError, OverflowError):
        raise Wrong("invalid_day", field) from None
