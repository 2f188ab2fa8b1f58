"""An address on 127.0.0.1 that keeps the webhooks it is sent, and answers as it is told."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import make_server

from tests.twins.base import QuietHandler


@dataclass(frozen=True)
class Letter:
    """One webhook as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int

    @property
    def data(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        """A header by its name, letter case does not matter."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), None)


class Inbox:
    """Keeps letters; `statuses` are answered one after the other, the last for all further; GET asks `shake`."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.statuses = [200]
        self.delay = 0.0
        self.shake: Callable[[dict[str, str]], tuple[str, int]] = lambda asked: ("", 404)
        self.lock = threading.Lock()
        self.url = ""

    def take(self, path: str) -> Response:
        """Keep a letter and answer it; a GET is a handshake."""
        if request.method == "GET":
            text, status = self.shake(request.args.to_dict())
            return Response(text, status, content_type="text/plain")
        time.sleep(self.delay)
        with self.lock:
            status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
            self.letters.append(Letter(f"/{path}", dict(request.headers), request.get_data(), status))
        return Response("", status)

    @contextlib.contextmanager
    def open(self) -> Iterator["Inbox"]:
        """Listen on a free port of 127.0.0.1; `url` says where."""
        app = Flask("inbox")
        app.add_url_rule("/<path:path>", "take", self.take, methods=["GET", "POST"])
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_port}/hooks"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
