"""Haravan's Omni API: one shop's token, and errors in whatever shape they come (haravan.md §1, §3.2)."""

from collections.abc import Mapping
from typing import Any

from retailhub.domain.errors import Rejected
from retailhub.platforms.http import Answer, Http, Pacer

API = "https://apis.haravan.com"
WEBHOOKS = "https://webhook.haravan.com"


class Api:
    """Calls to one shop, and to the address where an app subscribes it to its webhooks."""

    def __init__(self, access_token: str, url: str | None, pacer: Pacer) -> None:
        headers = {"Authorization": f"Bearer {access_token}"}
        self._http = Http(url or API, headers, pacer)
        self._hooks = Http(url or WEBHOOKS, headers)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The object that a GET under /com answers with."""
        body = self._http.call("GET", f"/com{path}", params=params, explain=explain).body
        return body if isinstance(body, dict) else {}

    def send(self, method: str, path: str, body: dict[str, Any]) -> Answer:
        """A write under /com. A refusal names the field that it speaks of."""
        try:
            return self._http.call(method, f"/com{path}", json=body, explain=explain)
        except Rejected as error:
            field = next((name for name in ("phone", "email") if name in str(error).casefold()), None)
            raise Rejected(error.code, str(error), status=error.status, field=field) from None

    def subscription(self, method: str) -> Any:
        """The shop's subscription to the app's webhooks. Raises Rejected for an error told with status 200
        (haravan.md §2.1)."""
        body = self._hooks.call(method, "/api/subscribe", json={} if method == "POST" else None, explain=explain).body
        if isinstance(body, dict) and body.get("error"):
            raise Rejected("refused", explain(body))
        return body.get("data") if isinstance(body, dict) else body


def explain(body: Any) -> str:
    """The words of an error: `errors` may be text, a list, or lists by field (haravan.md §3.2)."""
    if not isinstance(body, dict):
        return "no details"
    errors = body.get("errors") or body.get("error_description") or body.get("message") or body.get("error")
    if isinstance(errors, dict):
        return "; ".join(f"{field}: {_joined(words)}" for field, words in errors.items())
    return _joined(errors) if errors else "no details"


def _joined(words: Any) -> str:
    return ", ".join(str(word) for word in words) if isinstance(words, list) else str(words)
