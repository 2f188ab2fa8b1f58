"""The opening file to fill in: its headings, and on a sheet of its own what goes under them (A-HL-6)."""

import io

from retailhub.crm.opening_columns import COLUMNS
from retailhub.crm.sheets import Format, Sheet, as_csv

NAME = "hoi-vien-dau-ky"
TEXT_FORMAT = "@"
WIDTH = 22


def written(form: Format, english: bool) -> bytes:
    """The file. It has no sample row, which somebody would forget to take away and so make a member."""
    place = 1 if english else 0
    headings = [column.heading[place] for column in COLUMNS]
    return as_csv(Sheet(NAME, headings, ())) if form == "csv" else _xlsx(headings, english)


def _xlsx(headings: list[str], english: bool) -> bytes:
    """Columns of text, so that no program takes the leading 0 from a phone or turns a day round."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Members" if english else "Hội viên"
    sheet.append(headings)
    for number in range(1, len(headings) + 1):
        below = sheet.column_dimensions[get_column_letter(number)]
        below.width, below.number_format = WIDTH, TEXT_FORMAT
    guide = book.create_sheet("Guide" if english else "Hướng dẫn")
    guide.append(["Column", "Example"] if english else ["Cột", "Ví dụ"])
    for heading, column in zip(headings, COLUMNS, strict=True):
        guide.append([heading, column.example])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
