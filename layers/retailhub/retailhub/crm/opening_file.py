"""Reading an opening file as it comes, CSV or XLSX, into rows of cells; nothing in it is believed (R-HL-02, A-HL-6)."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from retailhub.domain.refusals import Garbled, TooLarge

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES = (CSV, XLSX)
MAX_BYTES = 4 * 1024 * 1024
"""A Lambda function is given at most 6 MB, and a file comes to it a third longer, in base64."""
MAX_ROWS = 5_000
MAX_LINES = 20_000
"""Lines looked at, blank ones included."""
MAX_COLUMNS = 60
MAX_UNPACKED = 16 * 1024 * 1024
MAX_PARTS = 500
LONGEST_CELL = 2_000

_QUOTED = re.compile('"[^"]*"')

Cell = Any
"""Text, or what a spreadsheet keeps: a number, a date, a boolean; None for a blank one."""


@dataclass(frozen=True)
class Row:
    """A line that is not blank, under its number in the file (the first line is 1)."""

    number: int
    cells: tuple[Cell, ...]


def rows(kind: str, content: bytes) -> list[Row]:
    """The file's lines that are not blank. Raises Garbled for what is no such file, TooLarge for too much of it."""
    if len(content) > MAX_BYTES:
        raise TooLarge("too_large", max_bytes=MAX_BYTES)
    if not content.strip():
        raise Garbled("no_file")
    return _filled(_sheet(content) if kind == XLSX else _csv(content))


def _filled(lines: Iterable[Iterable[Cell]]) -> list[Row]:
    found: list[Row] = []
    for number, cells in enumerate(lines, 1):
        if number > MAX_LINES:
            raise TooLarge("too_many_rows", max_rows=MAX_ROWS)
        row = Row(number, _trimmed([_cell(cell) for cell in cells]))
        found += [row] if row.cells else []
        if len(found) > MAX_ROWS + 1:
            raise TooLarge("too_many_rows", max_rows=MAX_ROWS)
    return found


def _trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells up to the last one that is not blank."""
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _cell(value: Cell) -> Cell:
    """Blank text is no value; endless text is no cell."""
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_CELL:
        raise TooLarge("cell_too_long", max_length=LONGEST_CELL)
    return value.strip() or None


def _csv(content: bytes) -> Iterator[list[str]]:
    """Text in UTF-8, with or without its mark; commas, semicolons or tabs, whichever the first line has most."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Garbled("not_utf8") from None
    head = _QUOTED.sub("", next((line for line in text.splitlines() if line.strip()), ""))
    delimiter = max(",;\t", key=head.count)
    try:
        yield from (line[:MAX_COLUMNS] for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Garbled("broken_csv") from None


def _sheet(content: bytes) -> list[tuple[Cell, ...]]:
    """The first sheet. The library is loaded only here: it takes a while."""
    _weigh(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size is not always so
        lines = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
        found = [line for line, _ in zip(lines, range(MAX_LINES + 1), strict=False)]
        book.close()
    except Exception:  # noqa: BLE001 a spreadsheet can be broken in more ways than a list of errors has
        raise Garbled("broken_xlsx") from None
    return found


def _weigh(content: bytes) -> None:
    """Refuse what would unpack to far more than a file of so many rows can be, before anything of it is unpacked, and
    any part that defines entities. A part never gives more than the length that its entry in the archive states."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise TooLarge("unpacks_too_large", max_bytes=MAX_UNPACKED)
            if any(b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
                raise Garbled("broken_xlsx")
    except _BROKEN:
        raise Garbled("broken_xlsx") from None


_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError)
"""What an archive that is none, is cut off, locked or packed in an unknown way makes the library raise."""
