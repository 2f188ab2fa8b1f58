"""events/kiotviet_catch_up: every few minutes KiotViet is asked for what changed."""

from functions.kiotviet_catch_up.app import handler
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves


def test_each_active_connection_of_the_platform_begins_a_run(aws: Deployment, shop: Shelves, lines: Lines) -> None:
    aws.connect("kv0example", "kiotviet")
    aws.connect("paused", "kiotviet", status="paused")
    aws.connect("other", "haravan")

    answer = handler(trigger("kiotviet_catch_up", "scheduled"), Context())

    assert answer == {"begun": ["kv0example"]}
    assert aws.messages("Pulls") == ["catch_up.kv0example"]
    assert [(line["platform"], line["Pulls"]) for line in lines() if "Pulls" in line] == [("kiotviet", 1)]


def test_a_schedule_that_fires_twice_begins_one_run(aws: Deployment, shop: Shelves) -> None:
    """F42."""
    aws.connect("kv0example", "kiotviet")
    handler(trigger("kiotviet_catch_up", "scheduled"), Context())

    answer = handler(trigger("kiotviet_catch_up", "scheduled"), Context())

    assert answer == {"begun": []}
    assert len(aws.messages("Pulls")) == 1
