"""A change: what a platform said about one record. It travels on the queue, so every field survives a round trip.

Only the standard library is imported here: a webhook function must start quickly.
"""

import base64
import hashlib
import json
import zlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from retailhub.domain.decimals import plain
from retailhub.domain.stored import members

Via = Literal["webhook", "catch_up", "backfill", "reconcile", "lead_sync", "api"]
Action = Literal["upsert", "delete", "ignore", "quarantine"]

ENVELOPE = 1
COMPRESS_FROM = 48 * 1024
"""Bytes of JSON above which a payload travels compressed (a queue message may hold 1 MiB, an order 1,000 lines)."""
KEPT_OF_LARGE = 64 * 1024
"""Bytes kept of something set aside that no message or item can hold."""


@dataclass(frozen=True)
class Change:
    """What a platform said about one record, or (action `ignore`, `quarantine`) why nothing may be believed.

    payload: the platform's own JSON, or None where the notice is thin and the record must be read from the platform.
    reason: why it is ignored or quarantined. proof: which reading of the signature key verified (KiotViet).
    uid: the platform's own id of a thin notice. attempt: how often it was taken up again (resume, redrive).
    row: digest of the listing row that announced a thin change, kept on the link so the next listing can skip it.
    received_at: ISO instant, UTC.
    """

    connection: str
    type: str
    source_id: str
    action: Action = "upsert"
    payload: Any = None
    via: Via = "webhook"
    topic: str = ""
    received_at: str = ""
    reason: str = ""
    proof: str = ""
    row: str = ""
    uid: str = ""
    attempt: int = 0
    event_id: str = field(default="")

    def __post_init__(self) -> None:
        if not self.event_id:
            object.__setattr__(self, "event_id", self._derived_id())

    def _derived_id(self) -> str:
        """The same words about the same record give the same event, however often they come (KiotViet and Haravan
        send no reliable delivery id)."""
        words = canonical([self.connection, self.type, self.source_id, self.action, self.uid, self.row, self.payload])
        return hashlib.sha256(words).hexdigest()[:32]


def canonical(value: Any) -> bytes:
    """JSON bytes that are equal for equal values: sorted keys, no spaces, `600000.00` as `600000`."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text.encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    """One spelling for a decimal, however many zeros it came with; everything else as text."""
    if not isinstance(value, Decimal) or not value.is_finite():
        return str(value)
    return plain(value)


def digest(value: Any) -> str:
    """A short fingerprint of a JSON-like value, for 'has this changed?'."""
    return hashlib.sha256(canonical(value)).hexdigest()[:32]


def pack(change: Change) -> str:
    """The queue message of a change, pure ASCII; large payloads are compressed."""
    body = {"envelope": ENVELOPE, **vars(change)}
    payload = json.dumps(body.pop("payload"), separators=(",", ":"), default=_plain)
    if len(payload) >= COMPRESS_FROM:
        packed = base64.b85encode(zlib.compress(payload.encode("ascii"), 6)).decode("ascii")
        return json.dumps({**body, "payload_z": packed})
    return f'{json.dumps(body)[:-1]}, "payload": {payload}}}'


def thinned(change: Change) -> Change:
    """A change too large for its place: what is to be believed is read again from the platform; of what was set aside
    the beginning is kept for a person to see, and how long it was."""
    if change.action != "quarantine":
        return replace(change, payload=None)
    whole = canonical(change.payload)
    return replace(change, payload={"body": base64.b64encode(whole[:KEPT_OF_LARGE]).decode(), "bytes": len(whole)})


def unpack(message: str) -> Change:
    """The change in a queue message. Raises ValueError for a message of an unknown envelope."""
    body = json.loads(message)
    if body.pop("envelope", None) != ENVELOPE:
        raise ValueError("unknown envelope")
    if "payload_z" in body:
        body["payload"] = json.loads(zlib.decompress(base64.b85decode(body.pop("payload_z"))))
    return Change(**members(Change, body))
