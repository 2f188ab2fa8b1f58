"""Haravan's doors: the token, the content type, and the leaky bucket with its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request
from flask.typing import ResponseReturnValue

if TYPE_CHECKING:
    from tests.twins.haravan.twin import HaravanTwin

TOKEN = "twin-haravan-token"


class Bucket:
    """80 calls fit in, 4 leak out each second; one bucket for the shop (haravan.md §3.2)."""

    def __init__(self, twin: HaravanTwin) -> None:
        self.twin = twin
        self.level = 0.0
        self.at = twin.quota_time()

    def check(self) -> ResponseReturnValue | None:
        """401 for a stranger, 429 for an impatient one, 400 for a body that is not JSON."""
        if not request.path.startswith(("/com/", "/api/")):
            return None
        if request.headers.get("Authorization") != f"Bearer {TOKEN}" or self.twin.uninstalled:
            return self.twin.answer({"errors": "[API] Invalid API key or access token"}, 401)
        if request.path.startswith("/com/") and not self._drop():
            return self.twin.answer({"errors": "Exceeded API call limit"}, 429, self._retry_after())
        if request.method in ("POST", "PUT") and request.content_length and not request.is_json:
            return self.twin.answer({"errors": "Content-Type must be application/json"}, 400)
        return None

    def label(self, answer: Response) -> Response:
        """Write the bucket's level on every answer of the API."""
        if self.twin.switches["bucket"] and request.path.startswith("/com/"):
            size = self.twin.switches["bucket_size"]
            answer.headers["X-Haravan-Api-Call-Limit"] = f"{min(int(self.level + 0.999), size)}/{size}"
        return answer

    def _drop(self) -> bool:
        if not self.twin.switches["bucket"]:
            return True
        now = self.twin.quota_time()
        self.level = max(0.0, self.level - (now - self.at) * self.twin.switches["bucket_leak"])
        self.at = now
        if self.level + 1 > self.twin.switches["bucket_size"]:
            return False
        self.level += 1
        return True

    def _retry_after(self) -> dict[str, str]:
        return {"Retry-After": str(self.twin.switches["retry_after"])}
