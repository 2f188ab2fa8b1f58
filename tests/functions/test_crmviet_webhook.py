"""CRMVIET's door: a proven notification is queued before 200."""

from retailhub.domain.changes import unpack
from tests.functions.conftest import Lines
from tests.functions.deployment import Deployment
from tests.functions.gateway import answered, crmviet, honest


def test_a_proven_notification_is_queued_before_200(aws: Deployment) -> None:
    aws.connect("crm0example", "crmviet")

    answer = answered(honest("crmviet", "crm0example"), "crmviet")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.type, change.source_id) == ("customer", "1")


def test_a_forged_notification_is_refused_and_nothing_is_kept(aws: Deployment, lines: Lines) -> None:
    """F16."""
    aws.connect("crm0example", "crmviet")

    answer = answered(honest("crmviet", "crm0example", key="guessed"), "crmviet")

    assert answer["statusCode"] == 401
    assert aws.messages("Changes") == []
    assert [line["outcome"] for line in lines() if "Webhooks" in line] == ["forged"]


def test_a_torn_body_is_quarantined(aws: Deployment) -> None:
    """F11."""
    aws.connect("crm0example", "crmviet")

    answer = answered(crmviet("crm0example", b'{"action": "EDIT_CUS'), "crmviet")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "not_json")
