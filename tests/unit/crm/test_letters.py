"""The dead-letter queues over SQS (store/letters.py), as far as one emulated call can tell."""

from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from retailhub.store.letters import SqsDeadLetters


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty SQS."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        yield botocore.session.get_session().create_client("sqs", region_name="ap-southeast-1")


def test_a_letter_of_a_fifo_queue_goes_back_into_its_group(sqs: Any) -> None:
    """F34: with a new deduplication id, or the queue would take it for the one that died."""
    fifo = {"Attributes": {"FifoQueue": "true"}}
    dead = sqs.create_queue(QueueName="dead.fifo", **fifo)["QueueUrl"]
    source = sqs.create_queue(QueueName="source.fifo", **fifo)["QueueUrl"]
    sqs.send_message(QueueUrl=dead, MessageBody="a", MessageGroupId="c_1", MessageDeduplicationId="once")
    letters = SqsDeadLetters(sqs, {"Source": dead}, {"Source": source})

    [letter] = letters.take("Source", 10)
    letters.resend(letter)

    [again] = sqs.receive_message(QueueUrl=source, MessageSystemAttributeNames=["All"])["Messages"]
    assert (again["Body"], again["Attributes"]["MessageGroupId"]) == ("a", "c_1")
    assert again["Attributes"]["MessageDeduplicationId"] != "once"
    assert letters.take("Source", 10) == []


def test_looking_at_more_than_ten_letters_hides_none_for_long(sqs: Any) -> None:
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    for n in range(23):
        sqs.send_message(QueueUrl=dead, MessageBody=str(n))
    letters = SqsDeadLetters(sqs, {"Source": dead}, {})

    first = letters.take("Source", 50)
    hidden = letters.take("Source", 50)
    letters.put_back(first)

    assert len({letter.id for letter in first}) == 23
    assert hidden == []
    assert len(letters.take("Source", 50)) == 23
    assert not letters.source("Source"), "there is no queue to send them back to"


def test_a_failed_schedule_tells_its_cause(sqs: Any) -> None:
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    cause = {"ERROR_CODE": {"DataType": "String", "StringValue": "InvalidParameterException"}}
    sqs.send_message(QueueUrl=dead, MessageBody="{}", MessageAttributes=cause)

    [letter] = SqsDeadLetters(sqs, {"Schedules": dead}, {}).take("Schedules", 10)

    assert letter.cause == "InvalidParameterException"
