"""Haravan's door: the handshake, and signed notifications queued before 200."""

from retailhub.domain.changes import unpack
from tests.functions.deployment import KEY, Deployment
from tests.functions.gateway import answered, called, haravan

SHOP = "hrv0example"


def test_a_signed_customer_is_queued_before_200(aws: Deployment) -> None:
    """R-HRV-06."""
    aws.connect(SHOP, "haravan")

    answer = answered(haravan(SHOP, b'{"id": 1001, "first_name": "Lan"}'), "haravan")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.type, change.source_id, change.action) == ("customer", "1001", "upsert")


def test_a_forged_notification_is_quarantined_and_not_applied(aws: Deployment) -> None:
    """F16; nineteen failures in a row would delete the subscription, so it is 200."""
    aws.connect(SHOP, "haravan")

    answer = answered(haravan(SHOP, b'{"id": 1001}', key="guessed"), "haravan")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "bad_signature")


def test_a_torn_body_is_quarantined(aws: Deployment) -> None:
    """F11."""
    aws.connect(SHOP, "haravan")

    answer = answered(haravan(SHOP, b'{"id": 1001, "first'), "haravan")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "not_json")


def test_the_handshake_gets_its_challenge_back(aws: Deployment) -> None:
    """haravan.md §2.1."""
    aws.connect(SHOP, "haravan")
    query = {"hub.mode": "subscribe", "hub.verify_token": KEY, "hub.challenge": "4711"}

    answer = answered(called("haravan", SHOP, b"", method="GET", query=query), "haravan")

    assert (answer["statusCode"], answer["body"]) == (200, "4711")
    assert aws.messages("Changes") == []


def test_an_address_of_nobody_is_not_found(aws: Deployment) -> None:
    answer = answered(haravan("nobody", b'{"id": 1001}'), "haravan")

    assert answer["statusCode"] == 404
    assert aws.messages("Changes") == []
