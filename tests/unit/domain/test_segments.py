"""The saved filters of the member lists: who is in which group, by the vectors of the requirements."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailhub.domain.instants import instant, parse, stamp, vietnam_day
from retailhub.domain.segments import (
    EVERYBODY,
    LISTS,
    READINGS,
    Segment,
    Span,
    bands,
    bought_between,
    saved,
    span,
    standings,
)

NOW = instant("2024-07-31T10:00:00+07:00")
SEVEN, THIRTY, LAPSED = "bought_7_days", "bought_30_days", "lapsed"


def groups(last: str | None, reading: Any = "recency", now: str = NOW) -> list[str]:
    """The groups by last purchase that somebody is in."""
    place = f"{instant(last) or ''}#c_1"
    return [segment.code for segment in saved("members", reading) if span(segment, now).has(place)]


def holds(segment: Segment, last: str | None, now: str) -> bool:
    """What a group is by the words of the requirements: a number of days in Vietnam since the last purchase."""
    if last is None:
        return False
    days = (vietnam_day(now) - vietnam_day(last)).days
    return days <= segment.value if segment.operator == "<=" else days >= segment.value


@pytest.mark.parametrize(
    "last, found",
    [
        ("2024-07-31T08:00:00+07:00", [SEVEN, THIRTY]),
        ("2024-07-24T00:00:00+07:00", [SEVEN, THIRTY]),
        ("2024-07-24T23:59:00+07:00", [SEVEN, THIRTY]),
        ("2024-07-23T23:59:59+07:00", [THIRTY]),
        ("2024-07-01T00:00:00+07:00", [THIRTY]),
        ("2024-06-30T23:59:59+07:00", [LAPSED]),
        ("2019-01-01T00:00:00+07:00", [LAPSED]),
        (None, []),
    ],
)
def test_the_groups_are_those_of_the_vectors(last: str | None, found: list[str]) -> None:
    """R-HL-09, R-HL-10, R-HL-11, R-HL-12, A-HL-1 (R1), A-HL-2, A-HL-3: the vectors of the requirements."""
    assert groups(last) == found


@pytest.mark.parametrize(
    "last, found",
    [
        ("2024-07-31T08:00:00+07:00", []),
        ("2024-07-25T00:00:00+07:00", []),
        ("2024-07-24T23:59:00+07:00", [SEVEN]),
        ("2024-07-02T00:00:00+07:00", [SEVEN]),
        ("2024-07-01T23:59:00+07:00", [SEVEN, THIRTY]),
        ("2024-06-30T12:00:00+07:00", [SEVEN, THIRTY, LAPSED]),
        (None, []),
    ],
)
def test_by_inactivity_the_groups_hold_who_did_not_buy(last: str | None, found: list[str]) -> None:
    """R-HL-10, R-HL-11, A-HL-1 (R2): the literal description; the long-lapsed are the same under both readings."""
    assert groups(last, "inactivity") == found


def test_the_second_and_the_third_group_share_nobody_and_leave_nobody_out() -> None:
    """A-HL-1: at most 30 days and at least 31 are a partition of all who ever bought."""
    for days in range(80):
        last = stamp(parse(NOW) - timedelta(days=days))
        assert len({THIRTY, LAPSED} & set(groups(last))) == 1


def test_a_day_ends_at_midnight_in_vietnam() -> None:
    """A-HL-2, A-X-7: 23:30 in Vietnam is 16:30 in UTC, of the same day there too; 00:30 is of the day before in UTC."""
    purchase = instant("2024-07-24T00:30:00+07:00")

    assert purchase.startswith("2024-07-23T17:30")
    assert SEVEN in groups(purchase)
    assert SEVEN in groups(purchase, now=instant("2024-07-31T23:59:59+07:00"))
    assert SEVEN not in groups(purchase, now=instant("2024-08-01T00:00:00+07:00"))


def test_the_filters_are_called_as_in_the_documents() -> None:
    """R-HL-04, R-HL-10, R-HL-11, R-HL-12, R-HL-16, R-HL-17, A-HL-7: three there, five here, by their names."""
    three = ["Mua hàng 7 ngày gần đây", "Mua hàng 30 ngày gần đây", "Đã lâu không mua hàng"]
    two = ["Đã đăng ký thành viên", "Chưa đăng ký thành viên"]

    assert [segment.names[0] for segment in saved("members")] == three
    assert [segment.names[0] for segment in saved("haravan")] == three + two


def test_the_definitions_are_data() -> None:
    """A-HL-1: field, operator, days; the switch turns two operators round and nothing else."""
    shown = {
        reading: [(one.field, one.operator, one.value) for one in saved("members", reading)] for reading in READINGS
    }

    assert shown["recency"] == [
        ("last_purchase_at", "<=", 7),
        ("last_purchase_at", "<=", 30),
        ("last_purchase_at", ">=", 31),
    ]
    assert shown["inactivity"] == [
        ("last_purchase_at", ">=", 7),
        ("last_purchase_at", ">=", 30),
        ("last_purchase_at", ">=", 31),
    ]


def test_who_is_in_haravan_is_registered_or_not() -> None:
    """R-HL-17: the last two filters."""
    registered, unregistered = saved("haravan")[3:]

    assert [(one.field, one.value) for one in (registered, unregistered)] == [("registered", 1), ("registered", 0)]
    assert span(registered, NOW) == span(unregistered, NOW) == EVERYBODY
    assert (standings("haravan", True), standings("haravan", False)) == (("registered",), ("unregistered",))
    assert standings("members", False) == ()
    assert LISTS["members"] == ("opening", "registered")


instants = st.datetimes(
    min_value=parse("2024-05-01T00:00:00+00:00").replace(tzinfo=None),
    max_value=parse("2024-08-02T00:00:00+00:00").replace(tzinfo=None),
).map(lambda moment: stamp(moment))
every_segment = st.sampled_from([one for reading in READINGS for one in saved("members", reading)])


@given(every_segment, st.none() | instants, instants)
def test_a_range_of_places_holds_exactly_the_group(segment: Segment, last: str | None, now: str) -> None:
    """R-HL-09, A-HL-2: what the index is asked for is what the definition says, at every minute of the day."""
    assert span(segment, now).has(f"{last or ''}#c_1") == holds(segment, last, now)


@given(st.lists(st.tuples(every_segment, instants), max_size=4), st.none() | instants)
def test_bands_count_each_place_once(asked: list[tuple[Segment, str]], last: str | None) -> None:
    """Whatever groups overlap, a place is in one band, and a group is the sum of its bands."""
    spans = [span(segment, now) for segment, now in asked]
    pieces, place = bands([EVERYBODY, *spans]), f"{last or ''}#c_1"

    assert [piece.has(place) for piece in pieces].count(True) == 1
    for one in spans:
        assert one.has(place) == any(piece.has(place) for piece in pieces if piece.within(one) == piece)


def test_a_saved_filter_is_a_shortcut_for_one_added_by_hand() -> None:
    """R-HL-08: "bought within 7 days" is the last purchase from a week ago on."""
    seven, _, lapsed = saved("members")

    assert span(seven, NOW) == bought_between(date(2024, 7, 24), None)
    assert span(lapsed, NOW) == bought_between(None, date(2024, 6, 30))
    assert bought_between(None, None).within(Span()) == Span(since="0")
