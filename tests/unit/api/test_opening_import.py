"""The opening file by the API: members made and linked, with a line for every row."""

import base64
import io
from typing import Any

from openpyxl import Workbook, load_workbook

from retailhub.crm.opening_file import CSV, XLSX
from tests.unit.api.desk import NOW, Desk, Reply

HEAD = "SĐT,Họ tên,E-mail,Giới tính,Ngày sinh,Số thẻ,Điểm đầu kỳ,Tổng chi tiêu đầu kỳ,Hạng thành viên,Lần cuối mua hàng"
LAN = "0912000111,Nguyễn Thị Lan,lan@example.vn,Nữ,31/12/1990,HL1,250,1.250.000,Bạc,10/05/2026"


def sent(desk: Desk, *rows: str, head: str = HEAD, query: dict[str, str] | None = None, **more: Any) -> Reply:
    """The answer to a CSV file with these rows."""
    raw = "\n".join((head, *rows))
    return desk.call("POST", "/members/import", raw=raw, query=query, **{"content_type": CSV, "role": "staff", **more})


def outcomes(reply: Reply) -> list[tuple[int, str, str | None]]:
    assert reply.status == 200, reply.text
    return [(line["row"], line["outcome"], line["code"]) for line in reply.json["lines"]]


def test_a_row_becomes_an_active_member_with_its_opening_balances(desk: Desk) -> None:
    """R-HL-02, R-HL-05, A-HL-6: every column of the file; activated on import, by whom and when."""
    reply = sent(desk, LAN)
    (made,) = desk.get("/members").json["items"]

    assert outcomes(reply) == [(2, "created", None)]
    assert reply.json["lines"][0]["customer"] == made["id"]
    assert (made["name"], made["phone"], made["email"]) == ("Nguyễn Thị Lan", "+84912000111", "lan@example.vn")
    assert (made["gender"], made["birthday"], made["card"]) == ("female", "1990-12-31", "HL1")
    assert (made["points_available"], made["total_spent"], made["level"]) == (250, 1_250_000, "Bạc")
    assert made["last_purchase_at"] == "2026-05-09T17:00:00.000000Z"
    assert (made["registered"], made["ground"], made["activated_by"], made["activated_at"]) == (
        True,
        "opening_file",
        "lan",
        NOW,
    )
    assert (made["known_from"], made["standing"]) == (["opening_file"], "opening")
    assert desk.get("/members", segment="bought_7_days").json["items"] == [made]


def test_a_spreadsheet_is_taken_as_well(desk: Desk) -> None:
    """R-HL-02, A-HL-6: XLSX, in base64 as API Gateway hands it over; a phone that became a number."""
    book, kept = Workbook(), io.BytesIO()
    lines: list[list[Any]] = [["Phone", "Name", "Opening points", "Total spent"], [912000111, "Lan", 250, 1_250_000]]
    for line in (*lines, ["0912000112", "Mai", "1.200", 1e6]):
        book.worksheets[0].append(line)
    book.save(kept)
    body = base64.b64encode(kept.getvalue()).decode()

    reply = desk.call("POST", "/members/import", raw=body, base64=True, content_type=XLSX)

    assert outcomes(reply) == [(2, "created", None), (3, "created", None)]
    shown = {one["name"]: (one["points_available"], one["total_spent"]) for one in desk.get("/members").json["items"]}
    assert shown == {"Lan": (250, 1_250_000), "Mai": (1200, 1_000_000)}
    again = desk.call("POST", "/members/import", raw=body, base64=True, content_type=XLSX)
    assert again.json["counts"] == {"unchanged": 2}


def test_the_template_filled_in_is_taken(desk: Desk) -> None:
    """A-HL-6: downloaded, filled in by a person, sent back."""
    given = desk.call("GET", "/members/import/template", query={"format": "xlsx"}, role="viewer")
    book = load_workbook(io.BytesIO(base64.b64decode(given.text)))
    book.worksheets[0].append(["0912000111", "Lan"])
    book.save(kept := io.BytesIO())
    body = base64.b64encode(kept.getvalue()).decode()

    assert given.headers["content-type"] == XLSX
    assert "hoi-vien-dau-ky.xlsx" in given.headers["content-disposition"]
    assert outcomes(desk.call("POST", "/members/import", raw=body, base64=True, content_type=XLSX)) == [
        (2, "created", None)
    ]
    assert "Số điện thoại" in base64.b64decode(desk.get("/members/import/template", format="csv").text).decode()


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    """A-HL-6: a receipt of "unchanged", not one write."""
    sent(desk, LAN)
    before = desk.get("/members").json
    desk.later(60)
    desk.table.calls.clear()

    again = sent(desk, LAN)

    assert outcomes(again) == [(2, "unchanged", None)]
    assert desk.get("/members").json == before
    assert desk.table.writes == 0


def test_a_newer_files_balances_count(desk: Desk) -> None:
    """A-HL-6: opening balances are the file's, so a corrected file corrects them; what it leaves blank stays, and what
    is known of the person is not overwritten."""
    sent(desk, LAN)

    reply = sent(desk, "0912000111,Lan Nguyễn,,,,,300,,Vàng,")
    (made,) = desk.get("/members").json["items"]

    assert outcomes(reply) == [(2, "updated", None)]
    assert (made["points_available"], made["level"], made["card"]) == (300, "Vàng", "HL1")
    assert (made["total_spent"], made["name"]) == (1_250_000, "Nguyễn Thị Lan")


def test_a_known_phone_is_linked_to_its_customer(desk: Desk) -> None:
    """A-HL-6: the customer keeps what is known of them, blanks are filled, and they are a member now."""
    desk.keep("customer", "c_1", name="Lan (Haravan)", phone="+84912000111", vendor_id="7", revenue=500)

    reply = sent(desk, LAN)
    shown = desk.get("/members/c_1").json

    assert outcomes(reply) == [(2, "linked", None)]
    assert (shown["name"], shown["email"]) == ("Lan (Haravan)", "lan@example.vn")
    assert (shown["standing"], shown["known_from"]) == ("registered", ["opening_file", "haravan"])
    assert (shown["points_available"], shown["revenue"]) == (250, 500)


def test_of_several_with_a_phone_the_one_known_longest_is_taken_and_it_is_said(desk: Desk) -> None:
    """A-HL-6, R-HRV-08: recipients, guests and removed ones are nobody to link with."""
    there: list[dict[str, Any]] = [{"recipient_of": "c_9"}, {"guest": True}, {}, {"vendor_id": "7"}]
    for number, fields in enumerate(there):
        at = f"2026-05-0{number + 1}T00:00:00.000000Z"
        desk.keep("customer", f"c_{number}", at=at, phone="+84912000111", **fields)

    reply = sent(desk, LAN)

    assert outcomes(reply) == [(2, "linked", "several_customers")]
    assert reply.json["lines"][0]["customer"] == "c_2"
    assert outcomes(sent(desk, LAN)) == [(2, "unchanged", "several_customers")]


def test_who_was_activated_by_hand_stays_so(desk: Desk) -> None:
    """A-HL-6, A-HL-8: the first activation stands."""
    desk.keep("customer", "c_1", phone="+84912000111", vendor_id="7")
    desk.post("/members/c_1/activate")

    sent(desk, LAN)

    assert desk.get("/members/c_1").json["ground"] == "manual"
