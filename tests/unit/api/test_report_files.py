"""Reports as files: CSV and XLSX, headed in the caller's language."""

import base64
import csv
import io
from typing import Any

import openpyxl
import pytest

from tests.unit.api import sales
from tests.unit.api.desk import Desk

VIETNAMESE = [
    "Nhân viên phụ trách",
    "Lead",
    "Lead có cơ hội",
    "Cơ hội",
    "Cơ hội thành công",
    "Khách hàng",
    "Tỷ lệ liên hệ (%)",
    "Tỷ lệ khách hàng (%)",
    "Tỷ lệ chuyển đổi (%)",
]


def csv_of(desk: Desk, path: str, **headers: str) -> list[list[str]]:
    """The file's cells, as a spreadsheet would read them."""
    reply = desk.call("GET", path, query={"format": "csv"}, **headers)  # type: ignore[arg-type]
    assert (reply.status, reply.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    content = base64.b64decode(reply.text, validate=True)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_of(desk: Desk, path: str) -> list[tuple[Any, ...]]:
    reply = desk.get(path, format="xlsx")
    assert reply.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page = openpyxl.load_workbook(io.BytesIO(base64.b64decode(reply.text, validate=True))).active
    assert page is not None
    return list(page.iter_rows(values_only=True))


def test_the_conversion_report_as_csv(desk: Desk) -> None:
    """R-CVR-01: the labels are Vietnamese, the rates have two decimals, what has no rate is blank."""
    mai = sales.employee(desk, "Mai")
    sales.employee(desk, "Ngân")
    sales.vector(desk, mai)
    sales.lead(desk)

    assert csv_of(desk, "/reports/conversion") == [
        VIETNAMESE,
        ["Mai", "10", "6", "8", "3", "2", "80.00", "37.50", "20.00"],
        ["Ngân", "0", "0", "0", "0", "0", "", "", ""],
        ["(Chưa có người phụ trách)", "1", "0", "0", "0", "0", "0.00", "", "0.00"],
        ["Tổng cộng", "11", "6", "8", "3", "2", "72.73", "37.50", "18.18"],
    ]


def test_the_conversion_report_as_a_workbook(desk: Desk) -> None:
    """R-CVR-01: numbers are numbers there."""
    sales.vector(desk, sales.employee(desk, "Mai"))

    header, mai, total = xlsx_of(desk, "/reports/conversion")

    assert list(header) == VIETNAMESE
    assert mai == ("Mai", 10, 6, 8, 3, 2, 80, 37.5, 20)
    assert total[1:] == mai[1:]


def test_who_prefers_english_gets_english_headings(desk: Desk) -> None:
    """A-X-9."""
    assert csv_of(desk, "/reports/conversion", accept_language="en")[0][0] == "Employee in charge"
    reply = desk.call("GET", "/reports/loss-reasons", query={"format": "csv"}, accept_language="en")
    assert 'filename="loss-reasons.csv"' in reply.headers["content-disposition"]


def test_the_loss_report_as_files(desk: Desk) -> None:
    """R-LOST-02, A-LOST-3."""
    one = sales.lead(desk)
    sales.opportunity(desk, one, "lost", value=5, loss_reason=sales.loss_reason(desk, "Giá cao"))
    sales.opportunity(desk, one, "lost", value="2.5")
    expected = ["Giá cao", "(Không có nguyên nhân)", "Tổng cộng"]

    cells = csv_of(desk, "/reports/loss-reasons")

    assert cells[0] == ["Nguyên nhân cơ hội thất bại", "Số cơ hội", "Giá trị (đồng)"]
    assert [row[0] for row in cells[1:]] == expected
    assert [row[1:] for row in cells[1:]] == [["1", "5"], ["1", "2.5"], ["2", "7.5"]]
    assert [row[0] for row in xlsx_of(desk, "/reports/loss-reasons")[1:]] == expected


def test_a_name_that_is_a_formula_is_only_text(desk: Desk) -> None:
    """A spreadsheet must not run what somebody typed into a name."""
    sales.employee(desk, "=HYPERLINK(A1)")

    assert csv_of(desk, "/reports/conversion")[1][0] == "'=HYPERLINK(A1)"
    assert xlsx_of(desk, "/reports/conversion")[1][0] == "=HYPERLINK(A1)"


@pytest.mark.parametrize("path", ["/reports/conversion", "/reports/loss-reasons"])
def test_a_wrong_filter_is_told_as_json_whatever_was_asked_for(desk: Desk, path: str) -> None:
    """A-CVR-8."""
    query = {"format": "xlsx", "from": "2026-05-15", "to": "2026-05-14"}

    assert desk.get(path, **query).fields == {"from": "from_after_to"}
    assert desk.get(path, format="pdf").fields == {"format": "literal_error"}


def test_the_document_tells_of_the_files(desk: Desk) -> None:
    """api.md: no answer that the document does not name."""
    answers = desk.api.openapi()["paths"]["/api/reports/conversion"]["get"]["responses"]["200"]["content"]

    assert answers["application/json"]["schema"]["$ref"].endswith("/ConversionReport")
    assert {kind for kind, told in answers.items() if told["schema"].get("format") == "binary"} == {
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
