"""events/haravan_catch_up: every few minutes Haravan is asked for what changed."""

from functions.haravan_catch_up.app import handler
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves


def test_each_active_connection_of_the_platform_begins_a_run(aws: Deployment, shop: Shelves, lines: Lines) -> None:
    aws.connect("hrv0example", "haravan")
    aws.connect("paused", "haravan", status="paused")
    aws.connect("other", "kiotviet")

    answer = handler(trigger("haravan_catch_up", "scheduled"), Context())

    assert answer == {"begun": ["hrv0example"]}
    assert aws.messages("Pulls") == ["catch_up.hrv0example"]
    assert [(line["platform"], line["Pulls"]) for line in lines() if "Pulls" in line] == [("haravan", 1)]


def test_a_schedule_that_fires_twice_begins_one_run(aws: Deployment, shop: Shelves) -> None:
    """F42."""
    aws.connect("hrv0example", "haravan")
    handler(trigger("haravan_catch_up", "scheduled"), Context())

    answer = handler(trigger("haravan_catch_up", "scheduled"), Context())

    assert answer == {"begun": []}
    assert len(aws.messages("Pulls")) == 1
