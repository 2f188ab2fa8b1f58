"""Customers found by the API: filters, searches, pages."""

from typing import Any

import pytest

from retailhub.store.table import remote_key
from tests.unit.api.desk import Desk


def names(desk: Desk, **query: str) -> list[str]:
    """Who is found, in order."""
    reply = desk.get("/customers", **query)
    assert reply.status == 200, reply.text
    return [one["name"] for one in reply.json["items"]]


def town(desk: Desk) -> None:
    """Three people, the last of them the newest."""
    desk.keep("customer", "c_1", at="2026-05-01T00:00:00.000000Z", name="Đặng Hà", phone="+84912000111", owner="lan")
    fields: dict[str, Any] = {"email": "Binh@example.vn", "groups": ("vip",), "is_buyer": True, "source": "web"}
    desk.keep("customer", "c_2", at="2026-05-02T00:00:00.000000Z", name="Trần Bình", vendor_id="77", **fields)
    desk.keep("customer", "c_3", at="2026-05-03T00:00:00.000000Z", name="Đặng Hạ", phone="+84912000111")


@pytest.mark.parametrize(
    "query, found",
    [
        ({}, ["Đặng Hạ", "Trần Bình", "Đặng Hà"]),
        ({"sort": "created_at"}, ["Đặng Hà", "Trần Bình", "Đặng Hạ"]),
        ({"q": "DANG ha"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"q": "0912000"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"q": "BINH@"}, ["Trần Bình"]),
        ({"phone": "0912 000 111"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"phone": "0912000111", "owner": "lan"}, ["Đặng Hà"]),
        ({"email": "binh@EXAMPLE.vn"}, ["Trần Bình"]),
        ({"owner": "lan"}, ["Đặng Hà"]),
        ({"source": "web", "is_buyer": "true"}, ["Trần Bình"]),
        ({"group": "vip"}, ["Trần Bình"]),
        ({"is_buyer": "false"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"q": "nobody"}, []),
    ],
)
def test_the_filters_find_whom_they_say(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    """api.md, /customers; search is case- and accent-insensitive."""
    town(desk)

    assert names(desk, **query) == found


def test_a_vendor_id_is_haravans_id(desk: Desk) -> None:
    """R-HRV-07."""
    town(desk)
    shop = desk.connect("haravan")["id"]
    pk, sk = remote_key(shop, "customer", "77")
    desk.table.items[pk, sk] = {"pk": pk, "sk": sk, "record": "c_2", "rev": 1}

    assert names(desk, vendor_id="77") == ["Trần Bình"]
    assert names(desk, vendor_id="78") == []
    assert names(desk, vendor_id="77", owner="lan") == []


@pytest.mark.parametrize("query", [{}, {"q": "khach"}, {"owner": "lan"}])
def test_pages_bring_everybody_once_and_in_order(desk: Desk, query: dict[str, str]) -> None:
    """api.md, Lists; every third customer matches no filter."""
    for n in range(25):
        owner, name = ("lan", f"Khách {n}") if n % 3 else ("mai", f"Người {n}")
        desk.keep("customer", f"c_{n:02}", at=f"2026-05-01T00:00:{n:02}.000000Z", name=name, owner=owner)

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = desk.get("/customers", limit="4", cursor=cursor, **query).json
        assert len(page["items"]) <= 4
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    wanted = [f"c_{n:02}" for n in reversed(range(25)) if n % 3 or not query]
    assert seen == wanted


def test_a_search_reads_a_bounded_number_of_items_for_one_page(desk: Desk) -> None:
    """F21, denial of wallet: a rare match must not read the whole table at once."""
    for n in range(1300):
        desk.keep("customer", f"c_{n:04}", at=f"2026-05-01T00:{n // 60:02}:{n % 60:02}.000000Z", name=f"Khách {n}")
    desk.table.calls.clear()

    first = desk.get("/customers", q="Khách 7x").json
    second = desk.get("/customers", q="Khách 7x", cursor=first["next_cursor"]).json

    assert (first["items"], second["next_cursor"]) == ([], None)
    assert desk.table.calls["query"] == 7
