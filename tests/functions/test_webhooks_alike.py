"""What every webhook function promises, whichever platform knocks."""

import pytest
from botocore.exceptions import ClientError

from retailhub.domain.changes import unpack
from retailhub.domain.connections import WITH_WEBHOOK, PlatformName
from retailhub.runtime import aws as clients
from retailhub.runtime import intake
from tests.functions.conftest import Lines
from tests.functions.deployment import KEY, Deployment, forget_everything
from tests.functions.gateway import answered, honest, kiotviet


@pytest.fixture(params=WITH_WEBHOOK)
def platform(request: pytest.FixtureRequest) -> PlatformName:
    found: PlatformName = request.param
    return found


def fails(**_: object) -> None:
    raise ClientError({"Error": {"Code": "InternalError", "Message": "0912000042"}}, "Anything")


def test_what_cannot_be_queued_is_not_answered_200(aws: Deployment, platform: PlatformName, lines: Lines) -> None:
    """Design §2: durable before 200; a 503 lets the platform send again."""
    aws.connect("shop1", platform)
    clients.client("sqs").delete_queue(QueueUrl=aws.urls["Changes"])

    answer = answered(honest(platform, "shop1"), platform)

    assert answer["statusCode"] == 503
    told = lines()
    assert [line["outcome"] for line in told if "Webhooks" in line] == ["unavailable"]
    assert [line["cause"] for line in told if line.get("level") == "ERROR"] == ["queue_unavailable"]


def test_without_its_secret_store_a_webhook_fails_closed(aws: Deployment, platform: PlatformName, lines: Lines) -> None:
    """F46: 503, retryable, never open."""
    aws.connect("shop1", platform)
    clients.client("ssm").meta.events.register("before-call", fails, unique_id="down")
    try:
        answer = answered(honest(platform, "shop1", key="guessed"), platform)
    finally:
        clients.client("ssm").meta.events.unregister("before-call", unique_id="down")

    assert answer["statusCode"] == 503
    assert aws.messages("Changes") == []
    assert [line["cause"] for line in lines() if line.get("level") == "ERROR"] == ["secrets_unavailable"]


def test_a_refusal_by_the_queue_of_one_record_refuses_the_whole_call(aws: Deployment) -> None:
    """SendMessageBatch may take some entries and refuse others; the repeat of the taken ones is harmless."""
    aws.connect("shop1", "kiotviet")
    refusal = {"Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}], "Successful": []}

    def refused(parsed: dict[str, object], **_: object) -> None:
        parsed.update(refusal)

    clients.client("sqs").meta.events.register("after-call.sqs.SendMessageBatch", refused, unique_id="refused")
    try:
        answer = answered(honest("kiotviet", "shop1"), "kiotviet")
    finally:
        clients.client("sqs").meta.events.unregister("after-call.sqs.SendMessageBatch", unique_id="refused")

    assert answer["statusCode"] == 503


@pytest.mark.parametrize("records, sends", [(1, 1), (10, 1), (11, 2), (25, 3)])
def test_ten_records_cost_one_send_and_no_call_to_the_table(aws: Deployment, records: int, sends: int) -> None:
    """The counted figure: 0 DynamoDB writes and one queue send per ten records, on a warm function."""
    aws.connect("shop1", "kiotviet")
    answered(kiotviet("shop1", [{"Id": 999}]), "kiotviet")
    aws.calls.clear()

    answered(kiotviet("shop1", [{"Id": n + 1} for n in range(records)]), "kiotviet")

    assert dict(aws.calls) == {"sqs.SendMessageBatch": sends}


def test_warm_functions_keep_two_shops_apart(aws: Deployment) -> None:
    """F45: A, B, A, B in one process answer as in fresh processes; A's key is nothing at B's door."""
    knocks = [("shopa", "key-of-a"), ("shopb", "key-of-b"), ("shopa", "key-of-b"), ("shopb", "key-of-a")]
    for name in ("shopa", "shopb"):
        connection = aws.connect(name, "getfly")
        secret = intake.fresh_secrets().get(connection.id)
        assert secret is not None
        intake.fresh_secrets().put(name, type(secret)(current=f"key-of-{name[-1]}"))

    warm = [answered(honest("getfly", *knock), "getfly")["statusCode"] for knock in knocks * 2]
    fresh = []
    for knock in knocks * 2:
        forget_everything()
        fresh.append(answered(honest("getfly", *knock), "getfly")["statusCode"])

    assert warm == fresh == [200, 200, 401, 401] * 2
    assert {unpack(body).connection for body in aws.messages("Changes")} == {"shopa", "shopb"}


def test_a_secret_that_was_rotated_is_good_until_its_day(aws: Deployment) -> None:
    """F19: two live secrets in the overlap."""
    for name, until in (("overlap", "2999-01-01T00:00:00Z"), ("over", "2020-01-01T00:00:00Z")):
        aws.connect(name, "getfly")
        secret = intake.fresh_secrets().get(name)
        assert secret is not None
        intake.fresh_secrets().put(name, type(secret)(current="new", previous=KEY, previous_until=until))

    doors = ("overlap", "over")
    old = [answered(honest("getfly", door, key=KEY), "getfly")["statusCode"] for door in doors]
    new = [answered(honest("getfly", door, key="new"), "getfly")["statusCode"] for door in doors]

    assert (old, new) == ([200, 401], [200, 200])
