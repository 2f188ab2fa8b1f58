"""From the door to the table, twice: what is captured and sent again, at once or a day later, has one effect."""

from typing import Any

import pytest

from functions.apply_changes.app import handler as apply_changes
from retailhub.domain.changes import unpack
from retailhub.store import events, records
from retailhub.store.table import remote_key
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.gateway import answered, kiotviet, kiotviet_raw

SHOP = "kv0example"
LAN = {"Id": 1000042, "Code": "KH42", "Name": "Trần Thị Lan", "ModifiedDate": "2026-05-14T10:22:31.4870000"}


def applied(bodies: list[str]) -> dict[str, Any]:
    """What the queue's consumer answers to a batch of these messages."""
    [sample] = trigger("apply_changes", "customer_updated")["Records"]
    batch = [{**sample, "messageId": f"m{n}", "body": body} for n, body in enumerate(bodies)]
    answer: dict[str, Any] = apply_changes({"Records": batch}, Context())
    return answer


@pytest.mark.parametrize("copies", [10])
def test_a_call_that_comes_again_is_answered_200_and_has_one_effect(aws: Deployment, lines: Lines, copies: int) -> None:
    """F01, F07, F17: our 200 was lost, or somebody replays it: every copy gets 200, one is applied."""
    aws.connect(SHOP, "kiotviet")
    statuses = [answered(kiotviet(SHOP, [LAN]), "kiotviet")["statusCode"] for _ in range(copies)]
    assert statuses == [200] * copies
    assert applied(aws.messages("Changes")) == {"batchItemFailures": []}
    outcomes = [line["outcome"] for line in lines() if line.get("message") == "change"]
    assert outcomes == ["applied"] + ["echo"] * (copies - 1)
    pointer = aws.table.get(remote_key(SHOP, "customer", "1000042"))
    record = records.load(aws.table, "customer", pointer["record"])
    assert record
    assert (record.version, record.rev) == (1, 1)


def test_a_torn_batch_s_good_records_arrive_and_the_bad_ones_can_be_seen(aws: Deployment) -> None:
    """F11, F32: four items, one without an id, one whose name is no text: two records, one parked, one failed."""
    aws.connect(SHOP, "kiotviet")
    ba = {**LAN, "Id": 1000043, "Name": "Lê Văn Ba"}
    answered(kiotviet(SHOP, [LAN, {"Name": "Không số"}, {**LAN, "Id": 7, "Name": {"x": 1}}, ba]), "kiotviet")
    bodies = aws.messages("Changes")
    assert applied(bodies) == {"batchItemFailures": []}
    ended = {(e.source_id, e.outcome, bool(e.message)) for body in bodies if (e := _event(aws, body))}
    good = {(source_id, "applied", False) for source_id in ("1000042", "1000043")}
    assert ended == good | {("", "parked", True), ("7", "failed", True)}


@pytest.mark.parametrize("body", [b"[" * 6_000_000, b"\x00" * 300_000, '{"Notifications": []}'.encode("utf-16")])
def test_a_signed_body_that_nobody_can_read_ends_as_a_row_that_a_person_sees(aws: Deployment, body: bytes) -> None:
    """F21, F22, F23: through the real queue and table, within their sizes; 200 at the door."""
    aws.connect(SHOP, "kiotviet")
    assert answered(kiotviet_raw(SHOP, body), "kiotviet")["statusCode"] == 200
    [message] = aws.messages("Changes")
    assert applied([message]) == {"batchItemFailures": []}
    event = _event(aws, message)
    assert event
    assert (event.outcome, event.due_at) == ("parked", "")
    assert event.change
    assert event.change.payload["bytes"] == len(body)


def _event(aws: Deployment, body: str) -> events.Event | None:
    return events.load(aws.table, unpack(body).event_id)
