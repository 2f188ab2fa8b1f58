"""Numbers, money, days and times as people in Vietnam write them."""

from typing import Any

import pytest

from console import formats


@pytest.mark.parametrize(
    "value, shown",
    [
        (1299000, "1.299.000"),
        ("1299000", "1.299.000"),
        (0, "0"),
        (None, ""),
        ("", ""),
        ("12.5", "12,5"),
        (-3, "-3"),
        ("x", "x"),
    ],
)
def test_numbers_have_dots_for_thousands_and_a_comma_for_fractions(value: Any, shown: str) -> None:
    assert formats.number(value) == shown


@pytest.mark.parametrize("value, shown", [("1299000.5", "1.299.001 ₫"), (0, "0 ₫"), (None, ""), ("x", "x")])
def test_money_is_whole_dong_half_up(value: Any, shown: str) -> None:
    """A-HRV-19."""
    assert formats.money(value) == shown


@pytest.mark.parametrize("value, shown", [(37.5, "37,5 %"), (80.0, "80 %"), (None, "—")])
def test_rates_without_a_denominator_are_a_dash(value: Any, shown: str) -> None:
    """A-CVR-4, A-CVR-9."""
    assert formats.percent(value) == shown


def test_instants_are_told_in_vietnamese_time() -> None:
    """A-X-7: 23:30 in UTC is the next morning in Vietnam."""
    assert formats.moment("2024-07-30T23:30:00.000000Z") == "31/07/2024 06:30"
    assert formats.day("2024-07-30T23:30:00Z") == "31/07/2024"
    assert formats.field_day("2024-07-30T23:30:00Z") == "2024-07-31"


def test_days_stay_the_day_that_they_are() -> None:
    assert formats.day("2024-07-31") == "31/07/2024"
    assert formats.field_day("2024-07-31") == "2024-07-31"


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_stays_nothing(nothing: Any) -> None:
    assert formats.moment(nothing) == formats.day(nothing) == formats.field_day(nothing) == formats.phone(nothing) == ""


def test_phones_are_shown_as_people_dial_them() -> None:
    assert formats.phone("+84901234567") == "0901 234 567"
    assert formats.phone("12") == "12"
