"""Sheets: tables of a report as files that spreadsheets open, with nothing in them that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

Cell = str | int | Decimal | None
Format = Literal["csv", "xlsx"]
BOM = "\ufeff"
"""Tells Excel that a CSV file is UTF-8; without it Vietnamese letters break."""
_STARTS_A_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_CELL = 32_767
LONGEST_TITLE = 31


@dataclass(frozen=True)
class Sheet:
    """A title, the columns' names and the rows under them."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(sheet: Sheet) -> bytes:
    """The sheet as CSV: UTF-8 with its mark; text that a spreadsheet would take for a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (sheet.columns, *sheet.rows):
        writer.writerow([_plain(cell) for cell in row])
    return (BOM + text.getvalue()).encode()


def _plain(cell: Cell) -> str | int | Decimal:
    if not isinstance(cell, str):
        return "" if cell is None else cell
    text = _printable(cell)
    return f"'{text}" if _STARTS_A_FORMULA.match(text) else text


def as_xlsx(sheet: Sheet) -> bytes:
    """The sheet as a workbook, written row by row; text stays text, whatever it begins with."""
    from openpyxl import Workbook  # start-up time that only files need

    book = Workbook(write_only=True)
    page = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", _printable(sheet.title))[:LONGEST_TITLE])
    page.freeze_panes = "A2"
    for row in (sheet.columns, *sheet.rows):
        page.append([_cell(page, cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(page: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value=_printable(value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _printable(text: str) -> str:
    """The text without what no sheet can hold."""
    return _UNPRINTABLE.sub("", text)
