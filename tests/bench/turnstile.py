"""A turnstile before the stack: every webhook of the twins goes through it, and leaves behind when it came and went."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Passing:
    """One webhook on its way in: seconds since 1970 when it was sent and answered, and the ids it speaks of."""

    platform: str
    sent: float
    answered: float
    status: int
    ids: tuple[str, ...]


@dataclass
class Turnstile:
    """The passings so far; `url` stands for the stack's address of webhooks."""

    url: str
    passings: list[Passing] = field(default_factory=list)


@contextmanager
def before(webhooks: str) -> Iterator[Turnstile]:
    """A turnstile on a free port of 127.0.0.1 that hands everything on to the stack's webhooks."""
    server = _Server(("127.0.0.1", 0), _Request)
    server.target, server.kept = urlsplit(webhooks), threading.local()
    server.turnstile = Turnstile(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    try:
        yield server.turnstile
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    target: Any
    kept: threading.local
    turnstile: Turnstile

    def connection(self) -> HTTPConnection:
        """This thread's connection to the stack."""
        if not hasattr(self.kept, "connection"):
            self.kept.connection = HTTPConnection(self.target.hostname, self.target.port, timeout=40)
        return self.kept.connection


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = time.time()
        connection = self.server.connection()
        connection.request("POST", self.server.target.path + self.path, body, dict(self.headers.items()))
        with connection.getresponse() as response:
            response.read()
        passing = Passing(self.path.split("/")[1], sent, time.time(), response.status, tuple(_ids(body)))
        self.server.turnstile.passings.append(passing)
        self.send_response_only(response.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Says nothing: a webhook's path carries its connection's unguessable id."""


def _ids(body: bytes) -> Iterator[str]:
    """The ids in KiotViet's envelope, or the one of Haravan's bare record."""
    told = json.loads(body)
    for notification in told.get("Notifications", []):
        yield from (str(item["Id"]) for item in notification["Data"])
    if "id" in told:
        yield str(told["id"])
