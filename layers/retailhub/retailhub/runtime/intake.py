"""Accept: every webhook function is these few steps: prove, split, queue, answer. Durable before 200.

A webhook function must start quickly: nothing here or behind it loads pydantic, requests or Powertools.
"""

import base64
import binascii
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from retailhub.domain.connections import Secret
from retailhub.domain.errors import Temporary
from retailhub.platforms.webhooks import Request, Verdict
from retailhub.runtime.aws import client
from retailhub.runtime.observability import count, log
from retailhub.runtime.queues import SqsQueues
from retailhub.runtime.settings import settings
from retailhub.store.secrets import ParameterSecrets

Receive = Callable[[Request, Secret], Verdict]


@cache
def secrets() -> ParameterSecrets:
    """The secrets of connections."""
    return ParameterSecrets(client("ssm"), settings().secrets_prefix)


@cache
def queues() -> SqsQueues:
    """The queues of this deployment."""
    found = settings()
    return SqsQueues(client("sqs"), found.changes_queue, found.pulls_queue, found.delivery_queues)


def accept(event: dict[str, Any], platform: str, receive: Receive, unknown_status: int = 404) -> dict[str, Any]:
    """Answer one API Gateway event (payload format 2.0). Our own trouble is a 503, so that the platform tries again;
    `unknown_status` answers an address that belongs to no connection (200 for KiotViet, which stops after a 4xx)."""
    request = read(event)
    try:
        secret = secrets().get(request.connection)
        verdict = receive(request, secret) if secret else Verdict(unknown_status, "unknown", cause="unknown_connection")
        queues().send_changes(verdict.changes)
    except Temporary as error:
        count("Refused", platform=platform, cause=error.code)
        log("webhook not accepted", level="ERROR", platform=platform, connection=request.connection, cause=error.code)
        return _answer(503, "try again")
    _tell(platform, request, verdict)
    return _answer(verdict.status, verdict.text)


def read(event: dict[str, Any]) -> Request:
    """The request in an API Gateway event; header names in lower case, the body's exact bytes."""
    parameters = event.get("pathParameters") or {}
    http = event.get("requestContext", {}).get("http", {})
    return Request(
        connection=parameters.get("connection_id", ""),
        method=http.get("method", "POST"),
        headers={str(k).lower(): str(v) for k, v in (event.get("headers") or {}).items()},
        query=event.get("queryStringParameters") or {},
        body=_bytes(event),
        topic=parameters.get("type", ""),
        now=_now(),
    )


def _bytes(event: dict[str, Any]) -> bytes:
    body = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return bytes(body.encode("utf-8", "surrogatepass"))
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _now() -> str:
    moment = time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment)) + f".{int(moment % 1 * 1_000_000):06d}Z"


def _tell(platform: str, request: Request, verdict: Verdict) -> None:
    outcome = verdict.cause or "accepted"
    count("Webhooks", platform=platform, outcome=outcome)
    if any(change.action == "quarantine" for change in verdict.changes):
        count("Quarantined", platform=platform)
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
