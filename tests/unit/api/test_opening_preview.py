"""The opening file looked at before it is taken in: read as the import reads it, and nothing is written."""

from typing import Any

import pytest

from retailhub.crm.opening_file import CSV
from tests.unit.api.desk import Desk, Reply
from tests.unit.api.test_opening_import import HEAD, LAN, outcomes, sent
from tests.unit.api.test_opening_trouble import BAD


def previewed(desk: Desk, *rows: str, head: str = HEAD, **more: Any) -> Reply:
    """The answer to a CSV file with these rows."""
    raw = "\n".join((head, *rows))
    return desk.call("POST", "/members/import/preview", raw=raw, **{"content_type": CSV, "role": "staff", **more})


def test_a_preview_shows_the_rows_as_they_are_read_and_writes_nothing(desk: Desk) -> None:
    """A-HL-6: every column of the file, by the import's own reading."""
    reply = previewed(desk, LAN, "0912000112,Mai,,,,,,,,")

    assert reply.status == 200, reply.text
    assert reply.json["rows"] == 2
    assert reply.json["items"][0] == {
        "row": 2,
        "phone": "+84912000111",
        "name": "Nguyễn Thị Lan",
        "email": "lan@example.vn",
        "gender": "female",
        "birthday": "1990-12-31",
        "card": "HL1",
        "points": 250,
        "total_spent": 1_250_000,
        "level": "Bạc",
        "last_order_at": "2026-05-09T17:00:00.000000Z",
    }
    assert (reply.json["items"][1]["name"], reply.json["items"][1]["points"]) == ("Mai", None)
    assert (desk.table.writes, desk.get("/members").json["items"]) == (0, [])


def test_a_preview_tells_the_columns_that_it_knows_and_those_that_mean_nothing(desk: Desk) -> None:
    """A-HL-6: in the file's order, under the template's names."""
    reply = previewed(desk, "Lan,170,0912000111", head="tên,Chiều cao,SĐT", accept_language="en")

    known = [(one["column"], one["label"]) for one in reply.json["columns"]]
    assert known == [("name", "Name"), ("phone", "Phone")]
    assert reply.json["ignored_columns"] == ["Chiều cao"]


def test_a_preview_refuses_the_rows_that_the_import_refuses(desk: Desk) -> None:
    """A-HL-6: as far as the file alone tells; whether a guest is meant shows in the import."""
    rows = [LAN, *(row for row, code, _ in BAD if code != "guest_not_activated")]

    refused = previewed(desk, *rows).json["refused"]

    assert refused == [line for line in sent(desk, *rows).json["lines"] if line["outcome"] == "refused"]
    assert len(refused) == len(rows) - 1


def test_a_preview_shows_the_first_rows_and_counts_all(desk: Desk) -> None:
    rows = [f"09120001{n:02},Khách {n},,,,,,,," for n in range(30)]

    reply = previewed(desk, "12,Sai,,,,,,,,", *rows)

    assert reply.json["rows"] == 31
    assert [one["row"] for one in reply.json["items"]] == list(range(2, 22))
    assert reply.json["items"][0]["name"] is None
    assert [line["row"] for line in reply.json["refused"]] == [2]


@pytest.mark.parametrize(
    "raw, kind, status, code",
    [
        ("SĐT\n0912000111", "application/json", 400, "bad_file_type"),
        ("", CSV, 400, "no_file"),
        ("Họ tên\nLan", CSV, 422, "no_phone_column"),
        ("9" * (4 * 1024 * 1024 + 1), CSV, 413, "too_large"),
    ],
)
def test_a_preview_refuses_the_files_that_the_import_refuses(
    desk: Desk, raw: str, kind: str, status: int, code: str
) -> None:
    """A-HL-6, F22, F24."""
    reply = desk.call("POST", "/members/import/preview", raw=raw, content_type=kind)

    assert (reply.status, reply.code) == (status, code)


def test_a_previewed_file_is_imported_as_it_was_shown(desk: Desk) -> None:
    """A-HL-6: the preview claims no row for itself."""
    previewed(desk, LAN)

    assert outcomes(sent(desk, LAN)) == [(2, "created", None)]


def test_a_viewer_previews_nothing(desk: Desk) -> None:
    """R-HL-02: who may not import needs no preview."""
    assert previewed(desk, LAN, role="viewer").status == 403
