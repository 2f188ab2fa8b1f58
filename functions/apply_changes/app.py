"""SQS: apply queued changes to the hub's records; what cannot be applied is parked with its cause."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from retailhub.domain.changes import Change, unpack
from retailhub.runtime.batch import last_receive, process, standard
from retailhub.runtime.observability import count, log, trouble
from retailhub.runtime.wiring import hub
from retailhub.store.events import Event
from retailhub.sync.apply import apply, fail
from retailhub.sync.watchdog import note_proof


def handler(event: dict[str, Any], context: Any) -> Any:
    """Partial batch response: the changes that must come again."""
    return process(event, context, apply_one, standard)


def apply_one(record: SQSRecord) -> None:
    """Apply one change and tell what became of it. Raises whatever the queue should try again."""
    change = unpack(record.body)
    event = _applied(change, record)
    connection = hub().directory.connection(change.connection)
    count("Changes", platform=connection.platform if connection else "unknown", outcome=event.outcome)
    log(
        "change",
        connection=change.connection,
        type=change.type,
        source_id=change.source_id,
        event=event.id,
        record=event.record,
        version=event.version,
        outcome=event.outcome,
        reason=event.reason,
        via=change.via,
    )
    if connection and change.proof:
        note_proof(hub(), connection, change.proof)


def _applied(change: Change, record: SQSRecord) -> Event:
    """The change's event; what still fails on the last receive is kept in its event instead of becoming a dead letter,
    as failed, or waiting where it only lost its races."""
    try:
        return apply(change, hub())
    except Exception as error:
        if not last_receive(record):
            raise
        event = fail(change, error, hub())
        if event.outcome == "failed":
            log("change given up", level="ERROR", event=event.id, **trouble(error))
        else:
            log("change put off", level="WARNING", event=event.id, until=event.due_at, **trouble(error))
        return event
