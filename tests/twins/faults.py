"""Ordered failures of a twin: the next calls answer with an error, late, or not at all."""

import json
import re
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Response, g, request


@dataclass
class Fault:
    """What `POST /_twin/faults` orders; status 0 closes the connection without an answer."""

    status: int = 503
    times: int = 1
    path: str = ""
    method: str = ""
    after: bool = False
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = ""

    def meets(self) -> bool:
        """Is this call one of those that shall fail?"""
        known_method = not self.method or self.method.upper() == request.method
        return bool(self.times) and known_method and bool(re.search(self.path, request.path))

    def answer(self) -> Response:
        """The failing answer, after the ordered delay in seconds."""
        time.sleep(self.delay)
        if self.status == 0:
            _hang_up()
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        return Response(text, self.status or 500, {"Content-Type": "application/json", **self.headers})


class Faults:
    """The ordered failures, first ordered first served; a fault with status 200 and a delay is only slow."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []

    def order(self, wish: dict[str, Any]) -> None:
        """Add a fault; unknown words are refused by TypeError."""
        self.ordered.append(Fault(**wish))

    def strike(self) -> Response | None:
        """Called before a platform call: the failing answer, or None to let the call through."""
        fault = next((fault for fault in self.ordered if fault.meets()), None)
        if fault is None:
            return None
        fault.times -= 1 if fault.times > 0 else 0
        if fault.after:
            g.fault = fault
            return None
        if fault.status == 200:
            time.sleep(fault.delay)
            return None
        return fault.answer()

    def cover(self, answer: Response) -> Response:
        """Called after a platform call: hide the real answer where the fault said `after`."""
        fault: Fault | None = g.pop("fault", None)
        return fault.answer() if fault else answer


def _hang_up() -> None:
    connection = request.environ.get("werkzeug.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
