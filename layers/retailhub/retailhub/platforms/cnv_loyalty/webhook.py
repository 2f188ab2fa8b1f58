"""CNV's webhooks: nobody has seen one (cnv_loyalty.md §3), so this door stays shut until a secret is agreed on.

Assumed by kinship with the partner API: `X-Client-Id` and `X-Client-Secret` prove the call, the JSON body names an
event and the records, `{"event": "order.created", "data": {"id": 99120034}}`. Whatever else it says is not believed:
the record is read from CNV.
"""

import re
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.connections import Secret
from retailhub.domain.errors import Malformed
from retailhub.platforms.webhooks import Request, Verdict, same, written

KINDS = {"customer": "customer", "customers": "customer", "order": "order", "orders": "order"}
VERBS = frozenset(["created", "create", "updated", "update", "changed", "cancelled", "paid"])

_ID = re.compile(r"[1-9][0-9]{0,19}")
_LONGEST = 80


def receive(request: Request, secret: Secret) -> Verdict:
    """Prove and split a call: 401 unless the id is the one that CNV issued and the secret is a live one of the
    connection; a connection without a webhook secret refuses everything (off by default)."""
    if not _proven(request, secret):
        return Verdict(401, "unauthorized", cause="forged")
    try:
        return Verdict(changes=_changes(request, request.json()))
    except Malformed as error:
        return Verdict(changes=[request.quarantined(error.code)])


def _proven(request: Request, secret: Secret) -> bool:
    our_id = secret.credentials.get("client_id") or ""
    known = same(our_id, request.headers.get("x-client-id", "")) and bool(our_id)
    given = request.headers.get("x-client-secret", "")
    matches = [same(ours, given) for ours in secret.live(request.now)]
    return any(matches) and known


def _changes(request: Request, message: Any) -> list[Change]:
    """One thin change per record that the message names."""
    if not isinstance(message, dict):
        raise Malformed("not_an_object")
    event = str(message.get("event") or "")[:_LONGEST]
    noun, _, verb = event.lower().replace("/", ".").partition(".")
    if noun not in KINDS or verb not in VERBS:
        return [_thin(request, event, "none", "", None, "ignore", "unknown_topic")]
    data = message.get("data")
    items = data if isinstance(data, list) and data else [data]
    return [_of(request, event, KINDS[noun], item) for item in items]


def _of(request: Request, event: str, kind: str, item: Any) -> Change:
    """An item without a usable id becomes a quarantined change of its own (F11)."""
    given = item.get("id") if isinstance(item, dict) else None
    source_id = written(given)
    if _ID.fullmatch(source_id):
        return _thin(request, event, kind, source_id, None, "upsert", "")
    return _thin(request, event, kind, "", item, "quarantine", "no_id")


def _thin(request: Request, event: str, kind: str, source_id: str, payload: Any, action: Any, reason: str) -> Change:
    """Nothing identifies a delivery, so every delivery counts: reading once too often is harmless."""
    return Change(
        request.connection,
        kind,
        source_id,
        action,
        payload,
        topic=event,
        received_at=request.now,
        reason=reason,
        uid=f"{event}:{request.now}",
    )
