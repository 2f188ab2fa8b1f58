"""Getfly's door: a thin notice with the right secret is queued before 200."""

from retailhub.domain.changes import unpack
from tests.functions.conftest import Lines
from tests.functions.deployment import KEY, Deployment
from tests.functions.gateway import answered, called, getfly, honest

TENANT = "gf0example"


def test_a_thin_notice_is_queued_before_200_without_its_secret(aws: Deployment, lines: Lines) -> None:
    """R-CNV-05, F27."""
    aws.connect(TENANT, "getfly")

    answer = answered(honest("getfly", TENANT), "getfly")

    [body] = aws.messages("Changes")
    assert answer["statusCode"] == 200
    assert (unpack(body).type, unpack(body).source_id, unpack(body).payload) == ("customer", "1", None)
    assert KEY not in body + str(lines())


def test_a_forged_notice_is_refused_and_nothing_is_kept(aws: Deployment, lines: Lines) -> None:
    """F16."""
    aws.connect(TENANT, "getfly")

    answer = answered(honest("getfly", TENANT, key="guessed"), "getfly")

    assert answer["statusCode"] == 401
    assert aws.messages("Changes") == []
    assert [line["outcome"] for line in lines() if "Webhooks" in line] == ["forged"]


def test_a_notice_without_an_id_is_quarantined(aws: Deployment) -> None:
    aws.connect(TENANT, "getfly")

    answer = answered(getfly(TENANT, {"event": "customer.updated", "uid": "u1", "data[x]": "1"}), "getfly")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "no_id")


def test_a_torn_notice_proves_nothing(aws: Deployment) -> None:
    aws.connect(TENANT, "getfly")
    torn = b'{"secret_key": "' + KEY.encode() + b'", "data": {"acc'

    answer = answered(called("getfly", TENANT, torn, {"content-type": "application/json"}), "getfly")

    assert answer["statusCode"] == 401
    assert aws.messages("Changes") == []
