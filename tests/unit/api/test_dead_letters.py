"""Dead letters by the API: what stands still, and trying it again with today's code."""

import hashlib
import hmac
import json
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.errors import Temporary
from retailhub.platforms.kiotviet.webhook import receive
from retailhub.platforms.webhooks import Request
from retailhub.store import events, links
from retailhub.store.links import Link
from retailhub.store.table import parked_for
from tests.unit.api.desk import NOW, Desk


def failed_event(desk: Desk, connection: str, source_id: str = "9", reason: str = "invalid") -> str:
    """A change that could not be applied; its event's id."""
    change = Change(connection, "customer", source_id, payload={"id": source_id}, received_at=NOW)
    return desk.happened(change, "failed", reason=reason, error={"code": reason}).id


def failed_link(desk: Desk, connection: str, *, asked: bool = False) -> None:
    """A delivery of an order that was refused."""
    desk.keep("order", "o_1", order_number="HD1", buyer={"customer": "c_1"})
    error = {"code": "refused", "at": NOW, "message": "no such product"}
    desk.link(Link("order", "o_1", connection, status="failed", attempts=2, asked=asked, error=error))


def quarantined(desk: Desk, connection: str, key: str, body: bytes) -> str:
    """A KiotViet webhook, signed with `key`, as the hub set it aside; its event's id."""
    proof = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    headers = {"x-hub-signature": f"sha1={proof}"}
    [change] = receive(
        Request(connection, "POST", headers, {}, body, "customer.update", NOW),
        desk.secrets.get(connection) or no_secret(),
    ).changes
    assert change.action == "quarantine"
    return desk.happened(change, "parked", reason=change.reason).id


def no_secret() -> Any:
    raise AssertionError("the connection has a secret")


BODY = json.dumps({"Notifications": [{"Action": "customer.update.1", "Data": [{"Id": 5, "Name": "Lan"}]}]}).encode()


def test_what_stands_still_is_grouped_by_queue_and_cause(desk: Desk) -> None:
    """api.md, /dead-letters."""
    shop, crm = desk.connect("kiotviet")["id"], desk.connect("getfly")["id"]
    failed_event(desk, shop, "1")
    failed_event(desk, shop, "2")
    failed_event(desk, shop, "3", reason="too_large")
    failed_link(desk, crm)
    quarantined(desk, shop, "guessed", BODY)
    desk.letters.lay("ScheduleFailures", "m1")

    groups = desk.get("/dead-letters").json["items"]

    assert (groups[0]["queue"], groups[0]["cause"], groups[0]["count"]) == ("Changes", "invalid", 2)
    assert {(group["queue"], group["cause"]) for group in groups} == {
        ("Changes", "invalid"),
        ("Changes", "too_large"),
        ("GetflyDeliveries", "refused"),
        ("Quarantine", "bad_signature"),
        ("ScheduleFailures", "x"),
    }
    assert desk.letters.hidden == set(), "looking leaves the letters where they were"


def test_one_group_is_shown_with_more_of_its_entries(desk: Desk) -> None:
    """Of many groups a few of each; who opens one sees what it is made of, and what a notice was about."""
    shop = desk.connect("kiotviet")["id"]
    for n in range(30):
        failed_event(desk, shop, str(n))
    quarantined(desk, shop, "guessed", BODY)

    [most, least] = desk.get("/dead-letters").json["items"]
    [opened] = desk.get("/dead-letters", queue="Changes", cause="invalid").json["items"]
    assert (most["count"], len(most["entries"]), len(opened["entries"])) == (30, 20, 30)
    assert least["entries"][0]["topic"] == "customer.update"


def test_the_list_can_be_narrowed(desk: Desk) -> None:
    shop, crm = desk.connect("kiotviet")["id"], desk.connect("getfly")["id"]
    failed_event(desk, shop)
    failed_link(desk, crm)

    [by_queue] = desk.get("/dead-letters", queue="GetflyDeliveries").json["items"]
    [by_connection] = desk.get("/dead-letters", connection=shop).json["items"]

    assert by_queue["entries"][0]["record"] == "o_1"
    assert by_connection["entries"][0]["source_id"] == "9"
    assert desk.get("/dead-letters", cause="nothing").json["items"] == []


def test_a_paused_connections_changes_are_no_dead_letters(desk: Desk) -> None:
    shop = desk.connect("kiotviet")["id"]
    desk.happened(Change(shop, "customer", "1", received_at=NOW), "parked", reason="paused", due_at=NOW)

    assert desk.get("/dead-letters").json["items"] == []


def test_a_failed_event_is_sent_again(desk: Desk) -> None:
    """F77."""
    event = failed_event(desk, desk.connect("kiotviet")["id"])

    reply = desk.post("/dead-letters/redrive", {"ids": [f"event.{event}"]})

    [change] = desk.queues.changes
    assert reply.json["results"] == [{"id": f"event.{event}", "outcome": "redriven", "reason": ""}]
    assert (change.event_id, change.attempt, change.payload) == (event, 1, {"id": "9"})
    assert desk.get(f"/events/{event}").json["outcome"] == "received"
    assert desk.get("/dead-letters").json["items"] == []


def refuse(changes: Any) -> None:
    """The queue does not answer."""
    raise Temporary("queue_unavailable")


