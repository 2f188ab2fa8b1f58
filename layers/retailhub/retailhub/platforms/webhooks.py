"""What every webhook has in common: the request as bytes, the verdict on it, and reading JSON from strangers.

Only the standard library is imported here: a webhook function must start quickly.
"""

import base64
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from retailhub.domain.changes import Action, Change
from retailhub.domain.errors import Malformed

MAX_DEPTH = 64
MAX_KEPT = 256 * 1024
"""Bytes of a quarantined body that are kept."""


@dataclass(frozen=True)
class Request:
    """A webhook call as it came: headers in lower case, the body's exact bytes (base64 of the gateway undone)."""

    connection: str
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    topic: str = ""
    now: str = ""

    def json(self) -> Any:
        """The body as JSON. Raises Malformed."""
        return parse_json(self.body)

    def quarantined(self, reason: str) -> Change:
        """A change that keeps the unproven or unreadable body for a person to see; it is never applied as it is."""
        kept = {"body": base64.b64encode(self.body[:MAX_KEPT]).decode(), "bytes": len(self.body), "topic": self.topic}
        kept["headers"] = {k: v for k, v in self.headers.items() if k.startswith("x-") and not _telling(k)}
        return self._change("quarantine", kept, reason)

    def ignored(self, reason: str) -> Change:
        """A change that says: this came, was proven, and is nothing for us."""
        return self._change("ignore", {"bytes": len(self.body)}, reason)

    def set_aside(self, item: Any, reason: str) -> Change:
        """A quarantined change of one item of a proven call, so that its siblings go on."""
        return self._change("quarantine", item, reason)

    def whole(self, record_type: str, source_id: str, body: Any, *, deleted: bool, **more: Any) -> Change:
        """The change of a proven record: all that is told of it, or that it was removed."""
        action: Action = "delete" if deleted else "upsert"
        payload = {"removed": source_id} if deleted else body
        told = {"topic": self.topic, "received_at": self.now, **more}
        return Change(self.connection, record_type, source_id, action, payload, **told)

    def _change(self, action: Action, payload: Any, reason: str) -> Change:
        return Change(
            self.connection, "none", "", action, payload, topic=self.topic, received_at=self.now, reason=reason
        )


@dataclass(frozen=True)
class Verdict:
    """How to answer a webhook and which changes to queue before answering."""

    status: int = 200
    text: str = "ok"
    changes: list[Change] = field(default_factory=list)
    cause: str = ""


def _telling(header: str) -> bool:
    """True for a header that may be a secret itself instead of a proof made with one."""
    return header.startswith("x-client") or "secret" in header


def written(value: Any) -> str:
    """A text or number as it is written; "" for everything else."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def same(ours: str, theirs: str) -> bool:
    """Constant-time comparison that any text survives (`compare_digest` refuses non-ASCII text)."""
    return hmac.compare_digest(ours.encode("utf-8", "surrogatepass"), theirs.encode("utf-8", "surrogatepass"))


def parse_json(body: bytes) -> Any:
    """JSON from outside: strict UTF-8 (a byte order mark is forgiven), bounded depth, no NaN; fractions stay text so
    that no digit is lost. Raises Malformed with the reason as its code."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("not_utf8") from error
    if _depth(text) > MAX_DEPTH:
        raise Malformed("too_deep")
    try:
        return json.loads(text, parse_float=str, parse_constant=_refuse)
    except ValueError as error:
        raise Malformed("not_json") from error


def _depth(text: str) -> int:
    """An upper bound of the nesting, quickly: brackets inside texts count too, so only bodies with many are walked."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    inside = escaped = False
    for char in text:
        if inside:
            inside, escaped = (char != '"' or escaped), (char == "\\" and not escaped)
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _refuse(_: str) -> Any:
    raise ValueError("NaN and infinities are not JSON")
