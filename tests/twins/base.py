"""A twin: one platform in memory on 127.0.0.1, with its own API, its webhooks and a control API under /_twin.

A platform's twin is a subclass that says its `name`, its `defaults` (switches), its record `kinds`, and fills in
`routes`, `invent`, `create`, `change`, `remove` and, where the platform retries or unsubscribes,
`on_webhook_answer`. Every view runs under `self.lock`, so views need no lock of their own.
Twins know nothing of the hub: they are an independent witness of the platform sheets.
"""

import contextlib
import copy
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, ClassVar

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.twins import control
from tests.twins.faults import Faults
from tests.twins.outbox import Delivery, Outbox

Record = dict[str, Any]
SHARED_SWITCHES: dict[str, Any] = {
    "webhook_timeout": 5.0,  # seconds a platform waits for the answer (kiotviet.md §2.5, haravan.md §0.3)
    "webhook_workers": 4,  # deliveries at the same time; order is promised by no platform
}


class QuietHandler(WSGIRequestHandler):
    """Writes no access log: a demo's terminal belongs to the demo."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the name is werkzeug's
        """Say nothing."""


class LockedFlask(Flask):
    """Runs one view at a time; ordered delays happen outside the lock, so slow answers do not stop others."""

    lock: threading.RLock

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view under the twin's lock."""
        with self.lock:
            return super().dispatch_request()


class Twin:
    """The part all twins have in common; see the module's words for what a subclass adds."""

    name: ClassVar[str] = ""
    defaults: ClassVar[dict[str, Any]] = {}
    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.speed = 1.0
        self.anchor = (clock(), clock())
        self.sowing_fresh = False  # while seeding with {"fresh": true}: stamp records now, not in the past
        self.lock = threading.RLock()
        self.faults = Faults()
        self.outbox = Outbox(
            self._webhook_answered,
            lambda: float(self.switches["webhook_timeout"]),
            lambda: int(self.switches["webhook_workers"]),
        )
        self.switches: dict[str, Any] = {}
        self.reset()
        self.app = LockedFlask(f"twin-{self.name}")
        self.app.lock = self.lock
        self.app.url_map.strict_slashes = False
        self.app.before_request(self._before)
        self.app.after_request(self._after)
        control.register(self)
        self.routes()

    # What a platform fills in

    def routes(self) -> None:
        """Register the platform's own API on `self.app`."""

    def clear(self) -> None:
        """Set up the platform's state beside `self.records` afresh (tokens, subscriptions, counters)."""

    def invent(self, kind: str, number: int) -> Record:
        """Make and store invented record `number` of a kind, without webhooks; answers it in platform shape."""
        raise NotImplementedError(kind)

    def create(self, kind: str, record: Record) -> Record:
        """Store a record typed on the platform's own screen: defaults, stamps, webhooks. ValueError: refused."""
        raise NotImplementedError(kind)

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """Merge a change made on the platform's own screen into a record, stamp it, fire webhooks."""
        raise NotImplementedError(kind)

    def remove(self, kind: str, key: Any) -> Record:
        """Delete as the platform does (soft or hard) and fire webhooks; answers the record as it was."""
        raise NotImplementedError(kind)

    def announce(self, kind: str, record: Record) -> None:
        """Fire the webhook of a new record; used by seed when it is asked to send webhooks."""

    def set_target(self, wish: Record) -> Record:
        """Point webhooks at an address where the platform has no registration API; answers what stands."""
        raise ValueError(f"{self.name} registers webhooks through its own API")

    def on_webhook_answer(self, delivery: Delivery, status: int | None) -> float | None:
        """Told how a webhook was answered (None: no answer in time): seconds until the next try, or None."""
        return None

    def dumps(self, data: Any) -> str:
        """JSON text as the platform writes it; UTF-8, not escaped."""
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_plain)

    # What a twin offers

    @contextlib.contextmanager
    def serve(self, port: int = 0) -> Iterator[str]:
        """Run on 127.0.0.1 (port 0: any free one); gives the base URL without a slash at the end."""
        server = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=QuietHandler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            self.outbox.close()

    def send_webhook(self, url: str, body: bytes, headers: dict[str, str], topic: str = "", **about: Any) -> None:
        """Queue a webhook; `about` comes back in `on_webhook_answer` as `delivery.about`."""
        self.outbox.put(Delivery(url, body, headers, topic, 1, about))

    def drain(self, timeout: float = 30) -> bool:
        """Wait until all queued webhooks (retries too) are sent."""
        return self.outbox.drain(timeout)

    def reset(self) -> None:
        """Back to an empty shop: no records, calls, faults or webhooks; switches at their defaults."""
        with self.lock:
            self.switches.clear()
            self.switches.update(copy.deepcopy({**SHARED_SWITCHES, **self.defaults}))
            self.records: dict[str, dict[Any, Record]] = {kind: {} for kind in self.kinds}
            self.faults.ordered.clear()
            self.outbox.empty()
            self.forget_calls()
            self.clear()

    def forget_calls(self) -> None:
        """Start counting the platform's calls afresh."""
        self.calls: deque[dict[str, Any]] = deque(maxlen=200)
        self.by_route: Counter[str] = Counter()
        self.by_status: Counter[int] = Counter()

    def quota_time(self) -> float:
        """Seconds on the clock that quotas use; PUT /_twin/clock makes it run faster than the world's."""
        real, virtual = self.anchor
        return virtual + (self.clock() - real) * self.speed

    def set_speed(self, speed: float) -> None:
        """Let quota time run `speed` times as fast from now on."""
        self.anchor, self.speed = (self.clock(), self.quota_time()), speed

    def skip(self, seconds: float) -> None:
        """Let quota time jump ahead."""
        self.anchor = (self.clock(), self.quota_time() + seconds)

    def key(self, kind: str, text: str) -> Any:
        """The key of a record from its spelling in a path; whole numbers where the platform uses them."""
        return int(text) if text.lstrip("-").isdigit() else text

    def state(self, kind: str) -> list[Record]:
        """All records of a kind in platform shape, in the order they were made."""
        return list(self.records[kind].values())

    def answer(self, data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
        """A JSON answer as the platform writes it."""
        return Response(self.dumps(data), status, headers, content_type="application/json; charset=utf-8")

    def _webhook_answered(self, delivery: Delivery, status: int | None) -> float | None:
        with self.lock:
            return self.on_webhook_answer(delivery, status)

    def _before(self) -> Response | None:
        return None if request.path.startswith("/_twin") else self.faults.strike()

    def _after(self, answer: Response) -> Response:
        if request.path.startswith("/_twin"):
            return answer
        answer = self.faults.cover(answer)
        with self.lock:
            route = f"{request.method} {request.url_rule.rule if request.url_rule else request.path}"
            self.by_route[route] += 1
            self.by_status[answer.status_code] += 1
            call = {"at": self.clock(), "method": request.method, "path": request.full_path.rstrip("?")}
            self.calls.append({**call, "status": answer.status_code})
        return answer


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
