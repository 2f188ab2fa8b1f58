"""The gate: who may come in, to which route, with what kind of body; before anything of the request is believed."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from retailhub.api.messages import Language, language_of
from retailhub.api.routes import Route, route_of
from retailhub.api.visit import NOBODY, NOTHING, Caller, Upload, Visit
from retailhub.crm.api_keys import ROLES
from retailhub.crm.office import Office
from retailhub.crm.opening_file import MAX_BYTES, MEDIA_TYPES
from retailhub.domain.refusals import Garbled, Nameless, TooLarge, Unknown
from retailhub.platforms.webhooks import parse_json

MAX_BODY = 256 * 1024
MAX_PATH = 500
MAX_QUERY = 4096
WITH_BODY = ("POST", "PUT", "PATCH")
OPENING_FILE = (MEDIA_TYPES, MAX_BYTES)
FILES = {
    ("POST", "/api/members/import"): OPENING_FILE,
    ("POST", "/api/members/import/preview"): OPENING_FILE,
}
"""Routes whose body is a file as it is: of which media types, and how large."""


@dataclass(frozen=True)
class Call:
    """An API Gateway event (payload format 2.0) as far as the gate looks at it; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    query: dict[str, str]
    event: dict[str, Any]
    upload: Upload = NOTHING

    @property
    def language(self) -> Language:
        """The caller's language."""
        return language_of(self.headers.get("accept-language", ""))

    @property
    def mark(self) -> str:
        """Fingerprint of the request, for its repeats."""
        words = [self.method, self.path, sorted(self.query.items()), self.event.get("body") or ""]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def read(event: dict[str, Any]) -> Call:
    """The call in an event. An address that no route can have is unknown, not wrong."""
    http = event.get("requestContext", {}).get("http", {})
    headers = {str(name).lower(): str(value) for name, value in (event.get("headers") or {}).items()}
    query = {str(name): str(value) for name, value in (event.get("queryStringParameters") or {}).items()}
    path = str(event.get("rawPath") or http.get("path") or "/")
    return Call(str(http.get("method", "GET")).upper(), path, headers, query, event)


def passed(call: Call, routes: list[Route], office: Office) -> tuple[Route, Visit, Call]:
    """The route that the call goes to, the visit that it becomes, and the call with its body read.

    Raises Nameless, Forbidden, Unknown, NotAllowed, TooLarge or Garbled.
    """
    open_route = next(
        (r for r in routes if r.role is None and r.method == call.method and r.pattern.match(call.path)), None
    )
    caller = NOBODY if open_route else _caller(call.event)
    if len(call.path.encode("utf-8", "replace")) > MAX_PATH or not call.path.isprintable():
        raise Unknown("unknown_path")
    route = open_route or route_of(routes, call.method, call.path)
    route.opens_to(caller.role)
    if sum(len(name) + len(value) for name, value in call.query.items()) > MAX_QUERY:
        raise TooLarge("too_large")
    took = _with_file(call) if (call.method, call.path) in FILES else _with_body(call)
    visit = Visit(replace(office, by=caller.employee), caller, call.language, call.headers, _scope(call), took.upload)
    return route, visit, took


def _caller(event: dict[str, Any]) -> Caller:
    """Who calls, from the authorizer's word alone: it stands where no caller can write. Raises Nameless."""
    authorizer = event.get("requestContext", {}).get("authorizer") or {}
    told = authorizer.get("lambda") or {}
    role = next((known for known in ROLES if known == told.get("role")), None)
    if role is None:
        raise Nameless("no_key")
    return Caller(role, str(told.get("employee", "")), str(told.get("key_id", "")))


def _scope(call: Call) -> str:
    kept = sorted((name, value) for name, value in call.query.items() if name not in ("cursor", "limit"))
    return json.dumps([call.path, kept])


def _with_body(call: Call) -> Call:
    """The call with its body as canonical JSON: strict UTF-8, bounded size and depth, no NaN, fractions as text so that
    no digit is lost. Without a body, or where none is taken, an empty object."""
    body: Any = {}
    raw = _bytes(call.event, MAX_BODY) if call.method in WITH_BODY else b""
    if raw.strip():
        kind = call.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Garbled("bad_content_type", field="Content-Type")
        body = parse_json(raw)
    if not isinstance(body, dict):
        raise Garbled("not_an_object")
    return _as_json(call, json.dumps(body, sort_keys=True) if call.method in WITH_BODY else "")


def _with_file(call: Call) -> Call:
    """The call with its body as a file, which stays out of the resolver's hands: there only its fingerprint stands, by
    which a repeat is known."""
    kinds, max_bytes = FILES[call.method, call.path]
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
        raise Garbled("bad_file_type", field="Content-Type", taken=list(kinds))
    content = _bytes(call.event, max_bytes)
    mark = json.dumps({"sha256": hashlib.sha256(content).hexdigest()})
    return replace(_as_json(call, mark), upload=Upload(kind, content))


def _as_json(call: Call, text: str) -> Call:
    headers = {**call.headers, "content-type": "application/json"}
    event = {**call.event, "body": text, "isBase64Encoded": False, "headers": headers, "rawPath": call.path}
    return replace(call, headers=headers, event=event)


def _bytes(event: dict[str, Any], max_bytes: int) -> bytes:
    body = event.get("body") or ""
    if len(body) > max_bytes * 4 // 3 + 4:
        raise TooLarge("too_large", max_bytes=max_bytes)
    try:
        raw = base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode("utf-8")
    except (binascii.Error, ValueError):
        raise Garbled("not_base64" if event.get("isBase64Encoded") else "not_utf8") from None
    if len(raw) > max_bytes:
        raise TooLarge("too_large", max_bytes=max_bytes)
    return raw
