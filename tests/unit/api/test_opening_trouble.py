"""The opening file by the API when something is wrong with it, or with us: bad rows, bad files, too little time."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retailhub.crm import opening_import
from retailhub.crm.opening_file import CSV, XLSX
from retailhub.domain.errors import Temporary
from tests.unit.api.desk import Desk
from tests.unit.api.test_opening_import import HEAD, LAN, outcomes, sent

BAD = [
    ("12,Lan,,,,,,,,", "invalid_phone", "phone"),
    (",Lan,,,,,,,,", "no_phone", "phone"),
    ("9.12E+08,Lan,,,,,,,,", "invalid_phone", "phone"),
    ("0912000113,Lan,nobody,,,,,,,", "invalid_email", "email"),
    ("0912000113,Lan,,7,,,,,,", "invalid_gender", "gender"),
    ("0912000113,Lan,,,31/02/1990,,,,,", "invalid_file_day", "birthday"),
    ("0912000113,Lan,,,,,ít,,,", "invalid_number", "points"),
    ("0912000113,Lan,,,,,-1,,,", "invalid_number", "points"),
    ("0912000113,Lan,,,,,,nhiều,,", "invalid_number", "total_spent"),
    ("0912000113,Lan,,,,,,,,31/12/2099", "invalid_file_day", "last_order_at"),
    ("0912000113,=1+1,,,,,,,,", "formula_cell", "name"),
    ("0912000113,Lan,guest@haravan.com,,,,,,,", "guest_not_activated", None),
    ("0912 000 111,Ai đó,,,,,7,,,", "repeated_phone", "phone"),
]


def test_bad_rows_stop_no_others_and_say_what_is_wrong(desk: Desk) -> None:
    """A-HL-6: a line per row, with row number, code, message and column."""
    reply = sent(desk, LAN, *(row for row, _, _ in BAD), "0912000114,Hà,,,,,,,,", accept_language="en")

    lines = reply.json["lines"]
    assert [(line["code"], line["field"]) for line in lines] == [
        (None, None),
        *((code, field) for _, code, field in BAD),
        (None, None),
    ]
    assert [line["row"] for line in lines] == list(range(2, 4 + len(BAD)))
    assert reply.json["counts"] == {"created": 2, "refused": len(BAD)}
    assert all(line["message"] for line in lines if line["code"])
    assert lines[1]["message"] == "The phone number is not valid"
    assert {one["name"] for one in desk.get("/members").json["items"]} == {"Nguyễn Thị Lan", "Hà"}


def test_the_rules_for_entries_by_hand_hold_for_rows_too(desk: Desk) -> None:
    """R-DUP-07, R-OWN-05, A-X-2: a required field that is missing refuses the row; the others go on."""
    settings = desk.call("PUT", "/duplicate-settings", {"fields": {"email": {"unique": False, "required": True}}})
    assert settings.status == 200, settings.text

    reply = sent(desk, "0912000112,Mai,,,,,,,,", LAN)

    assert [line["outcome"] for line in reply.json["lines"]] == ["refused", "created"]
    assert reply.json["lines"][0]["field"] == "email"


def test_a_members_story_tells_the_row_they_came_from(desk: Desk) -> None:
    """R-HL-02: where it came from, in Vietnamese and English."""
    made = sent(desk, LAN).json["lines"][0]["customer"]

    lines = desk.get(f"/customers/{made}/timeline").json["items"]

    decided = next(line for line in lines if line["what"] == "opening_file")
    assert decided["details"]["row"] == 2


@pytest.mark.parametrize(
    "raw, kind, status, code",
    [
        ("SĐT\n0912000111", "application/json", 400, "bad_file_type"),
        ("SĐT\n0912000111", "", 400, "bad_file_type"),
        ("SĐT\n0912000111", XLSX, 400, "broken_xlsx"),
        ("", CSV, 400, "no_file"),
        ("Họ tên\nLan", CSV, 422, "no_phone_column"),
        ("SĐT,Phone\n1,2", CSV, 422, "column_twice"),
        ("SĐT\n" + "0912000111\n" * 5_001, CSV, 413, "too_many_rows"),
        ("9" * (4 * 1024 * 1024 + 1), CSV, 413, "too_large"),
        ("SĐT\n\ud800", CSV, 400, "not_utf8"),
    ],
)
def test_a_file_that_cannot_be_taken_is_the_senders_mistake(
    desk: Desk, raw: str, kind: str, status: int, code: str
) -> None:
    """A-HL-6, F21, F22, F24: never a 5xx, and nothing is written."""
    reply = desk.call("POST", "/members/import", raw=raw, content_type=kind)

    assert (reply.status, reply.code) == (status, code)
    assert desk.table.writes == 0


def test_what_a_call_has_no_time_for_is_left_for_the_next(desk: Desk) -> None:
    """A-HL-6: API Gateway waits thirty seconds; the receipt tells where to go on with the same file."""
    moments = iter(range(100))
    raw = "\n".join((HEAD, LAN, "0912000112,Mai,,,,,,,,", "", "0912000113,Hà,,,,,,,,")).encode()

    first = opening_import.received(desk.office, CSV, raw, seconds=2, ticks=lambda: next(moments))
    rest = opening_import.received(desk.office, CSV, raw, from_row=first.next_row or 0)

    assert ([line.row for line in first.lines], first.next_row) == ([2, 3], 5)
    assert ([line.row for line in rest.lines], rest.next_row) == ([5], None)
    assert len(desk.get("/members").json["items"]) == 3


def test_where_to_go_on_is_asked_for_by_the_row(desk: Desk) -> None:
    """A-HL-6; a phone that stood above is still a repeated one."""
    assert outcomes(sent(desk, LAN, LAN, "0912000112,Mai,,,,,,,,", query={"from_row": "3"})) == [
        (3, "refused", "repeated_phone"),
        (4, "created", None),
    ]
    assert sent(desk, LAN, query={"from_row": "0"}).status == 422


def test_a_killed_import_is_repeated(desk: Desk) -> None:
    """A-HL-6, F31: what was done before the crash is found done."""
    rows = [f"09120001{n:02},Khách {n},,,,,{n},,," for n in range(10)]
    writes = 0

    def dies(operation: str) -> None:
        nonlocal writes
        writes += operation == "transaction"
        if writes > 4:
            raise Temporary("table_unavailable")

    desk.table.before = dies
    killed = sent(desk, *rows)
    desk.table.before = lambda _: None
    again = sent(desk, *rows)

    assert killed.status == 503
    assert [line["outcome"] for line in again.json["lines"]] == ["unchanged"] * 4 + ["created"] * 6
    assert len(desk.get("/members").json["items"]) == 10


def test_an_index_that_lags_makes_no_twins(desk: Desk) -> None:
    """F37: the same file twice within the blink of an eye; the member of a phone has one id."""
    desk.table.lag()
    sent(desk, LAN)

    assert outcomes(sent(desk, LAN)) == [(2, "unchanged", None)]
    desk.table.lag(on=False)
    assert len(desk.get("/members").json["items"]) == 1


def test_a_phone_that_moved_on_makes_a_member_of_its_own(desk: Desk) -> None:
    """A-HL-6: somebody else has the phone now; a removed member does not come back to life."""
    first = sent(desk, LAN).json["lines"][0]["customer"]
    desk.patch(f"/customers/{first}", {"phone": "0912000999"})
    second = sent(desk, LAN).json["lines"][0]

    assert second["outcome"] == "created"
    assert second["customer"] != first
    assert len(desk.get("/members").json["items"]) == 2


def test_a_file_under_a_key_is_taken_once(desk: Desk) -> None:
    """api.md: Idempotency-Key; another file under the same key is refused."""
    first = sent(desk, LAN, idempotency_key="k")
    again = sent(desk, LAN, idempotency_key="k")
    other = sent(desk, LAN, "0912000112,Mai,,,,,,,,", idempotency_key="k")

    assert first.status == 200
    assert again.json == first.json
    assert again.headers["idempotency-replayed"] == "true"
    assert (other.status, other.code) == (409, "idempotency_key_reused")


def test_headings_that_mean_nothing_are_told(desk: Desk) -> None:
    """A-HL-6."""
    assert sent(desk, "0912000111,170", head="SĐT,Chiều cao").json["ignored_columns"] == ["Chiều cao"]


ODD = ["", "0912000111", "=1", "+84", "31/12/1990", "1e5", "Nữ", '"', "\x00", "\u202e", "9" * 300, "🙂", "-0", "null"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(ODD) | st.text(st.characters(exclude_categories=()), max_size=8), max_size=11))
)
def test_whatever_stands_in_a_file_the_answer_is_a_receipt_or_a_refusal(desk: Desk, rows: list[list[str]]) -> None:
    """F22, F24, A-HL-6: never a 5xx."""
    reply = sent(desk, *(",".join(row) for row in rows))

    assert reply.status in (200, 400, 413), reply.text


def test_a_viewer_imports_nothing(desk: Desk) -> None:
    """R-HL-02: staff do."""
    assert sent(desk, LAN, role="viewer").status == 403


def test_a_row_costs_one_query_and_what_an_entry_by_hand_costs(desk: Desk) -> None:
    """A-HL-6: counted, so that a file of thousands stays within its time; the rules are read once for all rows."""
    rows = [f"09120001{n:02},Khách {n},,,,,{n},,," for n in range(40)]
    sent(desk, rows[0])
    desk.table.calls.clear()
    sent(desk, *rows[:20])
    some = dict(desk.table.calls)
    desk.table.calls.clear()
    sent(desk, *rows[:40])

    assert some["transaction"] == 19
    assert desk.table.calls["query"] - some["query"] == 20, json.dumps([some, desk.table.calls])
    assert desk.table.calls["transaction"] == 20
