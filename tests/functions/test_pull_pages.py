"""events/pull_pages: a run goes through listings page after page and queues what differs."""

import json
from typing import Any

import pytest

from functions.pull_pages.app import handler
from retailhub.domain.changes import unpack
from retailhub.domain.errors import Throttled
from retailhub.runtime import wiring
from retailhub.store import pulls
from retailhub.store.pulls import Pull
from retailhub.sync import pull
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves

RUN = "catch_up.kv0example"


@pytest.fixture
def begun(aws: Deployment, shop: Shelves) -> Deployment:
    """A catch-up of a shop with five customers; the message of its first step was taken from the queue."""
    for n in range(5):
        shop.goods[str(n)] = {"id": str(n), "name": f"Khách {n}", "at": "2026-05-14T03:00:00.000000Z"}
    connection = aws.connect("kv0example", "kiotviet")
    pull.start(wiring.hub(), connection, "catch_up", connection.record_types, RUN)
    aws.messages("Pulls")
    return aws


def run_of(aws: Deployment) -> Pull:
    found = pulls.load(aws.table, RUN)
    assert found is not None
    return found


def pulled(told: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(line["platform"], line["outcome"]) for line in told if "Pulls" in line]


def test_every_row_that_says_something_new_is_queued(begun: Deployment, lines: Lines) -> None:
    answer = handler(trigger("pull_pages", "catch_up"), Context(120))

    changes = [unpack(body) for body in begun.messages("Changes")]
    assert answer == {"batchItemFailures": []}
    assert sorted(change.source_id for change in changes) == ["0", "1", "2", "3", "4"]
    assert {change.via for change in changes} == {"catch_up"}
    assert run_of(begun).status == "done"
    told = lines()
    assert pulled(told) == [("kiotviet", "done")]
    assert "Khách" not in json.dumps(told, ensure_ascii=False)


def test_with_little_time_left_the_rest_is_left_to_the_next_step(begun: Deployment, lines: Lines) -> None:
    answer = handler(trigger("pull_pages", "catch_up"), Context(24))

    assert answer == {"batchItemFailures": []}
    assert begun.messages("Changes") == []
    assert begun.messages("Pulls") == [RUN]
    assert pulled(lines()) == [("kiotviet", "running")]


def test_a_platform_that_asks_to_slow_down_only_delays_the_next_step(begun: Deployment, shop: Shelves) -> None:
    shop.trouble = Throttled("throttled", retry_after=0.1)

    answer = handler(trigger("pull_pages", "catch_up"), Context(120))

    assert answer == {"batchItemFailures": []}
    assert run_of(begun).status == "running"


def test_an_unexpected_error_repeats_the_step_from_its_saved_page(begun: Deployment, shop: Shelves) -> None:
    """F63: at most one page is repeated."""
    shop.broken.add("kv0example")
    event = trigger("pull_pages", "catch_up")

    answer = handler(event, Context(120))

    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}
    shop.broken.clear()
    handler(event, Context(120))
    assert len(begun.messages("Changes")) == 5


def test_a_step_of_a_run_that_nobody_knows_is_done_with(aws: Deployment, lines: Lines) -> None:
    answer = handler(trigger("pull_pages", "reconcile"), Context(120))

    assert answer == {"batchItemFailures": []}
    assert [line["pull"] for line in lines() if line["message"] == "pull step passed over"] == ["reconcile.kv0example"]
