"""CNV Loyalty's door: a proven notification is queued before 200."""

from retailhub.domain.changes import unpack
from tests.functions.conftest import Lines
from tests.functions.deployment import Deployment
from tests.functions.gateway import answered, cnv_loyalty, honest


def test_a_proven_notification_is_queued_before_200(aws: Deployment) -> None:
    aws.connect("cnv0example", "cnv_loyalty")

    answer = answered(honest("cnv_loyalty", "cnv0example"), "cnv_loyalty")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.type, change.source_id) == ("customer", "1")


def test_a_forged_notification_is_refused_and_nothing_is_kept(aws: Deployment, lines: Lines) -> None:
    """F16."""
    aws.connect("cnv0example", "cnv_loyalty")

    answer = answered(honest("cnv_loyalty", "cnv0example", key="guessed"), "cnv_loyalty")

    assert answer["statusCode"] == 401
    assert aws.messages("Changes") == []
    assert [line["outcome"] for line in lines() if "Webhooks" in line] == ["forged"]


def test_a_torn_body_is_quarantined(aws: Deployment) -> None:
    """F11."""
    aws.connect("cnv0example", "cnv_loyalty")

    answer = answered(cnv_loyalty("cnv0example", b'{"event": "customer.upd'), "cnv_loyalty")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "not_json")
