"""KiotViet's public API: a day's token, the shop's header, and errors told apart (kiotviet.md §1, §3.3)."""

from collections.abc import Mapping
from typing import Any

from retailhub.domain.errors import Rejected, Throttled
from retailhub.platforms.http import DEFAULT_WAIT, Answer, Http, Pacer
from retailhub.platforms.kiotviet.settings import Credentials

API = "https://public.kiotapi.com"
IDENTITY = "https://id.kiotviet.vn"
NOT_FOUND = (404, 420)
"""A missing record may be a business error (420) instead of 404 (kiotviet.md §3.3)."""


class Api:
    """Calls to one shop. The token is asked for with the first call, kept, and asked for anew once after a 401."""

    def __init__(self, credentials: Credentials, url: str | None, pacer: Pacer) -> None:
        self._credentials = credentials
        self._http = Http(url or API, {"Retailer": credentials.retailer}, pacer)
        self._identity = Http(url or IDENTITY)
        self._token = ""

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The body of a GET. Raises as `Http.call` does; a throttle in another dress is told as Throttled."""
        return self.call("GET", path, params=params).body

    def call(self, method: str, path: str, **how: Any) -> Answer:
        """Any call, with a token; one that has ended is replaced once."""
        if not self._token:
            self._authorize()
        try:
            return self._called(method, path, **how)
        except Rejected as error:
            if error.status != 401:
                raise
        self._authorize()
        return self._called(method, path, **how)

    def _called(self, method: str, path: str, **how: Any) -> Answer:
        try:
            return self._http.call(method, path, explain=explain, **how)
        except Rejected as error:
            if str(error).startswith("RateLimited"):
                raise Throttled("throttled", "KiotViet asks to slow down", retry_after=DEFAULT_WAIT) from None
            raise

    def _authorize(self) -> None:
        """Client credentials for a token; `scopes` is the documented spelling (kiotviet.md §1)."""
        form = {
            "scopes": "PublicApi.Access",
            "grant_type": "client_credentials",
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
        }
        answer = self._identity.call("POST", "/connect/token", form=form, explain=_oauth)
        token = answer.body.get("access_token") if isinstance(answer.body, dict) else None
        if not isinstance(token, str) or not token:
            raise Rejected("no_token", "KiotViet gave no access token", status=401)
        self._token = token
        self._http.authorize({"Authorization": f"Bearer {token}"})


def explain(body: Any) -> str:
    """`<code>: <message>` of a ServiceStack error body, or what there is."""
    if not isinstance(body, dict):
        return "no details"
    status = body.get("responseStatus")
    if not isinstance(status, dict):
        return str(body.get("message") or body.get("error") or "no details")
    return f"{status.get('errorCode') or 'error'}: {status.get('message') or ''}"


def _oauth(body: Any) -> str:
    return str(body.get("error") or "refused") if isinstance(body, dict) else "refused"
