"""Schedule and SQS: queue again what waited for a limit or the end of an outage, and wake pulls that fell silent."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from retailhub.runtime.batch import fifo, process
from retailhub.runtime.observability import count, log
from retailhub.runtime.wiring import hub
from retailhub.sync.pull import wake
from retailhub.sync.resume import resume, resume_more


def handler(event: dict[str, Any], context: Any) -> Any:
    """For the schedule: what was queued again, by connection, and how many pulls were woken. For the queue: the partial
    batch response."""
    if "Records" in event:
        return process(event, context, resume_one, fifo)
    resumed, woken = resume(hub()), wake(hub())
    for connection_id, again in resumed.items():
        _tell(connection_id, again)
    return {"resumed": resumed, "woken": woken}


def resume_one(record: SQSRecord) -> None:
    """The next portion of what waits for one connection."""
    _tell(record.body, resume_more(hub(), record.body))


def _tell(connection_id: str, again: int) -> None:
    connection = hub().directory.connection(connection_id)
    if again and connection:
        count("Deliveries", again, platform=connection.platform, outcome="resumed")
        log("resumed", connection=connection_id, again=again)
