"""Calls to a Getfly tenant: the key in its header, refusals told by field, answers in their several spellings."""

import re
from collections.abc import Mapping
from typing import Any

from retailhub.domain.errors import Rejected, Unavailable
from retailhub.platforms.http import Http, Pacer
from retailhub.platforms.webhooks import written

API = "/api/v3"
TAKEN = "không cho phép trùng"
"""Getfly's words for "duplicates not allowed" (getfly.md §2)."""

_ERROR_KEYS = ("message", "error", "msg", "errors")
_FIELDS = (
    ("account_code", "account_code"),
    ("mã khách hàng", "account_code"),
    ("order_code", "order_code"),
    ("mã đơn hàng", "order_code"),
    ("phone", "phone"),
    ("điện thoại", "phone"),
    ("sđt", "phone"),
    ("email", "email"),
    ("account_name", "name"),
    ("tên khách hàng", "name"),
    ("product_code", "items"),
    ("sản phẩm", "items"),
    ("phụ trách", "account_manager"),
)
"""Words in a refusal → the hub's name of the field; the first that occurs counts."""


class Calls:
    """The v3 API of one tenant."""

    def __init__(self, base_url: str, api_key: str, pacer: Pacer) -> None:
        self._http = Http(base_url, {"X-API-KEY": api_key}, pacer)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The answer's body. Raises Temporary or Rejected."""
        return self._call("GET", path, params=params)

    def found(self, path: str, params: Mapping[str, Any] | None = None) -> Any | None:
        """The same, but None where Getfly knows no such thing."""
        try:
            return self.get(path, params)
        except Rejected as error:
            if error.status == 404:
                return None
            raise

    def send(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """Write. Raises Temporary, or Rejected with the field named if Getfly names it."""
        return self._call(method, path, json=body)

    def _call(self, method: str, path: str, **more: Any) -> Any:
        try:
            return self._http.call(method, API + path, explain=explained, **more).body
        except Rejected as error:
            raise _named(error) from None


def explained(body: Any) -> str:
    """The text of a refusal, wherever this version of Getfly puts it."""
    said = next((body[key] for key in _ERROR_KEYS if body.get(key)), "") if isinstance(body, dict) else body
    return _sentence(said)


def _sentence(said: Any) -> str:
    if isinstance(said, dict):
        return "; ".join(f"{name}: {_sentence(inner)}" for name, inner in said.items())
    if isinstance(said, list):
        return ", ".join(_sentence(inner) for inner in said)
    return str(said or "")


def _named(error: Rejected) -> Rejected:
    text = str(error).casefold()
    field = next((ours for theirs, ours in _FIELDS if theirs in text), None)
    code = "duplicate" if TAKEN in text else error.code
    if code == "duplicate" and field is None:
        field = "phone"
    return Rejected(code, str(error), status=error.status, field=field)


def made_id(body: Any, name: str) -> str:
    """The id in the answer to a create: the bare number, or `{message, <name>}` (§2).

    Raises Unavailable if a 200 says neither: look the record up before making it again.
    """
    said = body
    if isinstance(body, dict):
        inner = body.get("data")
        said = body.get(name) or body.get("id") or (inner.get(name) if isinstance(inner, dict) else None)
    number = written(said).strip()
    if re.fullmatch(r"[1-9][0-9]*", number):
        return number
    raise Unavailable("answer_without_id", f"Getfly answered without {name}")
