"""Pages of the member lists: everybody once and in order, whoever comes meanwhile, at a bounded price."""

import base64
import json
from typing import Any

import pytest

from retailhub.domain.instants import after
from tests.unit.api.desk import Desk

MADE = {"activated_at": "2026-01-01T00:00:00.000000Z", "activated_by": "mai", "ground": "manual"}
START = "2026-05-01T00:00:00.000000Z"


def keep(desk: Desk, number: int, *, bought: bool = True, **fields: Any) -> str:
    """The customer of a number; the higher it is, the later they bought. Every second one is in Haravan."""
    log = ({"order": f"o_{number}", "at": after(START, number)},) if bought else ()
    place = {"vendor_id": str(number)} if number % 2 else {}
    desk.keep("customer", f"c_{number:04}", **{"membership": MADE, **place, "last_purchases": log, **fields})
    return f"c_{number:04}"


def pages(desk: Desk, **query: str) -> list[list[str]]:
    """Who is on which page."""
    found: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = desk.get("/members", cursor=cursor, **query).json
        found.append([one["id"] for one in page["items"]])
        cursor = page["next_cursor"]
    return found


@pytest.mark.parametrize("limit", [1, 3, 4, 20, 200])
@pytest.mark.parametrize("query", [{}, {"owner": "e_lan"}])
def test_pages_bring_everybody_once_and_in_order(desk: Desk, limit: int, query: dict[str, str]) -> None:
    """R-HL-06; api.md, Lists: two standings become one order, every third member matches no filter."""
    made = [keep(desk, n, bought=n >= 4, owner="e_mai" if n % 3 == 0 else "e_lan") for n in range(20)]

    found = pages(desk, limit=str(limit), **query)

    wanted = [one for n, one in enumerate(made) if n % 3 or not query]
    assert [one for page in found for one in page] == wanted[::-1]
    assert all(len(page) <= limit for page in found)
    assert query or all(found), "an exact cursor leads to no empty page"


def test_who_comes_goes_or_buys_meanwhile_shifts_nobody_else(desk: Desk) -> None:
    """R-HL-06; api.md, Lists: pages are stable under inserts."""
    for n in range(10):
        keep(desk, n)
    first = desk.get("/members", limit="4").json
    keep(desk, 11)
    desk.table.items.pop(("REC#customer#c_0006", "REC"))
    desk.table.items.pop(("REC#customer#c_0003", "REC"))
    keep(desk, 3, last_purchases=({"order": "o_new", "at": after(START, 999)},))

    rest = desk.get("/members", limit="50", cursor=first["next_cursor"]).json

    assert [one["id"] for one in first["items"]] == ["c_0009", "c_0008", "c_0007", "c_0006"]
    assert [one["id"] for one in rest["items"]] == ["c_0005", "c_0004", "c_0002", "c_0001", "c_0000"]


def test_a_page_is_at_most_two_queries_and_one_batch_read(desk: Desk) -> None:
    """R-HL-06, R-HL-14: a page of 50 costs the same however many customers there are."""
    for n in range(120):
        keep(desk, n)
    desk.table.calls.clear()

    first = desk.get("/members").json
    assert (desk.table.calls["query"], desk.table.calls["get_many"], desk.table.reads) == (2, 1, 3)
    desk.table.calls.clear()

    desk.get("/members", segment="bought_30_days", cursor="")
    assert (desk.table.calls["query"], desk.table.calls["get_many"]) == (2, 1)
    desk.table.calls.clear()

    assert len(desk.get("/members", cursor=first["next_cursor"]).json["items"]) == 50
    assert (desk.table.calls["query"], desk.table.calls["get_many"], desk.table.reads) == (2, 1, 3)


def test_one_standing_is_one_query(desk: Desk) -> None:
    """R-HL-17: registered customers stand together."""
    for n in range(9):
        keep(desk, n)
    desk.table.calls.clear()

    assert len(desk.get("/members", list="haravan", segment="registered").json["items"]) == 4
    assert desk.table.calls["query"] == 1


def test_a_rare_match_does_not_read_everything_at_once(desk: Desk) -> None:
    """F21, denial of wallet: what lies behind the first thousand comes with the next page."""
    for n in range(1300):
        keep(desk, n)
    desk.table.calls.clear()

    first = desk.get("/members", q="không có ai").json
    assert (first["items"], desk.table.calls["query"], desk.table.calls["get_many"]) == ([], 10, 10)
    assert desk.get("/members", q="không có ai", cursor=first["next_cursor"]).json["next_cursor"] is None


def test_a_member_who_moved_is_shown_as_they_are_now(desk: Desk) -> None:
    """The index lags: somebody just activated is not offered for activation again."""
    desk.keep("customer", "c_1", vendor_id="1", phone="+84912000111")
    desk.table.lag()
    desk.post("/members/c_1/activate")

    assert desk.get("/members", list="haravan", segment="unregistered").json["items"] == []
    assert desk.get("/members", list="haravan").json["items"][0]["registered"] is True


@pytest.mark.parametrize("inner", ["", "\ud800", "é", "x" * 300, "\x00", "#", "~~~", "2026", " "])
def test_a_made_up_place_is_malformed_or_finds_what_lies_behind_it(desk: Desk, inner: str) -> None:
    """F23: whatever stands in a cursor, it is no error of ours."""
    keep(desk, 1)
    keep(desk, 2)
    mark = json.loads(base64.urlsafe_b64decode(desk.get("/members", limit="1").json["next_cursor"]))[0]
    cursor = base64.urlsafe_b64encode(json.dumps([mark, inner]).encode()).decode()

    reply = desk.get("/members", limit="1", cursor=cursor)

    assert reply.status in (200, 400)
    assert reply.status == 200 or reply.code == "bad_cursor"
