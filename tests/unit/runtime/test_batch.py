"""Batches: each record has its own fate, and what only lost a race comes again soon."""

from typing import Any

import pytest

from retailhub.domain.errors import Contended, Temporary
from retailhub.runtime import aws
from retailhub.runtime.batch import LAST_RECEIVE, fifo, process, standard
from retailhub.runtime.settings import settings
from tests.functions.deployment import Context, template

QUEUE = "https://sqs.ap-southeast-1.amazonaws.com/123456789012/Changes"


class Sqs:
    def __init__(self, failing: Exception | None = None) -> None:
        self.hurried: list[tuple[str, str, int]] = []
        self._failing = failing

    def change_message_visibility(self, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> None:  # noqa: N803
        if self._failing:
            raise self._failing
        self.hurried.append((QueueUrl, ReceiptHandle, VisibilityTimeout))


@pytest.fixture
def sqs(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("CHANGES_QUEUE_URL", QUEUE)
    settings.cache_clear()
    made = Sqs()
    monkeypatch.setattr("retailhub.runtime.batch.client", lambda _: made)
    yield made
    settings.cache_clear()
    aws.client.cache_clear()


def message(number: int, receive: int = 1, group: str = "") -> dict[str, Any]:
    return {
        "messageId": f"m{number}",
        "receiptHandle": f"r{number}",
        "body": str(number),
        "attributes": {"ApproximateReceiveCount": str(receive), **({"MessageGroupId": group} if group else {})},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:ap-southeast-1:123456789012:Changes",
    }


def handed(records: list[dict[str, Any]], trouble: Exception, failing: set[str], **more: Any) -> list[str]:
    """The ids of the messages that come again, where the bodies in `failing` meet trouble."""

    def handle(record: Any) -> None:
        if record.body in failing:
            raise trouble

    context = more.get("context", Context())
    answer = process({"Records": records}, context, handle, more.get("processor", standard))
    return [item["itemIdentifier"] for item in answer["batchItemFailures"]]


def test_the_last_receive_is_the_one_before_the_dead_letters() -> None:
    """LAST_RECEIVE and template.yaml's maxReceiveCount are one number in two places."""
    queues = [each for each in template()["Resources"].values() if each["Type"] == "AWS::SQS::Queue"]
    counts = {q["Properties"]["RedrivePolicy"]["maxReceiveCount"] for q in queues if "RedrivePolicy" in q["Properties"]}

    assert counts == {LAST_RECEIVE}


def test_only_what_failed_comes_again(sqs: Sqs) -> None:
    assert handed([message(1), message(2), message(3)], KeyError("x"), {"2"}) == ["m2"]


def test_a_whole_batch_that_fails_is_answered_and_nothing_of_it_is_remembered(sqs: Sqs) -> None:
    """F31: two invocations of one processor."""
    assert handed([message(1), message(2)], KeyError("x"), {"1", "2"}) == ["m1", "m2"]
    assert handed([message(1), message(2)], KeyError("x"), set()) == []


def test_a_failed_group_is_skipped_and_other_groups_go_through(sqs: Sqs) -> None:
    """local.md: without it ten poison messages sent 52 healthy ones to the dead letters."""
    records = [message(1, group="a"), message(2, group="b"), message(3, group="a"), message(4, group="b")]

    assert handed(records, KeyError("x"), {"1"}, processor=fifo) == ["m1", "m3"]
    assert handed(records, KeyError("x"), set(), processor=fifo) == []


@pytest.mark.parametrize("receive", [1, 3, 5, 40])
def test_what_lost_a_race_comes_again_within_seconds(sqs: Sqs, receive: int) -> None:
    """F38: the queue's whole visibility would be three minutes."""
    assert handed([message(1, receive)], Contended("contended"), {"1"}) == ["m1"]

    [(url, receipt, wait)] = sqs.hurried
    assert (url, receipt) == (QUEUE, "r1")
    assert 1 <= wait <= 2 ** min(receive, 5)


@pytest.mark.parametrize("trouble", [Temporary("table_busy"), KeyError("x")])
def test_other_trouble_waits_for_the_queue_s_own_time(sqs: Sqs, trouble: Exception) -> None:
    """F36: five receives within seconds would be over before the table has recovered."""
    assert handed([message(1)], trouble, {"1"}) == ["m1"]
    assert sqs.hurried == []


def test_a_message_that_cannot_be_hurried_simply_comes_later(sqs: Sqs) -> None:
    sqs._failing = ConnectionError("gone")

    assert handed([message(1), message(2)], Contended("contended"), {"1"}) == ["m1"]


def test_what_cannot_be_finished_in_time_is_not_begun(sqs: Sqs) -> None:
    records = [message(1), message(2, receive=LAST_RECEIVE)]

    assert handed(records, KeyError("x"), set(), context=Context(seconds_left=9)) == ["m1"], "the last receive is tried"
    assert [receipt for _, receipt, _ in sqs.hurried] == ["r1"]
