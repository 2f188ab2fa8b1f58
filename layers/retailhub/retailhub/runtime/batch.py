"""Batches from queues and streams: each record has its own fate, one bad record never drops its siblings."""

import random
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from retailhub.domain.errors import Contended, Temporary
from retailhub.runtime.aws import client
from retailhub.runtime.observability import log, trouble
from retailhub.runtime.settings import settings

LAST_RECEIVE = 5
"""The receive after which a message would become a dead letter (maxReceiveCount in template.yaml): what still fails
then is parked in the table with its cause, where people can see and redrive it."""

NEEDED_SECONDS = 10.0
"""What is not begun with less than this left comes again soon, so that a slow platform does not let the whole batch
run into the function's time limit."""

standard = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
fifo = SqsFifoPartialProcessor(skip_group_on_error=True)
fifo.raise_on_entire_batch_failure = False
stream = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)


class OutOfTime(Temporary):
    """The function's time is nearly over: the record is for the next invocation."""

    def __init__(self) -> None:
        super().__init__("out_of_time")


def process(event: dict[str, Any], context: Any, handle: Callable[[Any], Any], kind: Any) -> Any:
    """The partial batch response: only what failed comes again, and every failure is told in the log. `kind`: one of
    `standard`, `fifo`, `stream`.

    A batch that failed as a whole is answered, not raised: the queue does the same with both, and our own lines say
    more than Lambda's, which would print error texts."""

    def handled(record: Any) -> None:
        try:
            _in_time(record, context)
            handle(record)
        except Exception as error:
            _tell(record, error)
            if isinstance(error, Contended | OutOfTime) and isinstance(record, SQSRecord):
                _soon(record)
            raise

    return process_partial_response(event=event, record_handler=handled, processor=kind, context=context)


def last_receive(record: Any) -> bool:
    """True if a failure now would make the message a dead letter."""
    return int(record.attributes.approximate_receive_count or 1) >= LAST_RECEIVE


def seconds_left(context: Any) -> float:
    """Seconds until Lambda ends this invocation."""
    return float(context.get_remaining_time_in_millis()) / 1000


def _in_time(record: Any, context: Any) -> None:
    """Raises OutOfTime if a message should not be begun; on its last receive it is tried however late it is."""
    if isinstance(record, SQSRecord) and not last_receive(record) and seconds_left(context) < NEEDED_SECONDS:
        raise OutOfTime


def _soon(record: SQSRecord) -> None:
    """Let a message that only lost a race come again within seconds instead of after the queue's whole visibility."""
    tries = int(record.attributes.approximate_receive_count or 1)
    wait = int(random.uniform(1, 2 ** min(tries, 5)))
    try:
        client("sqs").change_message_visibility(
            QueueUrl=_queue_url(record), ReceiptHandle=record.receipt_handle, VisibilityTimeout=wait
        )
    except Exception as error:  # noqa: BLE001 - without it the message only comes later
        log("message not hurried", level="WARNING", message_id=record.message_id, **trouble(error))


def _queue_url(record: SQSRecord) -> str:
    found, queue = settings(), record.event_source_arn.rpartition(":")[2]
    urls = (found.changes_queue, found.pulls_queue, found.resumptions_queue, *found.delivery_queues.values())
    return next(url for url in urls if url.rpartition("/")[2] == queue)


def _tell(record: Any, error: Exception) -> None:
    message = record.message_id if isinstance(record, SQSRecord) else record.event_id
    tries = int(record.attributes.approximate_receive_count or 1) if isinstance(record, SQSRecord) else 0
    log("failed, comes again", level="WARNING", message_id=message, receive=tries, **trouble(error))
