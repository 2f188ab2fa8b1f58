"""Errors in the one form that callers know: code, message in their language, the field, details; never a 5xx for their
mistake and never a value that they sent."""

import json
from typing import Any

from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from pydantic import ValidationError

from retailhub.api.messages import Language, said
from retailhub.crm.settings_check import faults_of
from retailhub.domain import refusals
from retailhub.domain.errors import HubError, Malformed, Permanent, Rejected, Temporary, Throttled, Unavailable
from retailhub.domain.refusals import Fault, Refusal, Wrong, all_wrong
from retailhub.store.table import Conflict

STATUSES: list[tuple[type[Exception], int]] = [
    (refusals.Garbled, 400),
    (refusals.Nameless, 401),
    (refusals.Forbidden, 403),
    (refusals.Unknown, 404),
    (refusals.NotAllowed, 405),
    (refusals.Clash, 409),
    (refusals.TooLarge, 413),
    (Wrong, 422),
    (Malformed, 400),
    (Rejected, 409),
    (Throttled, 429),
    (Conflict, 409),
    (Unavailable, 503),
    (Temporary, 503),
]
"""A platform's outage and our own table's trouble are 503, for the caller can do nothing about them but come back."""

SECONDS_TO_RETRY = 5


def answer_to(error: Exception, language: Language) -> dict[str, Any]:
    """The whole HTTP answer to an error; what is not foreseen is a 500 that says nothing about itself."""
    known = _known(error)
    if known is None:
        return _answer(500, _body("internal", said("internal", language)))
    status = _status(known)
    message = said(known.code, language, "refused" if isinstance(known, Rejected) else "invalid")
    return _answer(status, _body(known.code, message, known.field, _details(known, language)), _headers(known, status))


def _known(error: Exception) -> HubError | None:
    if isinstance(error, RequestValidationError):
        return _of_request(error)
    if isinstance(error, ValidationError):
        return all_wrong(faults_of(error))
    if isinstance(error, NotFoundError):  # an id with signs that the resolver takes for no part of an address
        return refusals.Unknown("unknown_path")
    return error if isinstance(error, HubError) else None


def _of_request(error: RequestValidationError) -> HubError | None:
    """The resolver's complaint about a request; its complaint about an answer of ours is no fault of the caller."""
    raw = error.errors()
    if any(one["loc"][:1] == ("response",) for one in raw):
        return None
    return all_wrong([Fault(_where(one["loc"]), _type(one), _context(one)) for one in raw])


def _where(loc: tuple[Any, ...]) -> str:
    """`("body", "items", 0, "price")` → `items.0.price`; of a parameter only its name."""
    return ".".join(str(part) for part in loc[1:]) or str(loc[0])


def _type(one: dict[str, Any]) -> str:
    """Our own validators name a code as the message of their ValueError."""
    told = str(one.get("ctx", {}).get("error", ""))
    return told if one["type"] == "value_error" and told.isidentifier() else str(one["type"])


def _context(one: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in (one.get("ctx") or {}).items() if k != "error" and isinstance(v, int | str)}


def _status(error: HubError) -> int:
    if isinstance(error, Permanent) and error.code == "too_large":
        return 413
    if isinstance(error, Permanent) and error.code == "bad_cursor":
        return 400
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 409)


def _details(error: HubError, language: Language) -> dict[str, Any]:
    if isinstance(error, Wrong):
        return {"fields": [_fault(fault, language) for fault in error.faults]}
    if isinstance(error, Rejected):
        return {"status": error.status, "message": str(error)[:300]}
    return error.details if isinstance(error, Refusal) else {}


def _fault(fault: Fault, language: Language) -> dict[str, Any]:
    bounds = {"bounds": fault.context} if fault.context else {}
    return {"field": fault.field, "code": fault.code, "message": said(fault.code, language), **bounds}


def _headers(error: HubError, status: int) -> dict[str, str]:
    if status in (429, 503):
        wait = getattr(error, "retry_after", None) or SECONDS_TO_RETRY
        return {"retry-after": str(max(1, round(wait)))}
    if isinstance(error, refusals.NotAllowed):
        return {"allow": ", ".join(error.details["allow"])}
    return {"www-authenticate": "Bearer"} if status == 401 else {}


def _body(code: str, message: str, field: str | None = None, details: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "field": field, "details": details or {}}}


def _answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
    shown = {"content-type": "application/json; charset=utf-8", "cache-control": "no-store", **(headers or {})}
    text = json.dumps(body, ensure_ascii=False)
    return {"statusCode": status, "headers": shown, "body": text, "isBase64Encoded": False}
