"""Events by the API: what came in and what became of it."""

from typing import Any

import pytest

from retailhub.domain.changes import Change
from retailhub.store.links import Link
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


def test_the_kept_content_is_for_admins_only(desk: Desk) -> None:
    event = story(desk)

    assert desk.get(f"/events/{event}").json["content"] == {"phone": "0912000111"}
    assert "0912000111" not in desk.call("GET", f"/events/{event}", role="staff").text


def test_an_unknown_event_is_404(desk: Desk) -> None:
    assert desk.get("/events/nothing").code == "unknown_event"
