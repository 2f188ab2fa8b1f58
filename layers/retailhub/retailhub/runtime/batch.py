"""Batches from queues and streams: each record has its own fate, one bad record never drops its siblings."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)

LAST_RECEIVE = 5
"""The receive after which a message would become a dead letter (maxReceiveCount in template.yaml): what still fails
then is parked in the table with its cause, where people can see and redrive it."""

standard = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
fifo = SqsFifoPartialProcessor(skip_group_on_error=True)
fifo.raise_on_entire_batch_failure = False
stream = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)


def process(event: dict[str, Any], context: Any, handle: Callable[[Any], Any], processor: Any) -> Any:
    """The partial batch response: only what failed comes again."""
    return process_partial_response(event=event, record_handler=handle, processor=processor, context=context)


def last_receive(record: Any) -> bool:
    """True if a failure now would make the message a dead letter."""
    return int(record.attributes.approximate_receive_count) >= LAST_RECEIVE
