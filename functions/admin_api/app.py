"""/api/…: the admin API; who calls stands in the request context, where only the authorizer can write."""

from dataclasses import replace
from functools import cache
from typing import Any

from retailhub.api.app import Api
from retailhub.api.opening import open_office
from retailhub.crm.office import Office
from retailhub.domain.deliveries import queue_name
from retailhub.runtime import wiring
from retailhub.runtime.aws import client
from retailhub.runtime.intake import secrets
from retailhub.runtime.observability import log, trouble
from retailhub.runtime.settings import settings
from retailhub.store.letters import SqsDeadLetters
from retailhub.sync.hub import FreshDirectory


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The answer to one API Gateway event (payload format 2.0)."""
    answer = api().answer(event, context, office(event))
    resource = "/".join(str(event.get("rawPath", "")).split("/")[:3])
    method = event.get("requestContext", {}).get("http", {}).get("method", "")
    log("admin api", method=method, resource=resource, status=answer["statusCode"])
    return answer


@cache
def api() -> Api:
    """The routes, made once and kept while the function is warm."""
    return Api(lambda error: log("admin api failed", level="ERROR", **trouble(error)))


def office(event: dict[str, Any]) -> Office:
    """The office for one call. It remembers no secret, connection or flow from the call before: an admin sees what they
    just did, and a secret that is read in order to be changed is the present one."""
    secrets.cache_clear()
    hub = replace(wiring.hub(), directory=FreshDirectory(wiring.table()))
    return open_office(hub, secrets(), letters(), settings().public_url or called_under(event))


def called_under(event: dict[str, Any]) -> str:
    """The address that this call came to: where webhooks come in too, unless PUBLIC_URL says otherwise."""
    return f"https://{event.get('requestContext', {}).get('domainName', 'localhost')}"


def letters() -> SqsDeadLetters:
    """The dead-letter queues, and where their letters came from (failures of routing and schedules came from none)."""
    found = settings()
    deliveries = {queue_name(name): url for name, url in found.delivery_queues.items()}
    standard = {"Changes": found.changes_queue, "Pulls": found.pulls_queue, "Resumptions": found.resumptions_queue}
    sources = standard | deliveries
    return SqsDeadLetters(client("sqs"), found.dead_letter_queues, sources)
