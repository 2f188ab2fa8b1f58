"""Deliveries from a platform's queue: the same few steps in every deliver function."""

from dataclasses import replace
from typing import Any

from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from retailhub.domain.deliveries import Delivery, delivery_from
from retailhub.domain.errors import Contended, HubError
from retailhub.runtime.batch import fifo, last_receive, process
from retailhub.runtime.observability import cause_of, count, log, trouble
from retailhub.runtime.wiring import hub
from retailhub.store import links
from retailhub.store.links import Link
from retailhub.store.table import Conflict
from retailhub.sync.deliver import deliver
from retailhub.sync.hub import ATTEMPTS, Hub


def deliver_batch(event: dict[str, Any], context: Any) -> Any:
    """Hand over a batch of deliveries; one customer's later ones wait for a failed one, other customers' do not."""
    return process(event, context, deliver_one, fifo)


def deliver_one(record: SQSRecord) -> None:
    """Hand over one delivery. What still fails unexpectedly on its last receive is failed in its link, with the cause,
    where people can see and redrive it. Raises whatever the queue should try again."""
    delivery = delivery_from(record.body)
    try:
        outcome = deliver(delivery, hub())
    except Exception as error:
        if not last_receive(record):
            raise
        give_up(delivery, error, hub())
        log("delivery given up", level="ERROR", record=delivery.id, **trouble(error))
        outcome = "failed"
    count("Deliveries", platform=delivery.platform, outcome=outcome)
    log(
        "delivery",
        platform=delivery.platform,
        connection=delivery.connection,
        type=delivery.type,
        record=delivery.id,
        version=delivery.version,
        outcome=outcome,
    )


def give_up(delivery: Delivery, error: Exception, hub: Hub) -> Link:
    """Mark the delivery's link as failed, with the cause. Only our own errors' texts are kept: others may quote data.

    Raises Contended if somebody else writes the link again and again.
    """
    at = hub.clock()
    told = {"message": str(error)[:300], "field": error.field} if isinstance(error, HubError) else {}
    cause = {"code": cause_of(error), "message": "", "field": None, "at": at, **told}
    for _ in range(ATTEMPTS):
        found = links.load(hub.table, delivery.type, delivery.id, delivery.connection)
        link = found or Link(delivery.type, delivery.id, delivery.connection)
        asked = link.asked or delivery.asked
        failed = replace(link, status="failed", attempts=link.attempts + 1, asked=asked, due_at="", error=cause)
        failed = failed.noted(at, "failed", code=cause["code"])
        try:
            hub.table.write(links.put(failed))
        except Conflict:
            continue
        return failed
    raise Contended("contended")
