"""Members on the local stack: Haravan's customers by webhook, their points, tier and last order by Haraloyalty, and the
opening file."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

from tests.e2e import fresh
from tests.local.clients import Hub
from tests.local.shops import Shops

START = 7000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ("Họ tên", "Số điện thoại", "E-mail", "Điểm đầu kỳ", "Tổng chi tiêu đầu kỳ", "Hạng thành viên", "Ghi chú")


def _members(hub: Hub, **params: Any) -> dict[str, dict[str, Any]]:
    return {str(one["vendor_id"]): one for one in hub.all("/members", list="haravan", **params)}


def _by_vendor_id(profiles: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Profiles by the id that Haravan has for the same invented person; one in four does not tell it itself."""
    numbers = {int(one["profile_card_number"].removeprefix("HL")): one for one in profiles}
    first = next(int(one["attributes"][0]["value"]) - n for n, one in numbers.items() if one["attributes"])
    return {str(first + n): one for n, one in numbers.items()}


def test_points_tier_and_last_order_stand_beside_the_shop_s_customers(shops: Shops, calm: Callable[[], None]) -> None:
    """R-HL-03, R-HL-05, R-HL-14, A-HL-4, A-HL-8: profiles join by Haravan's id or by phone; activated here by hand."""
    hub, shop, programme = shops.hub, shops.twins["haravan"], shops.twins["haraloyalty"]
    shop.call("POST", "/seed", {"customers": 8, "start": START, "webhooks": True})
    calm()
    programme.call("POST", "/seed", {"profiles": 8, "start": START})
    before = {str(c["vendor_id"]): c for c in hub.all("/customers") if c["external_ids"].get(shops.id("haravan"))}

    hub.call("POST", f"/connections/{shops.id('haraloyalty')}/backfills", {})
    calm()

    profiles = _by_vendor_id(programme.state("profiles"))
    assert len(profiles) == 8
    for vendor_id, profile in profiles.items():
        ours = _members(hub)[vendor_id]
        assert ours["id"] == before[vendor_id]["id"], "nobody is made for a profile"
        assert ours["external_ids"][shops.id("haraloyalty")] == str(profile["id"])
        assert (ours["points_available"], ours["level"]) == (profile["point_available"], profile["level_name"])
        assert (ours["last_purchase_at"] or "")[:19] == (profile["last_order_at"] or "")[:19]

    vendor_id, profile = next(iter(profiles.items()))
    programme.change("profiles", profile["id"], {"point_available": 4321, "level_name": "Kim cương"})
    hub.run("HaraloyaltyCatchUp")
    calm()
    hub.call("POST", f"/members/{before[vendor_id]['id']}/activate")
    member = _members(hub, registered="true")[vendor_id]
    assert (member["points_available"], member["level"], member["registered"]) == (4321, "Kim cương", True)


def _workbook(*rows: tuple[Any, ...]) -> bytes:
    """An opening file as a person saves it."""
    book, stream = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in (HEADINGS, *rows):
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def test_an_opening_file_makes_members_whom_haravan_s_customers_with_their_phone_turn_out_to_be(
    shops: Shops, calm: Callable[[], None]
) -> None:
    """R-HL-02, R-HL-03, A-HL-6: XLSX with good and bad rows; Haravan's words win except for the opening balances."""
    hub, shop = shops.hub, shops.twins["haravan"]
    known, other, third = fresh.phone(), fresh.phone(), fresh.phone()
    content = _workbook(
        ("Bà Năm (sổ cũ)", known, f"{known}@example.vn", 250, 1_250_000, "Bạc", "quen"),
        ("Không số", None, None, 1, 1, None, None),
        ("Số của số", int(other), None, 7, "3.500.000 đ", None, None),
        ("Điểm âm", third, None, -5, 1, None, None),
        ("Chép hai lần", known, None, 999, 999, "Vàng", None),
    )

    receipt = hub.send("/members/import", content, XLSX)

    told = [(line["row"], line["outcome"], line["code"], line["field"]) for line in receipt["lines"]]
    assert told == [
        (2, "created", None, None),
        (3, "refused", "no_phone", "phone"),
        (4, "created", None, None),
        (5, "refused", "invalid_number", "points"),
        (6, "refused", "repeated_phone", "phone"),
    ]
    assert all(line["message"] for line in receipt["lines"] if line["outcome"] == "refused")
    assert (receipt["counts"], receipt["ignored_columns"]) == ({"created": 2, "refused": 3}, ["Ghi chú"])
    assert list(hub.all("/customers", phone=third)) == []
    [number] = hub.all("/customers", phone=other)
    assert hub.call("GET", f"/members/{number['id']}")["total_spent"] == 3_500_000

    mail = f"nam.{known}@example.vn"
    there = shop.create("customers", {"last_name": "Nguyễn Thị", "first_name": "Năm", "phone": known, "email": mail})
    calm()

    [customer] = hub.all("/customers", phone=known)
    member = hub.call("GET", f"/members/{customer['id']}")
    assert member["id"] == receipt["lines"][0]["customer"]
    assert (member["name"], member["email"], member["vendor_id"]) == ("Nguyễn Thị Năm", mail, str(there["id"]))
    assert (member["known_from"], member["registered"]) == (["opening_file", "haravan"], True)
    assert (member["points_available"], member["total_spent"], member["level"]) == (250, 1_250_000, "Bạc")
    assert member["told_by"]["points_available"] == "opening_file"
    again = hub.send("/members/import", content, XLSX)
    assert again["counts"] == {"unchanged": 2, "refused": 3}
    assert hub.call("GET", f"/members/{customer['id']}")["name"] == "Nguyễn Thị Năm"
