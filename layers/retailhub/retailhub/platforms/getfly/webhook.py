"""Getfly's webhooks: a shared secret in the body is their only proof, ids are their only news (getfly.md §8).

Two notations (web form, JSON), two envelopes (plain, double), several spellings of event names: all are read alike.
The secret is taken out before anything is kept.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from retailhub.domain.changes import Action, Change
from retailhub.domain.connections import Secret
from retailhub.domain.errors import Malformed
from retailhub.platforms.getfly import forms
from retailhub.platforms.webhooks import Request, Verdict, same, written

SECRET_FIELD = "secret_key"  # noqa: S105 - the name of the field, not a secret
BY_CODE = "code:"
"""Begins the source id of a record of which a notice gives only the code; `Getfly.read` finds it, and what it reads
says the real id. The source id of every type is otherwise Getfly's number."""

NOUNS = {"customer": "customer", "account": "customer", "order": "order", "sale.order": "order", "product": "product"}
CHANGED = frozenset(
    [
        *("created", "create", "added", "add", "updated", "update", "edited", "edit", "changed"),
        *("approved", "approve", "cancelled", "canceled", "cancel", "paid", "restored"),
    ]
)
DELETED = frozenset({"deleted", "delete", "hard.deleted"})
IDS = {
    "customer": (("account_id", "customer_id"), "account_code"),
    "order": (("order_id",), "order_code"),
    "product": (("product_id",), "product_code"),
}
"""Type → the names of its number, the name of its code."""

_NUMBER = re.compile(r"[1-9][0-9]{0,19}")
_SEPARATORS = re.compile(r"[^a-z]+")
_CODE = re.compile("[^\x00-\x1f\ud800-\udfff]{1,100}")
_LONGEST_TOPIC = 80


def receive(request: Request, secret: Secret) -> Verdict:
    """Prove and split a call. 401 for a wrong, missing or unset secret (a body that cannot be read proves nothing);
    everything else is answered 200, because nobody knows whether Getfly tries again."""
    try:
        given, read = _opened(request)
    except Malformed:
        return _forged()
    matches = [same(ours, given) for ours in secret.live(request.now)]
    if not any(matches):
        return _forged()
    try:
        return Verdict(changes=_changes(request, read()))
    except Malformed as error:
        return Verdict(changes=[_without_secret(request).quarantined(error.code)])


def _forged() -> Verdict:
    return Verdict(401, "unauthorized", cause="forged")


def _opened(request: Request) -> tuple[str, Callable[[], dict[str, Any]]]:
    """The secret that the call carries, and how to read the rest. Raises Malformed."""
    if _is_json(request.body):
        message = request.json()
        if not isinstance(message, dict):
            raise Malformed("not_an_object")
        inner = message.get("data")
        given = message.get(SECRET_FIELD) or (inner.get(SECRET_FIELD) if isinstance(inner, dict) else None)
        return (given if isinstance(given, str) else ""), lambda: _stripped(message)
    flat = forms.fields(request.body)
    sent = dict(flat)
    given = sent.get(SECRET_FIELD) or sent.get(f"data[{SECRET_FIELD}]") or ""
    return given, lambda: forms.nested(_public(flat))


def _is_json(body: bytes) -> bool:
    """By the body itself: the v3 page prints JSON, captures show forms, nobody promises a content type."""
    return body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _public(flat: forms.Fields) -> forms.Fields:
    return [(name, value) for name, value in flat if SECRET_FIELD not in name]


def _stripped(value: Any) -> Any:
    """JSON without the secret, at any depth (the parser has bounded the depth)."""
    if isinstance(value, dict):
        return {name: _stripped(inner) for name, inner in value.items() if SECRET_FIELD not in name}
    return [_stripped(inner) for inner in value] if isinstance(value, list) else value


def _without_secret(request: Request) -> Request:
    if _is_json(request.body):
        return replace(request, body=json.dumps(_stripped(request.json())).encode())
    return replace(request, body=urlencode(_public(forms.fields(request.body))).encode())


def _changes(request: Request, message: dict[str, Any]) -> list[Change]:
    """One change per record that the message names."""
    event, uid, data = _unwrapped(message)
    known = replace(request, topic=event[:_LONGEST_TOPIC])
    kind, action = _meaning(event)
    if not kind:
        return [known.ignored("unknown_topic")]
    # Without an id of the delivery, every delivery counts: reading a record once too often is harmless.
    uid = uid or f"{event}:{message.get('created_at') or request.now}"
    return [_change(known, kind, action, uid, item) for item in _items(data)]


def _unwrapped(message: dict[str, Any]) -> tuple[str, str, Any]:
    """Event, uid and data; a captured order.approved repeats the whole message inside `data` (§8, shape 2).
    `customer.updated` has `data[data_change][data]`, which is not that: the repeat has `event` or `uid` beside it."""
    event, uid, data = message.get("event"), message.get("uid"), message.get("data")
    while isinstance(data, dict) and "data" in data and ("event" in data or "uid" in data):
        event, uid, data = data.get("event") or event, data.get("uid") or uid, data["data"]
    return _text(event), _text(uid), data


def _text(value: Any) -> str:
    return written(value).strip()


def _meaning(event: str) -> tuple[str, Action]:
    """`customer.updated`, `order_edited`, `Account/Create` … → record type ("" if it is none of ours) and action."""
    words = _SEPARATORS.sub(".", event.lower()).strip(".")
    for noun, kind in NOUNS.items():
        verb = words.removeprefix(f"{noun}.") if words.startswith(f"{noun}.") else ""
        if verb in CHANGED:
            return kind, "upsert"
        if verb in DELETED:
            return kind, "delete"
    return "", "ignore"


def _items(data: Any) -> list[Any]:
    """The records that a message speaks of: one as documented, several if Getfly ever sends a list."""
    if isinstance(data, list):
        return data or [{}]
    if isinstance(data, dict) and data and all(name.isdigit() for name in data):
        return list(data.values())
    return [data]


def _change(request: Request, kind: str, action: Action, uid: str, item: Any) -> Change:
    """A thin change; an item without a usable id becomes a quarantined one of its own (F11)."""
    source_id = _source_id(kind, item)
    bad = not source_id
    return Change(
        request.connection,
        kind,
        source_id,
        "quarantine" if bad else action,
        item if bad else None,
        topic=request.topic,
        received_at=request.now,
        reason="no_id" if bad else "",
        uid=uid,
    )


def _source_id(kind: str, item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    names, code = IDS[kind]
    number = next((text for name in names if (text := _text(item.get(name)))), "")
    if _NUMBER.fullmatch(number):
        return number
    spelt = _text(item.get(code))
    return BY_CODE + spelt if _CODE.fullmatch(spelt) else ""
