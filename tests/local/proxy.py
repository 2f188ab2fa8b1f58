"""A reverse proxy that gives the emulated HTTP API a plain address, known before the API exists.

`python -m tests.local.proxy --port P --endpoint http://127.0.0.1:E --api ID` hands every request on to the API.
Where the emulator's gateway differs from AWS's, the proxy answers as AWS does: 413 above 10 MB, and 500 without the
error's text when a function fails.
The emulator starts one more process of this machine for each call that comes while all of a function's processes are
busy; so that a burst does not start dozens at once, calls of one route beyond the number of cores wait here.
"""

import argparse
import os
import threading
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LARGEST_BODY = 10 * 1024 * 1024
HOP_BY_HOP = {"connection", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade", "host"}


class Gateway(ThreadingHTTPServer):
    """Knows where the emulator is and under which host name it serves the API."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port: int, endpoint: str, api_id: str) -> None:
        super().__init__(("127.0.0.1", port), Request)
        self.emulator = urlsplit(endpoint)
        self.api_host = f"{api_id}.execute-api.localhost:{self.emulator.port}"
        cores = max(2, os.cpu_count() or 2)
        self.turns: dict[str, threading.BoundedSemaphore] = defaultdict(lambda: threading.BoundedSemaphore(cores))

    def turn(self, path: str) -> threading.BoundedSemaphore:
        """The turns of a function: one per core; `/webhooks/kiotviet/…` is one function, all of `/api/…` another."""
        parts = path.split("?")[0].split("/")
        return self.turns["/".join(parts[1:3] if parts[1:2] == ["webhooks"] else parts[1:2])]

    def connection(self) -> HTTPConnection:
        """A fresh connection to the emulator: one that was kept may have been closed from there, just now."""
        return HTTPConnection(self.emulator.hostname or "", self.emulator.port, timeout=40)


class Request(BaseHTTPRequestHandler):
    """One call of a platform, a script or a browser."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Gateway

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST_BODY:
            self.close_connection = True
            self.answer(413, [], b'{"message":"Request Entity Too Large"}')
            return
        body = self.rfile.read(length)
        try:
            with self.server.turn(self.path):
                self.hand_on(body)
        except (OSError, HTTPException):
            self.answer(503, [], b'{"message":"Service Unavailable"}')

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = handle_any  # noqa: N815 the standard library's names

    def hand_on(self, body: bytes) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        with closing(self.server.connection()) as connection:
            connection.request(self.command, self.path, body, {**headers, "Host": self.server.api_host})
            with connection.getresponse() as response:
                content = response.read()
        self.answer(*_as_on_aws(response, content))

    def answer(self, status: int, headers: Iterable[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing: a webhook's path carries its connection's unguessable id."""


def _as_on_aws(response: HTTPResponse, content: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    if response.status == 502:
        return 500, [("Content-Type", "application/json")], b'{"message":"Internal Server Error"}'
    dropped = HOP_BY_HOP | {"content-length"}
    return response.status, [each for each in response.getheaders() if each[0].lower() not in dropped], content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--api", required=True)
    options = parser.parse_args()
    Gateway(options.port, options.endpoint, options.api).serve_forever()


if __name__ == "__main__":
    main()
