"""The columns of an opening file: known by many names, and the template that has them all."""

from typing import Any

import pytest

from retailhub.crm import opening_template
from retailhub.crm.opening_columns import COLUMNS, head, spelt
from retailhub.crm.opening_file import CSV, XLSX, Row, rows
from retailhub.domain.refusals import Wrong

NOW = "2026-05-14T03:00:00.000000Z"


@pytest.mark.parametrize(
    "heading, name",
    [
        ("SĐT", "phone"),
        ("  số  ĐIỆN thoại ", "phone"),
        ("Phone number", "phone"),
        ("Họ và tên", "name"),
        ("Email", "email"),
        ("Điểm (đầu kỳ)", "points"),
        ("Tổng chi tiêu đầu kỳ (đ)", "total_spent"),
        ("Hạng thẻ", "level"),
        ("Last_purchase_date", "last_order_at"),
        ("Ngày sinh:", "birthday"),
    ],
)
def test_headings_are_known_by_many_names(heading: str, name: str) -> None:
    """A-HL-6: Vietnamese or English, whatever the case, accents and marks."""
    places = head(Row(1, (heading,) if name == "phone" else (heading, "SĐT"))).places

    assert places[0].name == name


def test_no_two_columns_share_a_spelling() -> None:
    """A-HL-6: a heading means one column."""
    spellings = [spelt(name) for column in COLUMNS for name in {*column.heading, *column.others}]

    assert len({*spellings}) == len({(spelt(n), c.name) for c in COLUMNS for n in (*c.heading, *c.others)})
    assert all(spellings)


@pytest.mark.parametrize(
    "cells, code, field",
    [
        (("Họ tên",), "no_phone_column", "phone"),
        ((), "no_phone_column", "phone"),
        (("SĐT", "Phone"), "column_twice", "phone"),
        (("SĐT", "Tên", "Họ tên"), "column_twice", "name"),
    ],
)
def test_without_exactly_one_phone_column_there_is_no_key(cells: tuple[str, ...], code: str, field: str) -> None:
    """A-HL-6."""
    with pytest.raises(Wrong) as refused:
        head(Row(1, cells))

    assert (refused.value.code, refused.value.field) == (code, field)


def test_headings_that_mean_nothing_here_are_told() -> None:
    """A-HL-6: nothing is left out silently."""
    assert head(Row(1, ("SĐT", "Chiều cao", None))).ignored == ("Chiều cao",)


@pytest.mark.parametrize("english", [True, False])
@pytest.mark.parametrize("form, kind", [("csv", CSV), ("xlsx", XLSX)])
def test_the_template_has_every_column_and_nobody_in_it(form: Any, kind: str, english: bool) -> None:
    """A-HL-6: the template can be filled in and sent back as it is."""
    (only,) = rows(kind, opening_template.written(form, english))

    assert [column.name for column in head(only).places.values()] == [column.name for column in COLUMNS]
    assert len(COLUMNS) == 10


def test_the_examples_of_the_template_can_be_read() -> None:
    """A-HL-6: the guide shows nothing that would be refused."""
    entry = head(Row(1, tuple(c.heading[0] for c in COLUMNS))).entry(Row(2, tuple(c.example for c in COLUMNS)), NOW)

    assert (entry.phone, entry.personal["gender"], entry.balances["points"]) == ("+84912000111", "female", 250)
