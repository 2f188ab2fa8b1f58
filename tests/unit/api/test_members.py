"""The member lists by the API: who is listed, in which order, narrowed by what; saved filters with their counts."""

from typing import Any

import pytest

from retailhub.domain.instants import instant
from tests.unit.api.desk import Desk

MADE = {"activated_at": "2026-01-01T00:00:00.000000Z", "activated_by": "mai", "ground": "manual"}
TODAY = "2026-05-14"


def keep(desk: Desk, number: str, bought: str | None = None, **fields: Any) -> None:
    """A customer whose last purchase was on a day of 2026, by the hub's own log."""
    log = ({"order": f"o_{number}", "at": instant(f"2026-{bought}T12:00:00+07:00")},) if bought else ()
    named = {"name": f"Khách {number}", "phone": f"+8491200{int(number):04}"}
    desk.keep("customer", f"c_{number}", **{**named, "last_purchases": log, "purchases": len(log), **fields})


def town(desk: Desk) -> None:
    """The present day is 2026-05-14. Members 1 to 5 (4 and 5 of the opening file only), 6 and 7 in Haravan only."""
    keep(desk, "1", "05-14", vendor_id="1", membership=MADE, owner="e_lan", gender="female")
    keep(desk, "2", "05-06", vendor_id="2", membership=MADE, groups=("vip",))
    keep(desk, "3", None, vendor_id="3", membership=MADE, source="web")
    keep(desk, "4", "04-13", membership=MADE, opening={"level": "Bạc", "card": "HL4"}, owner="e_lan")
    keep(desk, "5", None, membership=MADE, opening={"last_order_at": instant("2026-05-07T00:00:00+07:00")})
    keep(desk, "6", "05-13", vendor_id="6")
    keep(desk, "7", None, vendor_id="7")
    keep(desk, "8", "05-14")
    keep(desk, "9", None, phone="+84912000001", recipient_of="c_1")


def listed(desk: Desk, **query: str) -> str:
    """The numbers of those who are listed, in order."""
    reply = desk.get("/members", **query)
    assert reply.status == 200, reply.text
    return "".join(one["id"].removeprefix("c_") for one in reply.json["items"])


def test_the_member_page_lists_all_activated_members_newest_purchase_first(desk: Desk) -> None:
    """R-HL-01, R-HL-06, A-HL-3: of both sources; who never bought stands last."""
    town(desk)

    assert listed(desk) == "15243"


def test_customers_from_haravan_are_listed_whether_members_or_not(desk: Desk) -> None:
    """R-HL-03, R-HL-14: customers and members that the shop has in Haravan; the file's are not among them."""
    town(desk)

    assert listed(desk, list="haravan") == "16273"


def test_both_lists_show_the_same_fields(desk: Desk) -> None:
    """R-HL-15."""
    town(desk)
    one, other = (desk.get("/members", list=name, limit="1").json["items"][0] for name in ("members", "haravan"))

    assert one == other
    assert one == desk.get("/members/c_1").json


@pytest.mark.parametrize(
    "of, segment, found",
    [
        ("members", "bought_7_days", "15"),
        ("members", "bought_30_days", "152"),
        ("members", "lapsed", "4"),
        ("haravan", "bought_7_days", "16"),
        ("haravan", "bought_30_days", "162"),
        ("haravan", "lapsed", ""),
        ("haravan", "registered", "123"),
        ("haravan", "unregistered", "67"),
    ],
)
def test_a_saved_filter_lists_its_group(desk: Desk, of: str, segment: str, found: str) -> None:
    """R-HL-04, R-HL-09, R-HL-10, R-HL-11, R-HL-12, R-HL-16, R-HL-17."""
    town(desk)

    assert listed(desk, list=of, segment=segment) == found


def test_each_list_tells_its_saved_filters_with_their_counts(desk: Desk) -> None:
    """R-HL-04, R-HL-09, R-HL-16, A-HL-7: three on the member page, five for Haravan, seen at a glance."""
    town(desk)

    def told(of: str) -> tuple[int, list[tuple[str, int]]]:
        shown = desk.get("/members/segments", list=of).json
        return shown["total"], [(one["name"], one["count"]) for one in shown["items"]]

    three = ["Mua hàng 7 ngày gần đây", "Mua hàng 30 ngày gần đây", "Đã lâu không mua hàng"]
    two = ["Đã đăng ký thành viên", "Chưa đăng ký thành viên"]
    assert told("members") == (5, list(zip(three, (2, 3, 1), strict=True)))
    assert told("haravan") == (5, list(zip(three + two, (2, 3, 0, 3, 2), strict=True)))


def test_a_count_is_how_many_its_filter_lists(desk: Desk) -> None:
    """R-HL-09: under either reading."""
    town(desk)
    for reading in ("recency", "inactivity"):
        desk.call("PUT", "/members/settings", {"segment_reading": reading})
        for of in ("members", "haravan"):
            for one in desk.get("/members/segments", list=of).json["items"]:
                assert len(listed(desk, list=of, segment=one["segment"])) == one["count"], (reading, of, one)


