"""SQS: run through a platform's listings page by page (catch-up, backfill, reconcile) and queue what differs."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from retailhub.runtime.batch import process, seconds_left, standard
from retailhub.runtime.observability import count, log
from retailhub.runtime.wiring import hub
from retailhub.sync.pull import step

PAGE_SECONDS = 25.0
"""What one page may take: a call that hangs until its limit, and the writes behind it."""
PORTION = 10
"""Calls reserved at once from the platform's budget: a pull makes many."""


def handler(event: dict[str, Any], context: Any) -> Any:
    """Partial batch response: the steps that must come again."""

    def pull_one(record: SQSRecord) -> None:
        pull = step(hub(PORTION), record.body, lambda: seconds_left(context) > PAGE_SECONDS)
        if pull is None:
            log("pull step passed over", pull=record.body)
            return
        connection = hub(PORTION).directory.connection(pull.connection)
        count("Pulls", platform=connection.platform if connection else "unknown", outcome=pull.status)
        log("pull", pull=pull.id, connection=pull.connection, mode=pull.mode, status=pull.status, counts=pull.counts)

    return process(event, context, pull_one, standard)
