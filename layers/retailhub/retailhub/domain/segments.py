"""The saved filters of the member lists: who is in which group, as data (R-HL-04, R-HL-08…12, R-HL-16, R-HL-17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, get_args

from retailhub.domain.instants import midnight, vietnam_day
from retailhub.domain.membership import Standing

ListName = Literal["members", "haravan"]
SegmentName = Literal["bought_7_days", "bought_30_days", "lapsed", "registered", "unregistered"]
Field = Literal["last_purchase_at", "registered"]
Operator = Literal["<=", ">=", "="]
Reading = Literal["recency", "inactivity"]
"""How "bought within 7 days" is read: bought within them, or not bought for as long (A-HL-1: R1, R2)."""
DEFAULT_READING: Reading = "recency"
READINGS: tuple[Reading, ...] = get_args(Reading)

LISTS: dict[ListName, tuple[Standing, ...]] = {
    "members": ("opening", "registered"),
    "haravan": ("registered", "unregistered"),
}
"""Who stands in which list: all members (R-HL-06), and everybody whom Haravan has (R-HL-14)."""


@dataclass(frozen=True)
class Segment:
    """A saved filter. `value`: days since the last purchase, or for `registered` 1 or 0. Names: Vietnamese, English."""

    code: SegmentName
    field: Field
    operator: Operator
    value: int
    names: tuple[str, str]


def saved(of: ListName, reading: Reading = DEFAULT_READING) -> tuple[Segment, ...]:
    """The saved filters of a list: three by the last purchase, and for Haravan's customers two more (A-HL-7)."""
    within: Operator = "<=" if reading == "recency" else ">="
    by_purchase = (
        Segment("bought_7_days", "last_purchase_at", within, 7, ("Mua hàng 7 ngày gần đây", "Bought in 7 days")),
        Segment("bought_30_days", "last_purchase_at", within, 30, ("Mua hàng 30 ngày gần đây", "Bought in 30 days")),
        Segment("lapsed", "last_purchase_at", ">=", 31, ("Đã lâu không mua hàng", "No purchase for long")),
    )
    return by_purchase if of == "members" else by_purchase + _BY_REGISTRATION


_BY_REGISTRATION = (
    Segment("registered", "registered", "=", 1, ("Đã đăng ký thành viên", "Registered as a member")),
    Segment("unregistered", "registered", "=", 0, ("Chưa đăng ký thành viên", "Not registered as a member")),
)


@dataclass(frozen=True)
class Span:
    """A range of places in the order of last purchases: `instant#id`, or `#id` for who never bought.

    Bounds are bare instants, which no place is equal to: every place is below or above each of them."""

    since: str = "#"
    until: str = "~"

    def has(self, place: str) -> bool:
        """Whether a place lies in the range."""
        return self.since <= place <= self.until

    def within(self, other: "Span") -> "Span":
        """What both ranges have."""
        return Span(max(self.since, other.since), min(self.until, other.until))


EVERYBODY = Span()
BUYERS = Span(since="0")


def bought_between(first: date | None, last: date | None) -> Span:
    """The places of whose last purchase was made from one Vietnamese day to another, both included."""
    since = midnight(first) if first else BUYERS.since
    return Span(since, midnight(last + timedelta(days=1)) if last else BUYERS.until)


def span(segment: Segment, now: str) -> Span:
    """Where the members of a group stand in the order of last purchases: who never bought is in none of the first three
    (A-HL-3), and days are counted by Vietnam's calendar, bought today is 0 (A-HL-2)."""
    if segment.field == "registered":
        return EVERYBODY
    day = vietnam_day(now) - timedelta(days=segment.value)
    return bought_between(day, None) if segment.operator == "<=" else bought_between(None, day)


def standings(of: ListName, registered: bool | None) -> tuple[Standing, ...]:
    """The standings of a list, narrowed to registered customers or to the others."""
    return tuple(one for one in LISTS[of] if registered is None or (one != "unregistered") == registered)


def bands(spans: Iterable[Span]) -> list[Span]:
    """The pieces that ranges cut each other into: every place is in one of them, and each range is a sum of some."""
    cuts = sorted({cut for one in spans for cut in (one.since, one.until)})
    return [Span(since, until) for since, until in pairwise(cuts)]
