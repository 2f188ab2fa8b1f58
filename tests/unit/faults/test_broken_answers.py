"""F47, F49, F51: a platform that answers slowly, hugely, brokenly or somewhere else is waited for, never believed."""

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any

import pytest

from retailhub.domain.errors import Rejected, Throttled, Unavailable
from retailhub.platforms import http
from retailhub.platforms.http import Http, Unpaced, wait_of


class Watching(Unpaced):
    """Remembers what the breaker is told."""

    def __init__(self) -> None:
        self.statuses: list[int] = []

    def seen(self, status: int, headers: Mapping[str, str]) -> None:
        self.statuses.append(status)


class Odd(BaseHTTPRequestHandler):
    """Answers each path in its own wrong way."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        getattr(self, self.path.partition("?")[0].strip("/").replace("-", "_"))()

    def log_message(self, *_: Any) -> None:
        """Nothing."""

    def html(self) -> None:
        self._say(b"<html>Bao tri he thong</html>")

    def broken_json(self) -> None:
        self._say(b'{"data": [')

    def utf16(self) -> None:
        self._say('{"a": 1}'.encode("utf-16"))

    def deep(self) -> None:
        self._say(b"[" * 100_000)

    def huge(self) -> None:
        self._say(b'"' + b"x" * (http.MAX_ANSWER + 10) + b'"')

    def bomb(self) -> None:
        self._say(gzip.compress(b" " * (http.MAX_ANSWER + 10)), headers={"Content-Encoding": "gzip"})

    def no_gzip(self) -> None:
        self._say(b'{"a": 1}', headers={"Content-Encoding": "gzip"})

    def torn(self) -> None:
        self._say(b'{"a": 1', headers={"Content-Length": "100"})
        self.close_connection = True

    def stalled(self) -> None:
        self._say(b'{"a"', headers={"Content-Length": "100"})
        time.sleep(1.0)

    def drip(self) -> None:
        self._say(b"", headers={"Content-Length": "100"})
        for _ in range(20):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def elsewhere(self) -> None:
        self._say(b"", 302, {"Location": "/stolen"})

    def nothing(self) -> None:
        self._say(b"")

    def wait_for_ever(self) -> None:
        self._say(b"", 429, {"Retry-After": "nan"})

    def hang_up(self) -> None:
        self.close_connection = True

    def _say(self, body: bytes, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    """The odd platform, on this machine alone."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), Odd)
    made.asked = []  # type: ignore[attr-defined]
    made.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def pacer() -> Watching:
    return Watching()


@pytest.fixture
def client(server: ThreadingHTTPServer, pacer: Watching, monkeypatch: pytest.MonkeyPatch) -> Http:
    """A client with little patience."""
    monkeypatch.setattr(http, "READ_SECONDS", 0.3)
    monkeypatch.setattr(http, "BODY_SECONDS", 0.4)
    monkeypatch.setattr(http, "MAX_ANSWER", 200_000)
    return Http(f"http://127.0.0.1:{server.server_address[1]}", {"Authorization": "Bearer bi-mat"}, pacer)


@pytest.mark.parametrize(
    "path, code",
    [
        ("/html", "answer_not_json"),
        ("/broken-json", "answer_not_json"),
        ("/utf16", "answer_not_json"),
        ("/deep", "answer_not_json"),
        ("/huge", "answer_too_large"),
        ("/bomb", "answer_too_large"),
        ("/no-gzip", "no_answer"),
        ("/torn", "no_answer"),
        ("/stalled", "no_answer"),
        ("/drip", "answer_too_slow"),
        ("/hang-up", "no_answer"),
    ],
)
def test_an_answer_that_is_none_is_an_outage(client: Http, pacer: Watching, path: str, code: str) -> None:
    """F49, F51: it may have done what we asked, so the same is asked again later; the breaker counts it, and the
    function is kept for a bounded time. Nothing of the call's secrets is told."""
    began = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        client.call("GET", path, params={"token": "bi-mat"})
    assert caught.value.code == code
    assert pacer.statuses == [0]
    assert "bi-mat" not in str(caught.value)
    assert time.monotonic() - began < 2


def test_a_redirect_is_refused_not_followed(client: Http, server: ThreadingHTTPServer) -> None:
    """F51: our credentials go to the platform's own host only."""
    with pytest.raises(Rejected) as caught:
        client.call("GET", "/elsewhere")
    assert caught.value.status == 302
    assert "/stolen" not in server.asked  # type: ignore[attr-defined]


def test_an_empty_answer_is_no_answer_s_body(client: Http) -> None:
    """F51: 200 without a body is success without words; the platform's own client says whether that will do."""
    assert client.call("GET", "/nothing").body is None


def test_a_wait_that_is_no_number_is_a_short_one(client: Http) -> None:
    """F47: a wait is always a moment that can be stored."""
    with pytest.raises(Throttled) as caught:
        client.call("GET", "/wait-for-ever")
    assert caught.value.retry_after == http.DEFAULT_WAIT


@pytest.mark.parametrize(
    "told, seconds", [("7.5", 7.5), ("0", 0.5), ("-3", 0.5), ("1e9", 3600), ("inf", 3600), ("soon", 5), ("nan", 5)]
)
def test_waiting_is_bounded(told: str, seconds: float) -> None:
    """F47: as told, but neither at once nor for ever."""
    assert wait_of({"Retry-After": told}) == seconds
