"""An inbox on 127.0.0.1 that takes a twin's webhooks and keeps them for the test to read."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl


@dataclass
class Inbox:
    """What arrived, oldest first: headers and raw bytes."""

    url: str = ""
    taken: list[tuple[Message, bytes]] = field(default_factory=list)

    def forms(self) -> list[dict[str, str]]:
        """The received web forms as flat dicts."""
        return [dict(parse_qsl(body.decode(), keep_blank_values=True)) for _, body in self.taken]


@contextlib.contextmanager
def open_inbox(status: int = 200) -> Iterator[Inbox]:
    """Answer every POST with `status`."""
    inbox = Inbox()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            inbox.taken.append((self.headers, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    inbox.url = f"http://127.0.0.1:{server.server_port}/hooks"
    yield inbox
    server.shutdown()
    server.server_close()
