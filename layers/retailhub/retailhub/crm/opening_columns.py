"""The columns of an opening file, as data: what they are called, and how their cells are read (A-HL-6)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from retailhub.crm import opening_values as values
from retailhub.crm.opening_file import Cell, Row
from retailhub.domain.phones import folded
from retailhub.domain.refusals import Wrong

ColumnOf = Literal["personal", "balance"]
Read = Callable[[Any, str], Any]


@dataclass(frozen=True)
class Column:
    """One column. heading: Vietnamese, English, as in the template. others: what else it is called, folded.

    read: a cell that is not blank, and the present instant, to a value; raises Wrong. example: for the template.
    """

    name: str
    of: ColumnOf
    heading: tuple[str, str]
    others: tuple[str, ...]
    read: Read
    example: str


def _timeless(read: Callable[[Any], Any]) -> Read:
    return lambda value, _: read(value)


COLUMNS = (
    Column(
        "phone",
        "personal",
        ("Số điện thoại", "Phone"),
        ("sdt", "so dt", "dt", "dien thoai", "di dong", "so di dong", "mobile", "phone number", "tel"),
        _timeless(values.phone),
        "0912000111",
    ),
    Column(
        "name",
        "personal",
        ("Họ tên", "Name"),
        ("ho va ten", "ten", "ten khach hang", "khach hang", "ten thanh vien", "full name", "customer name"),
        _timeless(values.words),
        "Nguyễn Thị Lan",
    ),
    Column(
        "email",
        "personal",
        ("E-mail", "E-mail"),
        ("email", "mail", "thu dien tu", "email address"),
        _timeless(values.email),
        "lan@example.vn",
    ),
    Column("gender", "personal", ("Giới tính", "Gender"), ("sex", "phai"), _timeless(values.gender), "Nữ"),
    Column(
        "birthday",
        "personal",
        ("Ngày sinh", "Birthday"),
        ("sinh nhat", "date of birth", "birth date", "birthdate", "dob"),
        values.birthday,
        "31/12/1990",
    ),
    Column(
        "card",
        "balance",
        ("Số thẻ", "Card number"),
        ("ma the", "so the thanh vien", "ma the thanh vien", "the thanh vien", "card", "card no", "member card"),
        _timeless(values.words),
        "HL000771",
    ),
    Column(
        "points",
        "balance",
        ("Điểm đầu kỳ", "Opening points"),
        ("diem", "so diem", "diem mo dau", "diem hien co", "diem kha dung", "diem tich luy", "points"),
        _timeless(values.points),
        "250",
    ),
    Column(
        "total_spent",
        "balance",
        ("Tổng chi tiêu đầu kỳ", "Opening total spend"),
        ("tong chi tieu", "chi tieu", "tong tien mua", "total spend", "total spent", "opening total spent"),
        _timeless(values.number),
        "1250000",
    ),
    Column(
        "level",
        "balance",
        ("Hạng thành viên", "Tier"),
        ("hang", "hang the", "cap", "cap bac", "level", "rank", "membership tier"),
        _timeless(values.words),
        "Bạc",
    ),
    Column(
        "last_order_at",
        "balance",
        ("Lần cuối mua hàng", "Last purchase date"),
        ("ngay mua cuoi", "ngay mua hang cuoi", "ngay mua gan nhat", "last purchase", "last order", "last order date"),
        values.bought,
        "18/06/2024",
    ),
)


def spelt(heading: Any) -> str:
    """A heading as it is compared: no accents, no marks, nothing in brackets: `Điểm đầu kỳ (điểm)` → `diem dau ky`."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"\(.*?\)", " ", folded(str(heading)))).split())


_BY_SPELLING = {spelt(name): column for column in COLUMNS for name in (*column.heading, *column.others)}


@dataclass(frozen=True)
class Entry:
    """What one row says: the phone, who it is, and the balances; only what the file really gives."""

    number: int
    phone: str
    personal: dict[str, Any] = field(default_factory=dict)
    balances: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """Which column stands where, and the headings that mean nothing to the hub."""

    places: dict[int, Column]
    ignored: tuple[str, ...] = ()

    def entry(self, row: Row, now: str) -> Entry:
        """A row's values. Raises Wrong for the first cell that cannot be read, under its column's name."""
        told: dict[ColumnOf, dict[str, Any]] = {"personal": {}, "balance": {}}
        for place, column in self.places.items():
            cell = row.cells[place] if place < len(row.cells) else None
            if cell is not None and (value := _read(column, cell, now)) is not None:
                told[column.of][column.name] = value
        number = told["personal"].pop("phone", None)
        if number is None:
            raise Wrong("no_phone", "phone")
        return Entry(row.number, number, told["personal"], told["balance"])


def head(row: Row | None) -> Head:
    """The columns by the first line. Raises Wrong where the phone is missing, for it is the key, or a column stands
    there twice."""
    places: dict[int, Column] = {}
    ignored: list[str] = []
    for place, cell in enumerate(row.cells if row else ()):
        column = _BY_SPELLING.get(spelt(cell)) if cell is not None else None
        if column in places.values():
            raise Wrong("column_twice", column.name if column else "phone")
        if column:
            places[place] = column
        elif cell is not None:
            ignored.append(str(cell)[:100])
    if all(column.name != "phone" for column in places.values()):
        raise Wrong("no_phone_column", "phone")
    return Head(places, tuple(ignored))


def _read(column: Column, cell: Cell, now: str) -> Any:
    try:
        return column.read(cell, now)
    except Wrong as error:
        raise Wrong(error.code, column.name) from None
