"""KiotViet's webhooks: proof of the raw bytes, then one change per record. Never a 4xx: it ends the subscription.

Only the standard library is imported here: a webhook function must start quickly.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterator
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.connections import Secret
from retailhub.domain.errors import Malformed
from retailhub.platforms.webhooks import Request, Verdict, same, written

ENTITIES = {"customer": "customer", "product": "product", "invoice": "contract"}
"""KiotViet's words for the records that we take; contracts are made from invoices (R-KV-10)."""

BARE_DELETE = ("removeid", "removeids", "removedid", "removedids")
_LABEL = re.compile(r"^sha\d+=", re.ASCII)
_ID = re.compile(r"[1-9]\d{0,18}", re.ASCII)


def receive(request: Request, secret: Secret) -> Verdict:
    """The verdict on a call to `/webhooks/kiotviet/{connection}/{type}`; always 200 (kiotviet.md §0.2).

    A GET is the address check of older registrations: its `echo` comes back as plain text (kiotviet.md §2.1).
    """
    if request.method == "GET":
        return Verdict(200, request.query.get("echo", "ok")[:200])
    proof = proven(request, secret)
    if not proof:
        return Verdict(changes=[request.quarantined("bad_signature")], cause="bad_signature")
    try:
        return Verdict(changes=list(_changes(request, request.json(), proof)))
    except Malformed as error:
        return Verdict(changes=[request.quarantined(error.code)], cause=error.code)


def proven(request: Request, secret: Secret) -> str:
    """The reading of the secret under which the signature is right: "text", "decoded", or "" for none.

    The label says sha1, the digest is HMAC-SHA256; whether the key is the registered text or what it decodes to is
    not documented, so both are tried until one has been seen to hold (kiotviet.md §2.4).
    """
    claimed = _LABEL.sub("", request.headers.get("x-hub-signature", "").strip()).lower()
    found = ""
    for live in secret.live(request.now):
        for reading, key in _keys(live):
            right = same(hmac.new(key, request.body, hashlib.sha256).hexdigest(), claimed)
            if right and secret.proof in ("", reading):
                found = found or reading
    return found


def _keys(secret: str) -> Iterator[tuple[str, bytes]]:
    yield "text", secret.encode("utf-8", "surrogatepass")
    try:
        yield "decoded", base64.b64decode(secret, validate=True)
    except (binascii.Error, ValueError):
        return


def _changes(request: Request, body: Any, proof: str) -> Iterator[Change]:
    """One change per item. Raises Malformed before the first if the body is neither an envelope nor a bare delete."""
    if not isinstance(body, dict):
        raise Malformed("not_an_object")
    members = {key.lower(): value for key, value in body.items()}
    if not members.keys().isdisjoint(BARE_DELETE):
        gone = [item for name in BARE_DELETE for item in _listed(members.get(name))]
        yield from _of_topic(request, f"{request.topic.split('.')[0]}.delete", gone, proof)
    elif "notifications" in members:
        for notification in _listed(members["notifications"]):
            yield from _notified(request, notification, proof)
    else:
        raise Malformed("no_notifications")


def _notified(request: Request, notification: Any, proof: str) -> Iterator[Change]:
    """The changes of one notification; its `Action` is `<entity>.<method>[.<retailer id>]` (kiotviet.md §2.3)."""
    members = {key.lower(): value for key, value in notification.items()} if isinstance(notification, dict) else {}
    action = members.get("action")
    if not isinstance(action, str) or "data" not in members:
        yield request.set_aside(notification, "no_action" if "data" in members else "no_data")
        return
    yield from _of_topic(request, ".".join(action.lower().split(".")[:2]), _listed(members["data"]), proof)


def _of_topic(request: Request, topic: str, items: list[Any], proof: str) -> Iterator[Change]:
    entity, _, method = topic.partition(".")
    if entity not in ENTITIES or method not in ("update", "delete"):
        yield request.ignored("unknown_topic")
        return
    for item in items:
        yield _change(request, ENTITIES[entity], method, item, topic, proof)


def _change(request: Request, record_type: str, method: str, item: Any, topic: str, proof: str) -> Change:
    """The change of one item; deletes carry bare ids, updates the whole record with its `Id`."""
    source_id = _id_of(item)
    if source_id is None or (method == "update" and not isinstance(item, dict)):
        return request.set_aside(item, "no_id")
    return request.whole(record_type, source_id, item, deleted=method == "delete", topic=topic, proof=proof)


def _id_of(item: Any) -> str | None:
    """The record's id as text, or None where there is no usable one (a summary row has -1, kiotviet.md §4)."""
    if isinstance(item, dict):
        item = next((value for key, value in item.items() if key.lower() == "id"), None)
    text = written(item)
    return text if _ID.fullmatch(text) else None


def _listed(value: Any) -> list[Any]:
    """Lists as they are; a single item that should have been one in a list; nothing for null."""
    return value if isinstance(value, list) else [] if value is None else [value]
