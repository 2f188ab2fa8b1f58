"""SQS: run through listings page by page: a platform's (catch-up, backfill, reconcile), to queue what differs, or the
hub's own, to claim the values of a field that has become unique."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from retailhub.rules import claiming
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

    def going() -> bool:
        return seconds_left(context) > PAGE_SECONDS

    def pull_one(record: SQSRecord) -> None:
        here = hub(PORTION)
        if claiming.is_run(record.body):
            pull = claiming.step(here.table, here.clock, here.queues.send_pull, record.body, going)
        else:
            pull = step(here, record.body, going)
        if pull is None:
            log("pull step passed over", pull=record.body)
            return
        connection = here.directory.connection(pull.connection)
        count("Pulls", platform=connection.platform if connection else "unknown", outcome=pull.status)
        log("pull", pull=pull.id, connection=pull.connection, mode=pull.mode, status=pull.status, counts=pull.counts)

    return process(event, context, pull_one, standard)
