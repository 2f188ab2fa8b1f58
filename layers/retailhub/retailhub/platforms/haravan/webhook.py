"""Haravan's webhooks: proof of the raw bytes, the shop and topic of the headers, then one change.

Only the standard library is imported here: a webhook function must start quickly.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import replace
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.connections import Secret
from retailhub.domain.errors import Malformed
from retailhub.platforms.webhooks import Request, Verdict, same, written

UPSERTS = {
    "orders": ("create", "update", "updated", "paid", "cancelled", "fulfilled"),
    "customers": ("create", "update", "updated", "enable", "disable"),
}
"""Topics that carry a whole record; sources disagree on `update`/`updated` (haravan.md §2.4)."""

RECORDS = {"orders": "order", "customers": "customer"}
DELETES = ("delete", "deleted")
_ID = re.compile(r"[1-9]\d{0,18}", re.ASCII)


def receive(request: Request, secret: Secret) -> Verdict:
    """The verdict on a call to `/webhooks/haravan/{connection}`.

    Deliveries are always answered 200: nineteen failures in a row delete the subscription (haravan.md §0.3). Only the
    handshake of an app's callback may be refused, with 401 (haravan.md §2.1).
    """
    if request.method == "GET":
        return _handshake(request, secret)
    request = replace(request, topic=_topic(request))
    if not proven(request, secret):
        return _aside(request, "bad_signature")
    if not _our_shop(request, secret):
        return _aside(request, "wrong_org")
    try:
        return Verdict(changes=[_change(request)])
    except Malformed as error:
        return _aside(request, error.code)


def _topic(request: Request) -> str:
    """The topic of the header; where a proxy drops headers, the one that the registered URL itself names."""
    return (request.headers.get("x-haravan-topic") or request.query.get("topic", "")).strip().lower()


def proven(request: Request, secret: Secret) -> bool:
    """True if the signature is the base64 HMAC-SHA256 of the raw body under one of our keys (haravan.md §2.3).

    A private webhook is signed with the shop's authentication string, an app's with the app's client secret.
    """
    claimed = request.headers.get("x-haravan-hmacsha256", "").strip()
    given = [secret.credentials.get(name, "") for name in ("webhook_secret", "client_secret")]
    keys = [key for key in (*secret.live(request.now), *given) if key]
    return any([same(_signature(key, request.body), claimed) for key in keys])  # noqa: C419 - every key takes its time


def _signature(key: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(key.encode("utf-8", "surrogatepass"), body, hashlib.sha256).digest()).decode()


def _handshake(request: Request, secret: Secret) -> Verdict:
    """The challenge, if the caller knows our verify token."""
    token = request.query.get("hub.verify_token", "")
    known = [token for token in (secret.current, secret.credentials.get("verify_token", "")) if token]
    right = any([same(ours, token) for ours in known])  # noqa: C419 - every token takes its time
    if request.query.get("hub.mode") != "subscribe" or not right:
        return Verdict(401, "unauthorized", cause="forged")
    return Verdict(200, request.query.get("hub.challenge", "")[:500])


def _our_shop(request: Request, secret: Secret) -> bool:
    """True if the shop of the header is ours: shops that use one app share its secret, so the proof alone is not
    enough. Not asked where the connection does not say its shop."""
    ours = str(secret.credentials.get("org_id") or "")
    return not ours or same(ours, request.headers.get("x-haravan-org-id", "").strip())


def _change(request: Request) -> Change:
    """The change in a proven delivery. Raises Malformed where the body does not say which record it is about."""
    if request.headers.get("x-haravan-test", "").strip().lower() == "true":
        return request.ignored("test")
    if request.topic == "app/uninstalled":
        return request.ignored("uninstalled")
    noun, _, verb = request.topic.partition("/")
    if request.topic == "refunds/create":
        return _refund(request, _object(request))
    if noun not in RECORDS or verb not in (*UPSERTS[noun], *DELETES):
        return request.ignored("unknown_topic")
    body = _object(request)
    return request.whole(RECORDS[noun], _id_of(body.get("id")), body, deleted=verb in DELETES)


def _refund(request: Request, body: dict[str, Any]) -> Change:
    """A refund tells that its order must be read again: alone it says neither the order's status nor its total."""
    return Change(
        request.connection,
        "order",
        _id_of(body.get("order_id")),
        topic=request.topic,
        received_at=request.now,
        uid=str(body.get("id") or ""),
    )


def _object(request: Request) -> dict[str, Any]:
    body = request.json()
    if not isinstance(body, dict):
        raise Malformed("not_an_object")
    return body


def _id_of(value: Any) -> str:
    text = written(value)
    if not _ID.fullmatch(text):
        raise Malformed("no_id")
    return text


def _aside(request: Request, reason: str) -> Verdict:
    return Verdict(changes=[request.quarantined(reason)], cause=reason)
