"""events/resume_deliveries: once a minute what waits is queued again, and runs that fell silent are woken."""

import json
from dataclasses import replace

from functions.resume_deliveries.app import handler
from retailhub.domain.changes import Change, unpack
from retailhub.runtime import wiring
from retailhub.store import events, links, pulls
from retailhub.store.links import Link
from retailhub.store.pulls import Pull
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger

LONG_AGO, FAR_AHEAD = "2026-05-01T00:00:00.000000Z", "2999-01-01T00:00:00.000000Z"


def waiting(aws: Deployment, record: str, due_at: str) -> None:
    link = Link("customer", record, "gf0example", status="waiting", due_at=due_at, attempts=2, group=record)
    aws.table.write(links.put(link))


def test_a_delivery_whose_time_has_come_is_queued_again(aws: Deployment, lines: Lines) -> None:
    aws.connect("gf0example", "getfly")
    waiting(aws, "c_due", LONG_AGO)
    waiting(aws, "c_later", FAR_AHEAD)

    answer = handler(trigger("resume_deliveries", "scheduled"), Context())

    assert [json.loads(body)["id"] for body in aws.messages("GetflyDeliveries.fifo")] == ["c_due"]
    assert answer == {"resumed": {"gf0example": 1}, "woken": 0}
    assert [(line["platform"], line["Deliveries"]) for line in lines() if "Deliveries" in line] == [("getfly", 1)]


def test_a_parked_change_whose_time_has_come_is_queued_again(aws: Deployment) -> None:
    aws.connect("gf0example", "getfly")
    parked = events.of_change(Change("gf0example", "customer", "77", uid="1"), "parked", LONG_AGO, due_at=LONG_AGO)
    aws.table.write(events.put(parked))

    handler(trigger("resume_deliveries", "scheduled"), Context())

    [again] = [unpack(body) for body in aws.messages("Changes")]
    assert (again.source_id, again.attempt) == ("77", 1)


def test_a_run_that_fell_silent_is_woken(aws: Deployment) -> None:
    """Its message was lost, or died in the dead letters."""
    silent = Pull("run1", "kv0example", "backfill", ("customer",), started_at=LONG_AGO, beat_at=LONG_AGO)
    aws.table.write(pulls.put(silent))
    aws.table.write(pulls.put(replace(silent, id="run2", beat_at=wiring.now())))

    answer = handler(trigger("resume_deliveries", "scheduled"), Context())

    assert aws.messages("Pulls") == ["run1"]
    assert answer["woken"] == 1


def test_with_nothing_to_do_nothing_is_sent_or_told(aws: Deployment, lines: Lines) -> None:
    aws.connect("gf0example", "getfly")

    handler(trigger("resume_deliveries", "scheduled"), Context())

    assert not [name for name in aws.calls if name.startswith("sqs.Send")]
    assert lines() == []


def test_the_next_portion_is_queued_when_the_queue_asks_for_it(aws: Deployment) -> None:
    """A backlog drains portion by portion; the messages between them carry no records."""
    aws.connect("gf0example", "getfly")
    waiting(aws, "c_due", LONG_AGO)

    answer = handler(trigger("resume_deliveries", "next_portion"), Context())

    assert [json.loads(body)["id"] for body in aws.messages("GetflyDeliveries.fifo")] == ["c_due"]
    assert answer == {"batchItemFailures": []}


def test_more_than_a_portion_asks_for_another_one(aws: Deployment) -> None:
    aws.connect("gf0example", "getfly")
    for n in range(40):
        waiting(aws, f"c_{n:02}", LONG_AGO)

    handler(trigger("resume_deliveries", "scheduled"), Context())

    assert len(aws.messages("GetflyDeliveries.fifo")) < 40
    assert aws.messages("Resumptions.fifo") == ["gf0example"]