def test_the_admin_may_have_the_groups_read_by_inactivity(desk: Desk) -> None:
    """R-HL-10, R-HL-11, A-HL-1: the switch; who turned it is in the audit."""
    town(desk)
    assert desk.get("/members/settings").json == {"segment_reading": "recency"}

    reply = desk.call("PUT", "/members/settings", {"segment_reading": "inactivity"})

    assert (reply.status, reply.json) == (200, {"segment_reading": "inactivity"})
    assert listed(desk, segment="bought_7_days") == "524"
    assert listed(desk, segment="lapsed") == "4"
    assert desk.call("PUT", "/members/settings", {"segment_reading": "recency"}, role="staff").status == 403
    act = next(item for item in desk.table.items.values() if item["pk"].startswith("EVENT#"))
    assert '"segment_reading": ["recency", "inactivity"]' in act["data"]


@pytest.mark.parametrize("segment", ["registered", "unregistered"])
def test_registration_is_no_filter_of_the_member_page(desk: Desk, segment: str) -> None:
    """R-HL-16, A-HL-7."""
    reply = desk.get("/members", segment=segment)

    assert (reply.status, reply.fields) == (422, {"segment": "segment_of_other_list"})


@pytest.mark.parametrize(
    "query, found",
    [
        ({"owner": "e_lan"}, "14"),
        ({"owner": "e_lan", "segment": "bought_7_days"}, "1"),
        ({"group": "vip"}, "2"),
        ({"source": "web"}, "3"),
        ({"gender": "female"}, "1"),
        ({"level": "bac"}, "4"),
        ({"q": "hl4"}, "4"),
        ({"q": "KHACH 3"}, "3"),
        ({"q": "0912000005"}, "5"),
        ({"phone": "0912000001"}, "1"),
        ({"phone": "0912000001", "owner": "e_mai"}, ""),
        ({"registered": "false"}, ""),
        ({"list": "haravan", "registered": "true", "segment": "bought_30_days"}, "12"),
        ({"list": "haravan", "registered": "false", "segment": "registered"}, ""),
        ({"last_purchase_from": "2026-05-06", "last_purchase_to": "2026-05-07"}, "52"),
        ({"last_purchase_to": "2026-05-06"}, "24"),
        ({"last_purchase_from": "2026-05-07", "segment": "bought_30_days"}, "15"),
        ({"last_purchase_from": "2026-05-08", "last_purchase_to": "2026-05-07"}, ""),
    ],
)
def test_filters_combine(desk: Desk, query: dict[str, str], found: str) -> None:
    """R-HL-08, A-HL-9: saved filters and those that one adds all hold together."""
    town(desk)

    assert listed(desk, **query) == found


def test_a_saved_filter_is_a_shortcut_for_adding_one(desk: Desk) -> None:
    """R-HL-08: the same group by a filter on the last purchase."""
    town(desk)

    assert listed(desk, segment="bought_7_days") == listed(desk, last_purchase_from="2026-05-07") == "15"


def test_the_page_offers_its_further_actions() -> None:
    """R-HL-13: the list of actions is missing in the text; these are offered, each a route of the API."""
    routes = {(route.method, route.rule) for route in Desk.api.routes if route.tag == "members"}

    assert routes >= {
        ("GET", "/api/members/segments"),
        ("PUT", "/api/members/columns"),
        ("PUT", "/api/members/settings"),
        ("POST", "/api/members/<customer_id>/activate"),
        ("POST", "/api/members/activate"),
        ("POST", "/api/members/import"),
        ("GET", "/api/members/import/template"),
    }


def test_a_member_is_shown_with_who_they_are_and_their_loyalty(desk: Desk) -> None:
    """R-HL-05, R-HL-15: personal and loyalty information, each value with who tells it."""
    loyalty = {"points_available": 40, "points_used": 5, "points_incoming": 1, "points_ranking": 900, "total_orders": 3}
    fields = {"email": "lan@example.vn", "birthday": "1990-12-31", "revenue": 700, "loyalty": loyalty}
    keep(desk, "1", "05-14", vendor_id="1", membership=MADE, opening={"card": "HL1", "level": "Bạc"}, **fields)

    shown = desk.get("/members/c_1").json

    assert (shown["name"], shown["email"], shown["birthday"]) == ("Khách 1", "lan@example.vn", "1990-12-31")
    assert [shown[f"points_{kind}"] for kind in ("available", "used", "incoming", "ranking")] == [40, 5, 1, 900]
    assert (shown["card"], shown["level"], shown["total_orders"], shown["revenue"]) == ("HL1", "Bạc", 3, 700)
    assert (shown["registered"], shown["activated_by"], shown["known_from"]) == (
        True,
        "mai",
        ["opening_file", "haravan"],
    )
    kept_there = [*(f"points_{kind}" for kind in ("available", "used", "incoming", "ranking")), "total_spent"]
    assert shown["told_by"] == {
        **dict.fromkeys(("card", "level"), "opening_file"),
        **dict.fromkeys([*kept_there, "total_orders"], "haraloyalty"),
        "last_purchase_at": "hub",
    }


def test_who_stands_in_no_list_is_no_member(desk: Desk) -> None:
    """R-HL-14: somebody of another system, a recipient, somebody removed."""
    town(desk)
    gone = desk.delete("/members/c_1")

    assert (desk.get("/members/c_8").status, desk.get("/members/c_8").code) == (404, "unknown_member")
    assert desk.get("/members/c_9").status == desk.get("/members/nobody").status == 404
    assert gone.status == 405
