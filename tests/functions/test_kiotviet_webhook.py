"""KiotViet's door: a signed notification is queued before 200, and no call whatever gets a 4xx."""

from typing import Any

import pytest

from retailhub.domain.changes import unpack
from tests.functions.conftest import Lines
from tests.functions.deployment import Deployment
from tests.functions.gateway import answered, called, kiotviet, kiotviet_raw

SHOP = "kv0example"


def test_each_record_of_a_notification_is_queued_before_200(aws: Deployment, lines: Lines) -> None:
    """R-KV-01: several items in one body."""
    aws.connect(SHOP, "kiotviet")

    answer = answered(kiotviet(SHOP, [{"Id": 1, "Name": "Lan"}, {"Id": 2, "Name": "Ba"}]), "kiotviet")

    changes = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert sorted((change.source_id, change.action, change.proof) for change in changes) == [
        ("1", "upsert", "text"),
        ("2", "upsert", "text"),
    ]
    told = lines()
    assert [line["outcome"] for line in told if "Webhooks" in line] == ["accepted"]
    assert "Lan" not in str(told)


def test_a_forged_notification_is_answered_200_and_quarantined(aws: Deployment, lines: Lines) -> None:
    """F16 for KiotViet: a 4xx would end the subscription."""
    aws.connect(SHOP, "kiotviet")

    answer = answered(kiotviet(SHOP, [{"Id": 1}], key="guessed"), "kiotviet")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "bad_signature")
    told = lines()
    assert [line["Quarantined"] for line in told if "Quarantined" in line] == [1]
    [described] = [line["_aws"]["CloudWatchMetrics"][0] for line in told if "Quarantined" in line]
    assert ["service"] in described["Dimensions"], "the quarantine alarm watches the whole service"


def test_a_torn_body_is_answered_200_and_quarantined(aws: Deployment) -> None:
    """F11."""
    aws.connect(SHOP, "kiotviet")

    answer = answered(kiotviet_raw(SHOP, b'{"Notifications": [{"Action": "customer.upd'), "kiotviet")

    [change] = [unpack(body) for body in aws.messages("Changes")]
    assert answer["statusCode"] == 200
    assert (change.action, change.reason) == ("quarantine", "not_json")


@pytest.mark.parametrize("connection", ["nobody", "", "../kv0example", "é", "x" * 5000, "a b"])
def test_an_address_of_nobody_is_answered_200(aws: Deployment, lines: Lines, connection: str) -> None:
    answer = answered(kiotviet(connection, [{"Id": 1}]), "kiotviet")

    assert answer["statusCode"] == 200
    assert aws.messages("Changes") == []
    assert [line["outcome"] for line in lines() if "Webhooks" in line] == ["unknown_connection"]


ODD: dict[str, dict[str, Any]] = {
    "nothing at all": {},
    "nulls": {"pathParameters": None, "headers": None, "queryStringParameters": None, "requestContext": None},
    "a HEAD": called("kiotviet", SHOP, b"", method="HEAD"),
    "a GET": called("kiotviet", SHOP, b"", method="GET", query={"echo": "hello"}),
    "an empty body": called("kiotviet", SHOP, b""),
    "odd signatures": called("kiotviet", SHOP, b"{}", {"x-hub-signature": "sha1=é\n\ud800"}),
    "a list of headers": {**called("kiotviet", SHOP, b"{}"), "headers": {"X-Hub-Signature": ["sha1=0", "sha1=1"]}},
    "cookies": {**called("kiotviet", SHOP, b"{}"), "cookies": ["a=b"]},
    "broken base64": {**called("kiotviet", SHOP, b"{}"), "body": "%%%"},
    "six megabytes": called("kiotviet", SHOP, b"[" * 6_000_000),
    "deep JSON, signed": kiotviet_raw(SHOP, b"[" * 100_000),
    "UTF-16, signed": kiotviet_raw(SHOP, '{"Notifications": []}'.encode("utf-16")),
    "numbers beyond all bounds, signed": kiotviet_raw(SHOP, b'{"Notifications": [' + b"9" * 5000 + b"]}"),
    "a number for an object, signed": kiotviet_raw(SHOP, b"7"),
}


@pytest.mark.parametrize("what", ODD)
def test_whatever_comes_kiotviet_is_never_answered_4xx(aws: Deployment, what: str) -> None:
    """F20, F21, F22, F23: design §2, promise of its own."""
    aws.connect(SHOP, "kiotviet")

    answer = answered(ODD[what], "kiotviet")

    assert answer["statusCode"] == 200, answer
