"""Accept: every webhook function is these few steps: prove, split, queue, answer. Durable before 200.

A webhook function must start quickly: nothing here or behind it loads pydantic, requests or Powertools.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from retailhub.domain.connections import Secret
from retailhub.domain.instants import stamp
from retailhub.platforms.webhooks import Request, Verdict
from retailhub.runtime.aws import client
from retailhub.runtime.observability import count, log, trouble
from retailhub.runtime.queues import SqsQueues
from retailhub.runtime.settings import settings
from retailhub.store.secrets import ParameterSecrets

Receive = Callable[[Request, Secret], Verdict]
LONGEST_ID = 64
"""Characters of a connection's id; whatever else stands in an address belongs to no connection."""


@cache
def secrets() -> ParameterSecrets:
    """The secrets of connections, remembered for a minute."""
    return fresh_secrets()


def fresh_secrets() -> ParameterSecrets:
    """The secrets of connections as they are now: for who reads a secret in order to write it."""
    return ParameterSecrets(client("ssm"), settings().secrets_prefix)


@cache
def queues() -> SqsQueues:
    """The queues of this deployment."""
    found = settings()
    standard = found.changes_queue, found.pulls_queue, found.resumptions_queue
    return SqsQueues(client("sqs"), *standard, found.delivery_queues)


def now() -> str:
    """The present instant."""
    return stamp(datetime.now(UTC))


def accept(event: dict[str, Any], platform: str, receive: Receive, unknown_status: int = 404) -> dict[str, Any]:
    """Answer one API Gateway event (payload format 2.0). Any trouble of our own is a 503, so that the platform tries
    again; `unknown_status` answers an address that belongs to no connection (200 for KiotViet, which stops after a
    4xx)."""
    request = read(event)
    try:
        secret = _secret(request.connection)
        verdict = receive(request, secret) if secret else Verdict(unknown_status, "unknown", cause="unknown_connection")
        queues().send_changes(verdict.changes)
    except Exception as error:  # noqa: BLE001 - a webhook that we cannot store must be sent again, whatever the trouble
        return _refused(platform, request, error)
    _tell(platform, request, verdict)
    return _answer(verdict.status, verdict.text)


def read(event: dict[str, Any]) -> Request:
    """The request in an API Gateway event; header names in lower case, the body's exact bytes. What is missing in the
    event (no headers, no query, no parameters) is empty."""
    parameters = event.get("pathParameters") or {}
    http = (event.get("requestContext") or {}).get("http") or {}
    return Request(
        connection=parameters.get("connection_id") or "",
        method=(http.get("method") or "POST").upper(),
        headers=_texts(event.get("headers"), str.lower),
        query=_texts(event.get("queryStringParameters")),
        body=_bytes(event),
        topic=parameters.get("type") or "",
        now=now(),
    )


def _texts(given: Any, named: Callable[[str], str] = str) -> dict[str, str]:
    """Names and values as text; the gateway joins repeated ones with commas, other senders of events list them."""
    return {
        named(str(name)): ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in (given or {}).items()
        if value is not None
    }


def _bytes(event: dict[str, Any]) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return bytes(body.encode("utf-8", "surrogatepass"))
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _secret(connection: str) -> Secret | None:
    """The connection's secret; an id that cannot be one of ours is not even asked for."""
    possible = connection.isascii() and connection.isalnum() and len(connection) <= LONGEST_ID
    return secrets().get(connection) if possible else None


def _refused(platform: str, request: Request, error: Exception) -> dict[str, Any]:
    count("Webhooks", platform=platform, outcome="unavailable")
    log("webhook not accepted", level="ERROR", platform=platform, connection=request.connection, **trouble(error))
    return _answer(503, "try again")


def _tell(platform: str, request: Request, verdict: Verdict) -> None:
    outcome = verdict.cause or "accepted"
    count("Webhooks", platform=platform, outcome=outcome)
    quarantined = sum(change.action == "quarantine" for change in verdict.changes)
    if quarantined:
        count("Quarantined", quarantined, platform=platform)
    log(
        "webhook",
        platform=platform,
        connection=request.connection,
        outcome=outcome,
        topic=request.topic,
        status=verdict.status,
        events=[change.event_id for change in verdict.changes[:20]],
        changes=len(verdict.changes),
    )


def _answer(status: int, text: str) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"content-type": "text/plain; charset=utf-8"}, "body": text}
