"""Calls to the CRMVIET cloud: one login, its bearer token, and an envelope that tells errors where HTTP does not.

There is no public contract (crmviet.md §0). Assumed, after the vendor's own mobile client (§2.1, §2.2): POST
/api/v1/login {email, password} → {messages: "success", token}; every answer has `messages`: "success" or "fails" with
`details`; the HTTP status may be 200 for both.
"""

from collections.abc import Mapping
from typing import Any

from retailhub.domain.errors import Rejected, Unavailable
from retailhub.domain.phones import folded
from retailhub.platforms.http import Http, Pacer
from retailhub.platforms.masking import masked

API = "/api/v1"
SESSION_ENDED = ("token", "unauthorized", "dang nhap")
NOT_FOUND = ("not found", "khong tim thay", "khong ton tai")
"""Words in `details`, without accents, by which a refusal is told apart [assumed]."""


class Calls:
    """The cloud of one account. The token is asked for with the first call, kept while this is, and asked for anew
    once after a call that it no longer opens."""

    def __init__(self, base_url: str, email: str, password: str, pacer: Pacer) -> None:
        self._door, self._http = Http(base_url, None, pacer), Http(base_url, None, pacer)
        self._who = {"email": email, "password": password}
        self._token = ""

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The envelope of a GET under /api/v1. Raises Temporary, or Rejected: status 401 for a login that is refused,
        404 for a record that is not there, 400 for any other `fails`."""
        if not self._token:
            self.login()
        try:
            return self._called(path, params)
        except Rejected as error:
            if error.status != 401:
                raise
        self.login()
        return self._called(path, params)

    def login(self) -> None:
        """E-mail and password for a token. The refusal repeats nothing of what the cloud said: it may hold both."""
        self._token = ""
        body = self._let_in()
        token = body.get("token") if isinstance(body, dict) and _succeeded(body) else None
        if not isinstance(token, str) or not token:
            raise _login_refused()
        self._token = token
        self._http.authorize({"Authorization": f"Bearer {token}"})

    def _let_in(self) -> Any:
        try:
            return self._door.call("POST", f"{API}/login", json=self._who, explain=_unsaid).body
        except Rejected as error:
            raise (_no_cloud() if error.status == 404 else _login_refused()) from None

    def _called(self, path: str, params: Mapping[str, Any] | None) -> dict[str, Any]:
        try:
            return opened(self._http.call("GET", API + path, params=params, explain=explained).body)
        except Rejected as error:
            if error.status == 404 and _status(folded(str(error))) != 404:
                raise _no_cloud() from None  # a path that is not there must not pass for a lead that is gone
            raise


def opened(body: Any) -> dict[str, Any]:
    """The envelope, if it tells success. Raises Rejected as `Calls.get` says, Unavailable for what is no envelope."""
    if not isinstance(body, dict) or "messages" not in body:
        raise Unavailable("answer_without_envelope", "CRMVIET answered something else than its envelope")
    if _succeeded(body):
        return body
    text = explained(body)
    raise Rejected("refused", masked(text)[:500], status=_status(folded(text)))


def explained(body: Any) -> str:
    """The words of a refusal."""
    return str(body.get("details") or body.get("message") or "no details") if isinstance(body, dict) else "no details"


def _succeeded(body: dict[str, Any]) -> bool:
    return str(body.get("messages")).casefold() == "success"


def _status(words: str) -> int:
    if any(word in words for word in SESSION_ENDED):
        return 401
    return 404 if any(word in words for word in NOT_FOUND) else 400


def _unsaid(body: Any) -> str:  # noqa: ARG001 - of `Http.call`
    return "no details"


def _no_cloud() -> Rejected:
    return Rejected("no_such_address", "CRMVIET does not know this address", status=400, field="base_url")


def _login_refused() -> Rejected:
    return Rejected("login_refused", "CRMVIET refused e-mail and password", status=401, field="password")
