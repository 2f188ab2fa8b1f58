"""Sheets as files that spreadsheets open."""

import csv
import io
import subprocess
import sys
from decimal import Decimal

import openpyxl
import pytest

from retailhub.crm.sheets import Sheet, as_csv, as_xlsx

SHEET = Sheet("Tỷ lệ: chuyển đổi", ["Nhân viên", "Tỷ lệ (%)"], [["Trần Mai", Decimal("37.50")], [None, -3]])
FORMULAS = ["=1+1", "+84912000111", "-2+3", "@SUM(A1)", "\t=1", "  =cmd()", "\r=1"]


def rows(content: bytes) -> list[list[str]]:
    """The cells of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_file_is_utf_8_with_its_mark_and_keeps_numbers() -> None:
    """R-CVR-01: Excel shows Vietnamese letters only with the mark."""
    content = as_csv(SHEET)

    assert content.startswith(b"\xef\xbb\xbf")
    assert rows(content) == [["Nhân viên", "Tỷ lệ (%)"], ["Trần Mai", "37.50"], ["", "-3"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_file_holds_no_text_that_a_spreadsheet_would_run(text: str) -> None:
    [_, [cell]] = rows(as_csv(Sheet("t", ["c"], [[text]])))

    assert cell == f"'{text}"


def test_plain_text_stays_as_it_is() -> None:
    assert rows(as_csv(Sheet("t", ["c"], [["Giá cao, =không hợp"]])))[1] == ["Giá cao, =không hợp"]


def test_a_workbook_has_the_same_cells_with_numbers_as_numbers() -> None:
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(SHEET))).active

    assert page is not None
    assert page.title == "Tỷ lệ  chuyển đổi", "a colon cannot stand in a title"
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Nhân viên", "Tỷ lệ (%)"],
        ["Trần Mai", 37.5],
        [None, -3],
    ]


@pytest.mark.parametrize("text", [one for one in FORMULAS if "\r" not in one])
def test_a_workbook_keeps_such_text_as_text(text: str) -> None:
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(Sheet("t", ["c"], [[text]])))).active

    assert page is not None
    assert (page["A2"].data_type, page["A2"].value) == ("s", text)


def test_what_no_sheet_can_hold_is_left_out() -> None:
    """F24."""
    sheet = Sheet("a\x00", ["c"], [["Lan\x0b\ud800"], ["x" * 40_000]])
    page = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheet))).active

    assert page is not None
    assert (page["A2"].value, len(str(page["A3"].value))) == ("Lan", 32_767)
    assert rows(as_csv(sheet))[1] == ["Lan"]


def test_the_library_for_workbooks_is_loaded_only_for_a_workbook() -> None:
    code = "import sys, retailhub.crm.sheets as s; s.as_csv(s.Sheet('t', [], [])); sys.exit('openpyxl' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "layers/retailhub"}, check=False)

    assert ran.returncode == 0
