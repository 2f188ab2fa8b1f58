"""SQS and SSM as the hub relies on them."""

import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

MEGABYTE = 1024 * 1024


@pytest.fixture
def ordered(sqs: Any) -> str:
    """A queue as the template makes them for deliveries."""
    attributes = {
        "FifoQueue": "true",
        "DeduplicationScope": "messageGroup",
        "FifoThroughputLimit": "perMessageGroupId",
        "VisibilityTimeout": "30",
    }
    return sqs.create_queue(QueueName=f"{uuid.uuid4().hex}.fifo", Attributes=attributes)["QueueUrl"]


@pytest.fixture
def plain(sqs: Any) -> str:
    return sqs.create_queue(QueueName=uuid.uuid4().hex)["QueueUrl"]


def send(sqs: Any, url: str, body: str, group: str, key: str = "") -> None:
    sqs.send_message(
        QueueUrl=url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=key or uuid.uuid4().hex
    )


def take(sqs: Any, url: str, visible_in: int = 30) -> list[dict[str, Any]]:
    answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=visible_in)
    return answer.get("Messages", [])


def bodies(messages: list[dict[str, Any]]) -> list[str]:
    return [each["Body"] for each in messages]


def test_messages_of_one_record_come_in_order(sqs: Any, ordered: str) -> None:
    for number in range(5):
        send(sqs, ordered, str(number), "record")

    assert bodies(take(sqs, ordered)) == ["0", "1", "2", "3", "4"]


def test_a_message_in_flight_holds_up_its_own_record_and_no_other(sqs: Any, ordered: str) -> None:
    send(sqs, ordered, "a1", "a")
    assert bodies(take(sqs, ordered)) == ["a1"]

    send(sqs, ordered, "a2", "a")
    send(sqs, ordered, "b1", "b")

    assert bodies(take(sqs, ordered)) == ["b1"]


def test_order_is_kept_when_a_message_comes_back(sqs: Any, ordered: str) -> None:
    send(sqs, ordered, "first", "record")
    send(sqs, ordered, "second", "record")
    assert bodies(take(sqs, ordered, visible_in=1)) == ["first", "second"]

    time.sleep(1.2)

    assert bodies(take(sqs, ordered)) == ["first", "second"]


def test_the_same_message_twice_is_one_message_but_in_another_group_it_is_another(sqs: Any, ordered: str) -> None:
    send(sqs, ordered, "x", "a", key="same")
    send(sqs, ordered, "x", "a", key="same")
    send(sqs, ordered, "x", "b", key="same")

    assert len(take(sqs, ordered)) == 2


def test_a_message_of_almost_a_megabyte_goes_through_and_a_larger_one_is_refused(sqs: Any, plain: str) -> None:
    """AWS's limit is 1 MiB since 2025."""
    sqs.send_message(QueueUrl=plain, MessageBody="x" * (MEGABYTE - 1024))
    assert len(take(sqs, plain)[0]["Body"]) == MEGABYTE - 1024

    with pytest.raises(ClientError) as refused:
        sqs.send_message(QueueUrl=plain, MessageBody="x" * (MEGABYTE + 1))
    assert refused.value.response["Error"]["Code"].endswith("InvalidParameterValue")


def test_what_cannot_be_worked_on_ends_among_the_dead_letters(sqs: Any, plain: str) -> None:
    dead = sqs.create_queue(QueueName=uuid.uuid4().hex)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = f'{{"deadLetterTargetArn": "{arn}", "maxReceiveCount": 2}}'
    sqs.set_queue_attributes(QueueUrl=plain, Attributes={"RedrivePolicy": policy})
    sqs.send_message(QueueUrl=plain, MessageBody="poison")

    for _ in range(3):
        take(sqs, plain, visible_in=0)

    assert bodies(take(sqs, dead)) == ["poison"]


def test_ten_messages_go_in_one_call_and_each_tells_its_own_fate(sqs: Any, plain: str) -> None:
    entries = [{"Id": str(number), "MessageBody": str(number)} for number in range(10)]

    answer = sqs.send_message_batch(QueueUrl=plain, Entries=entries)

    assert [each["Id"] for each in answer["Successful"]] == [entry["Id"] for entry in entries]
    assert not answer.get("Failed")


def test_a_secret_is_read_in_plain_only_when_asked(connect: Any) -> None:
    ssm = connect("ssm")
    ssm.put_parameter(Name="/retailhub/x/connections/1", Value="bí mật", Type="SecureString")

    locked = ssm.get_parameter(Name="/retailhub/x/connections/1")["Parameter"]
    opened = ssm.get_parameter(Name="/retailhub/x/connections/1", WithDecryption=True)["Parameter"]

    assert locked["Value"] != "bí mật"
    assert (opened["Value"], opened["Type"]) == ("bí mật", "SecureString")


def test_a_secret_is_not_overwritten_unless_asked(connect: Any) -> None:
    ssm = connect("ssm")
    ssm.put_parameter(Name="/retailhub/x/connections/2", Value="a", Type="SecureString")

    with pytest.raises(ssm.exceptions.ParameterAlreadyExists):
        ssm.put_parameter(Name="/retailhub/x/connections/2", Value="b", Type="SecureString")
    ssm.put_parameter(Name="/retailhub/x/connections/2", Value="c", Type="SecureString", Overwrite=True)

    answer = ssm.get_parameter(Name="/retailhub/x/connections/2", WithDecryption=True)
    assert (answer["Parameter"]["Value"], answer["Parameter"]["Version"]) == ("c", 2)
