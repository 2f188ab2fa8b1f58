"""Reading an opening file: what people and spreadsheets send, and what nobody should have sent."""

import io
import zipfile
from contextlib import suppress
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from retailhub.crm import opening_file
from retailhub.crm.opening_file import CSV, MAX_ROWS, XLSX, rows
from retailhub.domain.refusals import Garbled, Refusal, TooLarge


def book(*lines: list[Any]) -> bytes:
    """A spreadsheet with these lines."""
    made, kept = Workbook(), io.BytesIO()
    for line in lines:
        made.worksheets[0].append(line)
    made.save(kept)
    return kept.getvalue()


def packed(parts: dict[str, bytes], of: bytes | None = None) -> bytes:
    """An archive with these parts; with `of`, that spreadsheet's, some of them replaced."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        if of:
            with zipfile.ZipFile(io.BytesIO(of)) as original:
                for name in original.namelist():
                    archive.writestr(name, parts.pop(name, original.read(name)))
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def texts(kind: str, content: bytes) -> list[tuple[int, tuple[Any, ...]]]:
    return [(row.number, row.cells) for row in rows(kind, content)]


@pytest.mark.parametrize(
    "content",
    [
        "SĐT,Tên\r\n0912000111,Đặng Hà\r\n".encode(),
        "\ufeffSĐT,Tên\n0912000111,Đặng Hà".encode(),
        "SĐT;Tên\n0912000111;Đặng Hà\n".encode(),
        "SĐT\tTên\n0912000111\tĐặng Hà\n".encode(),
        '"SĐT";"Tên"\n"0912000111";" Đặng Hà "\n'.encode(),
    ],
)
def test_a_csv_is_read_whatever_separates_its_columns(content: bytes) -> None:
    """R-HL-02, A-HL-6: UTF-8 with and without its mark; commas, semicolons, tabs."""
    assert texts(CSV, content) == [(1, ("SĐT", "Tên")), (2, ("0912000111", "Đặng Hà"))]


def test_commas_within_quotes_do_not_decide() -> None:
    """A-HL-6: nor do they split a cell."""
    content = '"Họ, tên, đệm";SĐT\n"Hà; Lan";0912000111\n'.encode()

    assert texts(CSV, content) == [(1, ("Họ, tên, đệm", "SĐT")), (2, ("Hà; Lan", "0912000111"))]


def test_blank_lines_are_passed_over_and_still_counted() -> None:
    """A-HL-6: a row's number is the line's that a person sees."""
    assert texts(CSV, b"phone\n\n , \n0912000111\n") == [(1, ("phone",)), (4, ("0912000111",))]
    assert texts(XLSX, book(["phone"], [], [None], ["0912000111"])) == [(1, ("phone",)), (4, ("0912000111",))]


def test_a_spreadsheet_is_read_with_its_own_kinds_of_values() -> None:
    """R-HL-02, A-HL-6."""
    bought = datetime(2026, 5, 1, 8, 30)  # noqa: DTZ001 a spreadsheet knows no zones
    content = book(["phone", "day", "points"], [912000111, bought, 12.0])

    assert texts(XLSX, content)[1] == (2, (912000111, bought, 12))


def test_the_size_that_a_spreadsheet_says_it_has_is_not_believed() -> None:
    """A-HL-6: rows beyond the stated dimension are no less there."""
    content = book(["phone"], ["0912000111"], ["0912000112"])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        lied = archive.read(sheet).replace(b'<dimension ref="A1:A3"', b'<dimension ref="A1:A2"')

    assert len(rows(XLSX, packed({sheet: lied}, content))) == 3


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
FAR = SHEET % b'<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'
WIDE = SHEET % b'<row r="1"><c r="XFD1"><v>1</v></c></row>'
BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SHEET % b""


@pytest.mark.parametrize(
    "kind, content, code",
    [
        (CSV, b"", "no_file"),
        (CSV, b"  \n ", "no_file"),
        (CSV, "SĐT".encode("utf-16"), "not_utf8"),
        (CSV, b"phone\n\xff\xfe", "not_utf8"),
        (CSV, b'phone\n"' + b"9" * 200_000, "broken_csv"),
        (XLSX, b"phone\n0912000111", "broken_xlsx"),
        (XLSX, b"PK\x03\x04 and then nothing", "broken_xlsx"),
        (XLSX, book(["phone"])[:-200], "broken_xlsx"),
        (XLSX, packed({"a.txt": b"no spreadsheet"}), "broken_xlsx"),
        (XLSX, packed({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}, book(["phone"])), "broken_xlsx"),
        (XLSX, packed({"xl/worksheets/sheet1.xml": BOMB}, book(["phone"])), "broken_xlsx"),
        (XLSX, packed({"xl/workbook.xml": b"<workbook/>"}, book(["phone"])), "broken_xlsx"),
    ],
)
def test_what_is_no_such_file_is_malformed(kind: str, content: bytes, code: str) -> None:
    """F22, F24, A-HL-6."""
    with pytest.raises(Garbled) as refused:
        rows(kind, content)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "kind, content, code",
    [
        (CSV, b"9" * (4 * 1024 * 1024 + 1), "too_large"),
        (CSV, b"phone\n" + b"0912000111\n" * (MAX_ROWS + 1), "too_many_rows"),
        (CSV, b"phone\n" + b"\n" * 20_001 + b"0912000111", "too_many_rows"),
        (CSV, b"phone\n" + b"9" * 2_001, "cell_too_long"),
        (XLSX, packed({"xl/media/zeros": bytes(17 * 1024 * 1024)}, book(["phone"])), "unpacks_too_large"),
        (XLSX, packed({f"part{n}": b"" for n in range(501)}), "unpacks_too_large"),
        (XLSX, packed({"xl/worksheets/sheet1.xml": FAR}, book(["phone"])), "too_many_rows"),
    ],
)
def test_too_much_is_refused_before_it_costs_much(kind: str, content: bytes, code: str) -> None:
    """F21, A-HL-6: archives that unpack to far more than they weigh, sheets with rows without end."""
    with pytest.raises(TooLarge) as refused:
        rows(kind, content)

    assert refused.value.code == code


def test_the_most_that_a_file_may_hold_is_read() -> None:
    """A-HL-6."""
    assert len(rows(CSV, b"phone\n" + b"0912000111\n" * MAX_ROWS)) == MAX_ROWS + 1
    assert rows(XLSX, packed({"xl/worksheets/sheet1.xml": WIDE}, book(["phone"]))) == []


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 4000), st.booleans())
def test_a_spoilt_spreadsheet_is_never_an_error_of_ours(noise: bytes, at: int, whole: bool) -> None:
    """F22, F24: bytes of anybody's, and a good file with some of its bytes replaced."""
    good = book(["phone", "name"], ["0912000111", "Lan"])
    content = noise if whole else good[: at % len(good)] + noise + good[at % len(good) + len(noise) :]
    with suppress(Refusal):
        rows(XLSX, content)


def test_the_library_for_spreadsheets_is_loaded_only_when_one_comes() -> None:
    """The admin API starts without it."""
    assert not hasattr(opening_file, "load_workbook")
    assert not hasattr(opening_file, "openpyxl")
