"""HTTP to the platforms: bounded in time and size, no redirects, every failure told apart by what must happen next."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from retailhub.domain.errors import Malformed, Rejected, Throttled, Unavailable
from retailhub.platforms.masking import masked
from retailhub.platforms.webhooks import parse_json

CONNECT_SECONDS = 3.05
READ_SECONDS = 15.0
BODY_SECONDS = 20.0
"""What a whole answer may take: the limit before it is for each silence only."""
PIECE = 64 * 1024
MAX_ANSWER = 20 * 1024 * 1024
DEFAULT_WAIT = 5.0
LONGEST_WAIT = 3600.0


class Pacer(Protocol):
    """Paces the calls of one connection: its budget, and what the platform says about it."""

    def take(self) -> None:
        """Take one call from the budget. Raises Throttled when it is used up or the connection's breaker is open."""

    def seen(self, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer."""


class Unpaced:
    """No budget at all: for tests and one-off calls."""

    def take(self) -> None:
        """Always allowed."""

    def seen(self, status: int, headers: Mapping[str, str]) -> None:
        """Nothing to learn."""


@dataclass(frozen=True)
class Answer:
    """A platform's answer: HTTP status, JSON body (None if empty), headers."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Http:
    """Calls to one platform host. `headers` are sent with each call (the credentials)."""

    def __init__(self, base_url: str, headers: Mapping[str, str] | None = None, pacer: Pacer | None = None) -> None:
        self._base = base_url.rstrip("/")
        self._pacer = pacer or Unpaced()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers.update({"Accept": "application/json", **(headers or {})})

    def authorize(self, headers: Mapping[str, str]) -> None:
        """Send these headers from now on (a fresh token)."""
        self._session.headers.update(headers)

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        explain: Callable[[Any], str] = str,
    ) -> Answer:
        """One paced call. Raises Throttled (429), Unavailable (5xx, no answer, rubbish), Rejected (other 4xx, with the
        text that `explain` finds in the body, phones and e-mails masked). Errors never carry the URL's query or the
        headers: they hold secrets."""
        self._pacer.take()
        answer = self._send(method, path, params, json, form)
        self._pacer.seen(answer.status, answer.headers)
        if answer.status == 429:
            raise Throttled("throttled", f"{self._host} asks to slow down", retry_after=wait_of(answer.headers))
        if answer.status >= 500:
            raise Unavailable("unavailable", f"{self._host} answered {answer.status}")
        if answer.status >= 300:
            raise Rejected("refused", masked(explain(answer.body))[:500], status=answer.status)
        return answer

    @property
    def _host(self) -> str:
        return urlsplit(self._base).netloc

    def _send(self, method: str, path: str, params: Any, json: Any, form: Any) -> Answer:
        try:
            with self._session.request(
                method,
                self._base + path,
                params=params,
                json=json,
                data=form,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                stream=True,
            ) as response:
                return Answer(response.status_code, self._body(response), response.headers)
        except (requests.RequestException, HTTPError) as error:
            self._pacer.seen(0, {})
            raise Unavailable("no_answer", f"{self._host}: {type(error).__name__}") from None
        except Unavailable:
            self._pacer.seen(0, {})
            raise

    def _body(self, response: requests.Response) -> Any:
        raw = self._read(response)
        if not raw.strip():
            return None
        try:
            return parse_json(raw)
        except Malformed:
            if response.status_code < 300:
                raise Unavailable("answer_not_json", self._host) from None
            return {"message": raw[:500].decode("utf-8", "replace")}

    def _read(self, response: requests.Response) -> bytes:
        """The body, piece by piece as it comes: neither a drop a second nor a flood keeps a function for long."""
        raw, deadline = bytearray(), time.monotonic() + BODY_SECONDS
        while piece := response.raw.read1(PIECE, decode_content=True):
            raw += piece
            if len(raw) > MAX_ANSWER:
                raise Unavailable("answer_too_large", self._host)
            if time.monotonic() > deadline:
                raise Unavailable("answer_too_slow", self._host)
        return bytes(raw)


def wait_of(headers: Mapping[str, str]) -> float:
    """Seconds in `Retry-After` (a decimal string at Haravan), bounded; a default if it is missing or unreadable."""
    try:
        seconds = float(headers.get("Retry-After", DEFAULT_WAIT))
    except ValueError:
        return DEFAULT_WAIT
    return DEFAULT_WAIT if isnan(seconds) else min(max(seconds, 0.5), LONGEST_WAIT)
