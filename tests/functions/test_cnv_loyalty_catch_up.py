"""events/cnv_loyalty_catch_up: every few minutes CNV Loyalty is asked for what changed."""

from functions.cnv_loyalty_catch_up.app import handler
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves


def test_each_active_connection_of_the_platform_begins_a_run(aws: Deployment, shop: Shelves, lines: Lines) -> None:
    aws.connect("cnv0example", "cnv_loyalty")
    aws.connect("paused", "cnv_loyalty", status="paused")
    aws.connect("other", "kiotviet")

    answer = handler(trigger("cnv_loyalty_catch_up", "scheduled"), Context())

    assert answer == {"begun": ["cnv0example"]}
    assert aws.messages("Pulls") == ["catch_up.cnv0example"]
    assert [(line["platform"], line["Pulls"]) for line in lines() if "Pulls" in line] == [("cnv_loyalty", 1)]


def test_a_schedule_that_fires_twice_begins_one_run(aws: Deployment, shop: Shelves) -> None:
    """F42."""
    aws.connect("cnv0example", "cnv_loyalty")
    handler(trigger("cnv_loyalty_catch_up", "scheduled"), Context())

    answer = handler(trigger("cnv_loyalty_catch_up", "scheduled"), Context())

    assert answer == {"begun": []}
    assert len(aws.messages("Pulls")) == 1
