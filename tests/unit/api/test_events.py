"""Events by the API: what came in and what became of it."""

import base64
import json
from typing import Any

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.identity import record_id, remote_code
from retailhub.store.links import Link, pointer
from tests.unit.api.desk import NOW, Desk


def week(desk: Desk) -> None:
    """One event a day and a late one, of two shops, the last of them today."""
    days = [("s1", "applied", 10), ("s2", "stale", 11), ("s1", "failed", 13), ("s2", "applied", 14)]
    for shop, outcome, day in days:
        change = Change(shop, "customer", f"{day}", payload={"n": day}, received_at=NOW)
        record = {"record": "c_1"} if outcome == "applied" else {}
        desk.happened(change, outcome, f"2026-05-{day}T02:00:00.000000Z", **record)


def days(desk: Desk, **query: str) -> list[str]:
    """The days of what is found, in order."""
    reply = desk.get("/events", **query)
    assert reply.status == 200, reply.text
    return [one["handled_at"][8:10] for one in reply.json["items"]]


@pytest.mark.parametrize(
    "query, found",
    [
        ({}, ["14", "13", "11", "10"]),
        ({"connection": "s1"}, ["13", "10"]),
        ({"outcome": "stale"}, ["11"]),
        ({"record": "c_1"}, ["14", "10"]),
        ({"record": "c_1", "connection": "s1"}, ["10"]),
        ({"record": "nobody"}, []),
        ({"type": "product"}, []),
        ({"from_": "2026-05-11", "to": "2026-05-13"}, ["13", "11"]),
        ({"from_": "2026-05-11T09:00:00+07:00"}, ["14", "13", "11"]),
        ({"from_": "2026-05-11T09:00:01+07:00", "to": "2026-05-13T02:00:00Z"}, ["13"]),
        ({"to": "2020-01-01"}, []),
    ],
)
def test_the_filters_find_what_they_say(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    """api.md, /events; days are Vietnamese."""
    week(desk)

    assert days(desk, **query) == found


def test_a_vietnamese_day_begins_seven_hours_before_the_utc_one(desk: Desk) -> None:
    """A-X-6."""
    change = Change("s1", "customer", "1", received_at=NOW)
    desk.happened(change, "applied", "2026-05-12T17:00:00.000000Z")

    assert days(desk, from_="2026-05-13", to="2026-05-13") == ["12"]
    assert days(desk, from_="2026-05-12", to="2026-05-12") == []


def test_pages_go_from_day_to_day(desk: Desk) -> None:
    for n in range(7):
        change = Change("s1", "customer", str(n), received_at=NOW)
        desk.happened(change, "applied", f"2026-05-{14 - n // 3}T02:00:0{9 - n}.000000Z")

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = desk.get("/events", limit="2", cursor=cursor).json
        seen += [one["source_id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert seen == [str(n) for n in range(7)]


def test_a_quiet_time_is_looked_through_in_bounded_steps(desk: Desk) -> None:
    change = Change("s1", "customer", "1", received_at=NOW)
    desk.happened(change, "applied", "2026-03-20T02:00:00.000000Z")
    desk.table.calls.clear()

    first = desk.get("/events").json
    assert (first["items"], desk.table.calls["query"]) == ([], 31)
    assert [one["source_id"] for one in desk.get("/events", cursor=first["next_cursor"]).json["items"]] == ["1"]


def test_a_day_is_looked_through_in_bounded_steps_however_many_days_are_meant(desk: Desk) -> None:
    """F21: a rare match reads a thousand events for one page, not a thousand of each day."""
    for n in range(1300):
        change = Change("s1", "customer", str(n), received_at=NOW)
        desk.happened(change, "applied", f"2026-05-{14 - n // 300}T02:{n % 60:02}:{n // 60:02}.000000Z")
    desk.table.calls.clear()

    first = desk.get("/events", outcome="parked").json
    assert (first["items"], desk.table.calls["query"]) == ([], 7)
    assert desk.get("/events", outcome="parked", cursor=first["next_cursor"]).json["items"] == []


def test_what_failed_is_looked_up_however_long_ago(desk: Desk) -> None:
    """Deliveries that failed stand beside it and are no events."""
    desk.keep("customer", "c_1", name="Lan")
    desk.link(Link("customer", "c_1", "loyalty", "77", status="failed", error={"code": "refused", "at": NOW}))
    for day in ("01-03", "02-04", "05-13"):
        change = Change("s1", "customer", day, payload={"n": day}, received_at=NOW)
        desk.happened(change, "failed", f"2026-{day}T02:00:00.000000Z")
    desk.table.calls.clear()

    assert days(desk, outcome="failed") == ["13", "04", "03"]
    assert dict(desk.table.calls) == {"query": 1}
    assert days(desk, outcome="failed", from_="2026-02-01", to="2026-03-01") == ["04"]
    assert days(desk, outcome="failed", connection="s2") == []


def shop(desk: Desk) -> None:
    """Two customers of one phone and a third; an order that came in, one that did not; a contract, a product."""
    made = desk.connect("haravan")["id"]
    desk.keep("customer", "c_1", name="Hân", phone="+84912000111", code="KH00012")
    desk.keep("customer", "c_2", name="Hạnh", phone="+84912000111")
    desk.keep("customer", "c_3", name="Bình", phone="+84912000222")
    desk.keep("order", "o_1", order_number="#DH 001")
    desk.keep("contract", "k_1", code="HD000099")
    desk.keep("product", "p_1", code="SP000007")
    desk.table.write(pointer(made, "order", "991", "o_1"))
    told = [
        ("customer", "c_1", "applied"),
        ("customer", "c_2", "stale"),
        ("customer", "c_3", "applied"),
        ("order", "o_1", "applied"),
        ("contract", "k_1", "applied"),
        ("product", "p_1", "applied"),
        ("order", "", "failed"),
        ("customer", "c_1", "stale"),
    ]
    for n, (kind, record, outcome) in enumerate(told):
        change = Change(made, kind, f"99{n}" if record else "DH-77", payload={"n": n}, received_at=NOW)
        desk.happened(change, outcome, f"2026-05-14T02:00:0{n}.000000Z", **({"record": record} if record else {}))


def seconds(desk: Desk, **query: str) -> str:
    """The seconds of what is found, in order, page by page."""
    seen, cursor = "", ""
    while True:
        page = desk.get("/events", cursor=cursor, **query).json
        seen += "".join(one["handled_at"][18] for one in page["items"])
        if (cursor := page["next_cursor"]) is None:
            return seen


@pytest.mark.parametrize(
    "query, found",
    [
        ({"phone": "0912 000 111"}, "710"),
        ({"phone": "+84912000222"}, "2"),
        ({"phone": "0912000333"}, ""),
        ({"phone": "none"}, ""),
        ({"code": "kh00012"}, "70"),
        ({"code": "dh001"}, "3"),
        ({"code": "#DH 001"}, "3"),
        ({"code": "991"}, "3"),
        ({"code": "HD000099"}, "4"),
        ({"code": "SP000007"}, "5"),
        ({"code": "dh-77"}, "6"),
        ({"code": "no such"}, ""),
        ({"code": "#"}, ""),
        ({"phone": "0912000111", "outcome": "stale"}, "71"),
        ({"phone": "0912000111", "code": "KH00012"}, "70"),
        ({"phone": "0912000222", "code": "KH00012"}, ""),
        ({"phone": "0912000111", "record": "c_2"}, "1"),
        ({"code": "DH-77", "outcome": "applied"}, ""),
        ({"code": "KH00012", "connection": "hub"}, ""),
        ({"code": "KH00012", "type": "order"}, ""),
        ({"phone": "0912000111", "from_": "2026-05-14T02:00:01Z", "to": "2026-05-14T02:00:06Z"}, "1"),
        ({"from_": "2026-05-15", "to": "2026-05-13"}, ""),
        ({"phone": "0912000111", "from_": "2026-05-15", "to": "2026-05-13"}, ""),
    ],
)
def test_a_phone_or_a_code_leads_to_the_stories_of_its_records(desk: Desk, query: dict[str, str], found: str) -> None:
    """What people have at hand: a number on a paper, a platform's id, a caller's phone; filters all hold together."""
    shop(desk)

    assert seconds(desk, **query) == found
    assert seconds(desk, limit="1", **query) == found


def test_a_record_that_the_hub_made_is_found_by_its_code_there(desk: Desk) -> None:
    """`RH-…` is what a platform shows of it."""
    one = record_id("customer", "hub", "1")
    desk.keep("customer", one, name="Hân")
    desk.happened(Change("s1", "customer", "7", received_at=NOW), "applied", "2026-05-14T02:00:09.000000Z", record=one)

    assert seconds(desk, code=remote_code(one).lower()) == "9"


def test_a_look_up_reads_stories_only(desk: Desk) -> None:
    """However much else happened: who has the phone, and what came of them."""
    shop(desk)
    desk.table.calls.clear()

    desk.get("/events", phone="0912000111")
    assert dict(desk.table.calls) == {"query": 3}
    desk.table.calls.clear()
    desk.get("/events", code="dh001")
    assert dict(desk.table.calls) == {"query": 4, "get_many": 2}


def test_a_phone_that_everybody_has_is_looked_for_day_by_day(desk: Desk) -> None:
    """A clerk who enters the shop's own number for every buyer."""
    for n in range(60):
        desk.keep("customer", f"c_{n}", phone="+84912000111")
        change = Change("s1", "customer", str(n), received_at=NOW)
        desk.happened(change, "applied", f"2026-05-14T02:00:{n:02}.000000Z", record=f"c_{n}")
    desk.happened(Change("s1", "customer", "x", received_at=NOW), "applied", record="c_other")
    desk.table.calls.clear()

    found = desk.get("/events", phone="0912000111", limit="2").json["items"]
    assert [one["source_id"] for one in found] == ["59", "58"]
    assert desk.table.calls["query"] < 5


@pytest.mark.parametrize("place", [["2026", 7], ["", "EVENT#1"], ["\ud800", "EVENT#1"], ["2" * 100, "EVENT#1"], {}])
def test_a_place_among_stories_that_is_none_is_refused(desk: Desk, place: Any) -> None:
    shop(desk)
    cursor = desk.get("/events", phone="0912000111", limit="1").json["next_cursor"]
    scope, _ = json.loads(base64.urlsafe_b64decode(cursor))
    forged = base64.urlsafe_b64encode(json.dumps([scope, json.dumps(place)]).encode()).decode()

    assert desk.get("/events", phone="0912000111", limit="1", cursor=forged).code == "bad_cursor"


@pytest.mark.parametrize("bound", ["yesterday", "2026-13-01", "9999-12-31T23:59:59-23:00"])
def test_a_bound_that_is_no_moment_is_refused(desk: Desk, bound: str) -> None:
    assert desk.get("/events", from_=bound).fields == {"from": "invalid_time"}


def story(desk: Desk) -> str:
    """A failed change of a customer who is delivered to a loyalty system; the event's id."""
    desk.keep("customer", "c_1", name="Lan")
    link = Link("customer", "c_1", "loyalty", "77", status="failed", error={"code": "refused", "at": NOW})
    desk.link(link.noted(NOW, "failed", code="refused"))
    change = Change("s1", "customer", "9", payload={"phone": "0912000111"}, received_at=NOW)
    return desk.happened(change, "failed", record="c_1", reason="invalid", error={"field": "phone"}).id


def test_the_whole_story_is_event_record_and_links(desk: Desk) -> None:
    """api.md, /events/{id}."""
    reply = desk.get(f"/events/{story(desk)}")

    told: dict[str, Any] = reply.json
    assert (told["outcome"], told["reason"], told["error"]) == ("failed", "invalid", {"field": "phone"})
    assert (told["record_now"]["id"], told["record_now"]["version"]) == ("c_1", 1)
    [link] = told["links"]
    assert (link["connection"], link["remote_id"], link["history"][0]["what"]) == ("loyalty", "77", "failed")


def test_an_event_tells_in_words_what_came_of_it_and_what_was_delivered_since(desk: Desk) -> None:
    """Deliveries of before have nothing to do with it."""
    loyalty = desk.connect("getfly")["id"]
    desk.keep("customer", "c_1", name="Lan")
    link = Link("customer", "c_1", loyalty, "77").noted("2026-05-14T01:00:00.000000Z", "created", remote_id="77")
    desk.link(link.noted("2026-05-14T02:00:09.000000Z", "updated", parts=["phone"]))
    notes = ({"code": "incomplete", "fields": ["email"]},)
    shown = {"record": "c_1", "version": 2, "changed": ("phone",), "notes": notes}
    change = Change("gone1", "customer", "9", via="catch_up", received_at=NOW)
    event = desk.happened(change, "applied", "2026-05-14T02:00:00.000000Z", **shown)

    assert [line["text"]["vi"] for line in desk.get(f"/events/{event.id}").json["lines"]] == [
        "kết nối đã xóa (gone1) báo thay đổi: số điện thoại (lấy định kỳ)",
        "Còn thiếu trường bắt buộc: e-mail",
        "Đã ghi vào Getfly (getfly): số điện thoại",
    ]


def test_what_people_did_to_a_connection_is_found_by_its_id_and_kind(desk: Desk) -> None:
    """Ids of what is no record do not tell what they are of."""
    shop = desk.connect("haravan")["id"]
    desk.later(60)
    desk.post(f"/connections/{shop}/pause")

    topics = [one["topic"] for one in desk.get("/events", record=shop, type="connection").json["items"]]
    assert topics == ["paused", "created"]
    assert desk.get("/events", record=shop).json["items"] == []


def test_what_an_act_changed_is_told_to_admins_only(desk: Desk) -> None:
    desk.connect("haravan")
    act = desk.get("/events", connection="hub").json["items"][0]["id"]

    assert "audit" in desk.get(f"/events/{act}").json["lines"][0]["details"]
    assert "audit" not in desk.call("GET", f"/events/{act}", role="staff").json["lines"][0]["details"]


def test_the_kept_content_is_for_admins_only(desk: Desk) -> None:
    event = story(desk)

    assert desk.get(f"/events/{event}").json["content"] == {"phone": "0912000111"}
    assert "0912000111" not in desk.call("GET", f"/events/{event}", role="staff").text


def test_an_unknown_event_is_404(desk: Desk) -> None:
    assert desk.get("/events/nothing").code == "unknown_event"