def test_a_redrive_that_was_killed_before_it_sent_is_taken_up_by_the_schedule(desk: Desk) -> None:
    """F35: the mark keeps the change and falls due by itself."""
    shop = desk.connect("kiotviet")["id"]
    event = failed_event(desk, shop)
    desk.queues.send_changes = refuse  # type: ignore[method-assign]

    reply = desk.post("/dead-letters/redrive", {"ids": [f"event.{event}"]})

    [waiting] = desk.table.query(parked_for(shop), index="due", until="2026-05-14T03:05:00.000000Z~").items
    assert reply.json["results"][0]["reason"] == "queue_unavailable"
    assert events.from_item(waiting).change is not None


def test_asking_twice_sends_once(desk: Desk) -> None:
    """F77."""
    event = failed_event(desk, desk.connect("kiotviet")["id"])

    desk.post("/dead-letters/redrive", {"ids": [f"event.{event}"]})
    second = desk.post("/dead-letters/redrive", {"ids": [f"event.{event}"]}).json

    assert len(desk.queues.changes) == 1
    assert second["results"] == [{"id": f"event.{event}", "outcome": "skipped", "reason": "not_standing_still"}]


def test_a_failed_delivery_waits_and_is_sent_again(desk: Desk) -> None:
    crm = desk.connect("getfly")["id"]
    failed_link(desk, crm, asked=True)

    desk.post("/dead-letters/redrive", {"filter": {"queue": "GetflyDeliveries"}})

    [wish] = desk.queues.deliveries
    link = links.load(desk.table, "order", "o_1", crm)
    assert link
    assert (wish.connection, wish.id, wish.group, wish.attempt, wish.asked) == (crm, "o_1", "c_1", 3, True)
    assert (link.status, link.attempts, link.group, link.error) == ("waiting", 3, "c_1", {})
    assert link.history[-1]["what"] == "redriven"


def test_a_quarantined_webhook_is_judged_with_todays_secret(desk: Desk) -> None:
    """F19: the secret that it was signed with was entered afterwards."""
    shop = desk.connect("kiotviet")["id"]
    event = quarantined(desk, shop, "the-later-secret", BODY)
    secret = desk.secrets.get(shop)
    assert secret
    desk.secrets.put(shop, type(secret)(secret.credentials, current="the-later-secret"))

    reply = desk.post("/dead-letters/redrive", {"filter": {"queue": "Quarantine"}}).json

    [change] = desk.queues.changes
    assert (reply["redriven"], change.action, change.source_id, change.attempt) == (1, "upsert", "5", 1)
    assert (desk.get(f"/events/{event}").json["reason"], desk.get("/dead-letters").json["items"]) == (
        "judged_again",
        [],
    )


def test_a_forged_webhook_stays_in_quarantine(desk: Desk) -> None:
    """F16."""
    shop = desk.connect("kiotviet")["id"]
    event = quarantined(desk, shop, "guessed", BODY)

    reply = desk.post("/dead-letters/redrive", {"ids": [f"event.{event}"]}).json

    assert reply["results"] == [{"id": f"event.{event}", "outcome": "skipped", "reason": "bad_signature"}]
    assert desk.queues.changes == []
    assert desk.get(f"/events/{event}").json["outcome"] == "parked"


def test_a_message_goes_back_to_its_queue(desk: Desk) -> None:
    desk.letters.lay("Changes", "m1", '{"a": 1}')
    desk.letters.lay("Changes", "m2")

    reply = desk.post("/dead-letters/redrive", {"ids": ["message.Changes.m1"]}).json

    assert reply["redriven"] == 1
    assert [letter.body for letter in desk.letters.sent] == ['{"a": 1}']
    assert [letter.id for letter in desk.letters.lying["Changes"]] == ["m2"]
    assert desk.letters.hidden == {"m1"}, "what was not meant can be seen again"


def test_a_failed_schedule_is_put_away_for_its_next_run_does_the_work(desk: Desk) -> None:
    desk.letters.lay("ScheduleFailures", "m1")

    desk.post("/dead-letters/redrive", {"filter": {"queue": "ScheduleFailures"}})

    assert (desk.letters.sent, desk.letters.lying["ScheduleFailures"]) == ([], [])


def test_a_dry_run_tells_and_does_nothing(desk: Desk) -> None:
    event = failed_event(desk, desk.connect("kiotviet")["id"])
    desk.letters.lay("Changes", "m1")

    reply = desk.post("/dead-letters/redrive", {"filter": {}, "dry_run": True}).json

    assert (reply["dry_run"], reply["redriven"]) == (True, 0)
    assert {line["outcome"] for line in reply["results"]} == {"would_redrive"}
    assert {line["id"] for line in reply["results"]} == {f"event.{event}", "message.Changes.m1"}
    assert (desk.queues.changes, desk.letters.hidden) == ([], set())


def test_one_that_cannot_be_redriven_does_not_stop_the_others(desk: Desk) -> None:
    shop, crm = desk.connect("kiotviet")["id"], desk.connect("getfly")["id"]
    desk.link(Link("order", "o_gone", crm, status="failed", error={"code": "refused", "at": NOW}))
    failed_event(desk, shop)

    reply = desk.post("/dead-letters/redrive", {"filter": {}}).json

    assert (reply["redriven"], reply["skipped"]) == (1, 1)
    assert {line["reason"] for line in reply["results"]} == {"", "gone"}


def test_ids_or_a_filter_but_not_both_nor_neither(desk: Desk) -> None:
    for body in ({}, {"ids": ["event.1"], "filter": {}}):
        assert desk.post("/dead-letters/redrive", body).fields == {"body": "ids_or_filter"}
