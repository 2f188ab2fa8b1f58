"""The cells of an opening file: phones, amounts, days and words as people type them and as spreadsheets keep them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from retailhub.crm import opening_values
from retailhub.domain.refusals import Wrong

NOW = "2026-05-14T03:00:00.000000Z"


@pytest.mark.parametrize(
    "value, phone",
    [
        ("0912.000.111", "+84912000111"),
        ("'0912000111", "+84912000111"),
        ("84912000111", "+84912000111"),
        (912000111, "+84912000111"),
        (912000111.0, "+84912000111"),
        ("+84 912 000 111", "+84912000111"),
    ],
)
def test_a_phone_is_known_in_many_forms(value: Any, phone: str) -> None:
    """A-HL-6: the key; a spreadsheet takes the leading 0 away."""
    assert opening_values.phone(value) == phone


@pytest.mark.parametrize("value", ["12", "9.12E+08", "0912000111 / 0912000112", "không có", True, "-", "=A1"])
def test_what_is_no_phone_is_none(value: Any) -> None:
    """A-HL-6: shortened by a spreadsheet, two in one cell, a formula."""
    with pytest.raises(Wrong) as refused:
        opening_values.phone(value)

    assert refused.value.code in ("invalid_phone", "formula_cell")


@pytest.mark.parametrize(
    "value, number",
    [
        ("1.250.000", 1_250_000),
        ("1,250,000 đ", 1_250_000),
        ("1 250 000 VND", 1_250_000),
        ("1.250", 1_250),
        ("1250", 1_250),
        ("12,5", Decimal("12.5")),
        (1250, 1_250),
        (12.5, Decimal("12.5")),
        (1.25, Decimal("1.25")),
        (0.1 + 0.2, Decimal("0.3")),
        ("0", 0),
        ("1.250.000,50", Decimal("1250000.5")),
        (1e6, 1_000_000),
    ],
)
def test_amounts_are_read_as_they_are_written_in_vietnam(value: Any, number: Any) -> None:
    """A-HL-6: three digits after a point or comma are thousands; a spreadsheet's own numbers are what they are."""
    assert opening_values.number(value) == number


@pytest.mark.parametrize("value", ["-5", -5, "nhiều", "1.25.000", "1,250.000,5", True, float("nan"), 1e30, "1e3", "٣"])
def test_what_is_no_amount_is_refused(value: Any) -> None:
    """A-HL-6."""
    with pytest.raises(Wrong) as refused:
        opening_values.number(value)

    assert refused.value.code == "invalid_number"


def test_points_are_whole() -> None:
    """A-HL-6."""
    assert (opening_values.points("1.250"), opening_values.points(3.0)) == (1_250, 3)
    with pytest.raises(Wrong, match="invalid_number"):
        opening_values.points("2,5")


@pytest.mark.parametrize(
    "value, day",
    [
        ("31/12/1990", "1990-12-31"),
        ("1-2-1990", "1990-02-01"),
        ("1990-12-31", "1990-12-31"),
        ("1990-12-31T08:00:00Z", "1990-12-31"),
        (datetime(1990, 12, 31), "1990-12-31"),  # noqa: DTZ001
        (date(1990, 12, 31), "1990-12-31"),
    ],
)
def test_days_are_read_day_first_or_as_iso(value: Any, day: str) -> None:
    """A-HL-6."""
    assert opening_values.birthday(value, NOW) == day


@pytest.mark.parametrize(
    "value", ["31/02/1990", "12/31/1990", "hôm qua", 33238, "15/05/2026", "1/1/0001", "2026", "31/12/90"]
)
def test_what_is_no_day_of_the_past_is_refused(value: Any) -> None:
    """A-HL-6: months come second, and nobody bought tomorrow."""
    with pytest.raises(Wrong) as refused:
        opening_values.bought(value, NOW)

    assert refused.value.code == "invalid_file_day"


def test_a_purchase_is_an_instant_in_vietnam() -> None:
    """A-HL-2, A-HL-6: of a bare day its beginning."""
    assert opening_values.bought("01/05/2026", NOW) == "2026-04-30T17:00:00.000000Z"
    assert opening_values.bought("01/05/2026 08:30", NOW) == "2026-05-01T01:30:00.000000Z"
    assert opening_values.bought(datetime(2026, 5, 1, 8, tzinfo=UTC), NOW) == "2026-05-01T08:00:00.000000Z"
    assert opening_values.bought("14/05/2026", NOW) == "2026-05-13T17:00:00.000000Z"


def test_genders_are_told_in_both_languages() -> None:
    """A-HL-6."""
    assert [opening_values.gender(one) for one in ("Nam", "NỮ", "female", "khác")] == ["male", "female", "female", None]
    with pytest.raises(Wrong, match="invalid_gender"):
        opening_values.gender("7")


@pytest.mark.parametrize(
    "value, code",
    [
        ("=HYPERLINK(1)", "formula_cell"),
        (object(), "formula_cell"),
        ("a\x00b", "string_unicode"),
        ("x" * 201, "string_too_long"),
    ],
)
def test_formulas_and_odd_text_are_no_words(value: Any, code: str) -> None:
    """A-HL-6, F24: what a spreadsheet would compute is not what it holds."""
    with pytest.raises(Wrong) as refused:
        opening_values.words(value)

    assert refused.value.code == code
