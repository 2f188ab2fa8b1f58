"""KiotViet's doors: the token address, the two headers on every call, and the hourly quota."""

from __future__ import annotations

import base64
import json
import secrets
from typing import TYPE_CHECKING, Any

from flask import Response, request
from flask.typing import ResponseReturnValue

if TYPE_CHECKING:
    from tests.twins.kiotviet.twin import KiotVietTwin

RETAILER, CLIENT_ID, CLIENT_SECRET = "cuahangmau", "twin-client", "twin-secret"
HOUR = 3600


class Entrance:
    """Who may come in, and how often."""

    def __init__(self, twin: KiotVietTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """POST /connect/token, and the checks before every other call."""
        self.twin.app.post("/connect/token")(self.token)
        self.twin.app.delete("/_twin/tokens")(self.end_tokens)
        self.twin.app.before_request(self.check)

    def token(self) -> ResponseReturnValue:
        """Client credentials for a day's token (kiotviet.md §1); a form only, `scopes` or `scope`."""
        form = request.form
        if form.get("grant_type") != "client_credentials":
            return self.twin.answer({"error": "unsupported_grant_type"}, 400)
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return self.twin.answer({"error": "invalid_client"}, 400)
        if "PublicApi.Access" not in (form.get("scopes"), form.get("scope")):
            return self.twin.answer({"error": "invalid_scope"}, 400)
        seconds = self.twin.switches["token_seconds"]
        token = self._jwt(seconds)
        self.twin.tokens[token] = self.twin.clock() + seconds
        return self.twin.answer(
            {"access_token": token, "expires_in": seconds, "token_type": "Bearer", "scope": "PublicApi.Access"}
        )

    def end_tokens(self) -> ResponseReturnValue:
        """Control: every token given so far is worth nothing from now on."""
        self.twin.tokens.clear()
        return self.twin.answer({"tokens": 0})

    def check(self) -> ResponseReturnValue | None:
        """401 without the shop's name and a living token; 429 when the hour's calls are spent."""
        if request.path.startswith("/_twin") or request.path == "/connect/token":
            return None
        with self.twin.lock:
            return self._stranger() or self._throttled()

    def _stranger(self) -> ResponseReturnValue | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.twin.tokens.get(token, 0) <= self.twin.clock():
            return self.twin.refuse("TokenInvalid", "Token không hợp lệ hoặc đã hết hạn", 401)
        if request.headers.get("Retailer") != self.twin.switches["retailer"]:
            return self.twin.refuse("RetailerInvalid", "Thiếu hoặc sai tên gian hàng (Retailer)", 401)
        return None

    def _throttled(self) -> ResponseReturnValue | None:
        quota, now, recent = self.twin.switches["quota_gets_per_hour"], self.twin.quota_time(), self.twin.recent_gets
        if not quota or request.method != "GET":
            return None
        while recent and recent[0] <= now - HOUR:
            recent.popleft()
        if len(recent) < quota:
            recent.append(now)
            return None
        answer = self.twin.refuse("RateLimited", "Vượt quá số lượt gọi cho phép trong một giờ", 429)
        if self.twin.switches["quota_headers"] and isinstance(answer, Response):
            answer.headers["Retry-After"] = str(int(recent[0] + HOUR - now) + 1)
        return answer

    def _jwt(self, seconds: int) -> str:
        claims: dict[str, Any] = {
            "exp": int(self.twin.clock()) + seconds, "client_RetailerCode": self.twin.switches["retailer"],
            "client_RetailerId": str(self.twin.switches["retailer_id"]), "client_UserId": "12001",
        }  # fmt: skip
        return ".".join((_part({"alg": "RS256", "typ": "JWT"}), _part(claims), secrets.token_urlsafe(24)))


def _part(data: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")
