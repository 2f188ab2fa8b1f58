"""Sessions: a signed cookie that says whose API key was shown, and until when; the key itself is not in it.

The key is looked up anew with every request, so a revoked one is out at once.
"""

import base64
import hashlib
import hmac
import json
import os
import time
from dataclasses import dataclass, replace
from typing import Any

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from retailhub.crm import api_keys
from retailhub.crm.api_keys import ApiKey
from retailhub.store.table import Table

COOKIE = "__Host-retailhub"
IDLE_SECONDS = 30 * 60
"""A session ends when nobody has used it for so long,"""
LONGEST_SECONDS = 12 * 3600
"""and in any case after so long."""
RENEWED_SECONDS = 60


@dataclass(frozen=True)
class Session:
    """mark: the hash of the API key. began, seen: seconds since 1970."""

    id: str
    mark: str
    began: int
    seen: int

    @property
    def ends(self) -> int:
        """When it is over unless it is used again."""
        return min(self.seen + IDLE_SECONDS, self.began + LONGEST_SECONDS)


class Sessions:
    """Opens sessions and knows them again by their signature."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def opened(self, table: Table, text: str, now: float | None = None) -> Session | None:
        """A new session for whoever shows a valid API key, or None."""
        key = api_keys.known(table, text.strip())
        at = int(time.time() if now is None else now)
        return Session(os.urandom(16).hex(), key.hash, at, at) if key else None

    def read(self, cookie: str, now: float | None = None) -> Session | None:
        """The session in a cookie, or None for a forged, torn or ended one."""
        body, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(self._signed("session", body).encode(), signature.encode("utf-8", "replace")):
            return None
        try:
            session = Session(**json.loads(base64.urlsafe_b64decode(body)))
        except (ValueError, TypeError):
            return None
        return session if (time.time() if now is None else now) < session.ends else None

    def key_of(self, table: Table, session: Session) -> ApiKey | None:
        """The session's API key, or None once it is revoked."""
        return api_keys.with_hash(table, session.mark)

    def written(self, session: Session) -> str:
        """The cookie's text."""
        told = {"id": session.id, "mark": session.mark, "began": session.began, "seen": session.seen}
        body = base64.urlsafe_b64encode(json.dumps(told).encode()).decode()
        return f"{body}.{self._signed('session', body)}"

    def renewed(self, session: Session, now: float | None = None) -> Session | None:
        """The session as used just now, or None if it was written down moments ago."""
        at = int(time.time() if now is None else now)
        return replace(session, seen=at) if at - session.seen >= RENEWED_SECONDS else None

    def proof(self, session: Session) -> str:
        """What every form of the session carries, and no other site can know. All sessions of one API key have the
        same, so that what was typed before a session ended can be sent after signing in again."""
        return self._signed("form", session.mark)

    def proves(self, session: Session, told: str) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(self.proof(session).encode(), told.encode("utf-8", "replace"))

    def _signed(self, what: str, text: str) -> str:
        return hmac.new(self._key, f"{what}:{text}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def cookies_of(event: dict[str, Any]) -> dict[str, str]:
    """The cookies of a call (payload format 2.0), as API Gateway lists them or as the header has them."""
    listed = event.get("cookies") or str((event.get("headers") or {}).get("cookie", "")).split(";")
    pairs = (one.strip().partition("=") for one in listed)
    return {name: value for name, _, value in pairs if name}


def session_cookie(text: str, seconds: int = LONGEST_SECONDS) -> Cookie:
    """The cookie: only sent to this very host, only with its own pages, and no script can read it."""
    return Cookie(COOKIE, text, path="/", secure=True, http_only=True, max_age=seconds, same_site=SameSite.STRICT_MODE)
