"""The outbox of a twin: queued webhooks, delivered by background threads, retried as the platform says."""

import heapq
import itertools
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import requests

KEPT = 20_000


@dataclass
class Delivery:
    """One webhook on its way; `attempt` counts from 1, `about` is free for the twin (subscription id and so on)."""

    url: str
    body: bytes
    headers: dict[str, str]
    topic: str = ""
    attempt: int = 1
    about: dict[str, Any] = field(default_factory=dict)
    repeated: bool = False

    def copy(self, **changes: Any) -> "Delivery":
        """The same webhook, byte for byte, to be sent once more from the first attempt."""
        return replace(self, headers=dict(self.headers), about=dict(self.about), attempt=1, **changes)


Answered = Callable[[Delivery, int | None], float | None]
"""Told the HTTP status (None: no answer in time); says after how many seconds to try again, or None for never."""


class Outbox:
    """Sends deliveries from worker threads; keeps the last of them so that they can be repeated byte for byte."""

    def __init__(self, answered: Answered, timeout: Callable[[], float], workers: Callable[[], int]) -> None:
        self.answered, self.timeout, self.workers = answered, timeout, workers
        self.wake = threading.Condition()
        self.order = itertools.count()
        self.threads: list[threading.Thread] = []
        self.closed = False
        self.empty()

    def empty(self) -> None:
        """Forget what waits and what was sent; deliveries under way still end, but are not retried."""
        with self.wake:
            self.waiting: list[tuple[float, int, Delivery]] = []
            self.under_way = 0
            self.epoch = getattr(self, "epoch", 0) + 1
            self.counts: Counter[str] = Counter()
            self.log: deque[dict[str, Any]] = deque(maxlen=200)
            self.sent: deque[Delivery] = deque(maxlen=KEPT)

    def put(self, delivery: Delivery, delay: float = 0.0) -> None:
        """Queue a delivery, to leave after `delay` seconds."""
        with self.wake:
            self.closed = False
            heapq.heappush(self.waiting, (time.monotonic() + delay, next(self.order), delivery))
            self.threads = [thread for thread in self.threads if thread.is_alive()]
            while len(self.threads) < max(1, self.workers()):
                self.threads.append(threading.Thread(target=self._work, daemon=True))
                self.threads[-1].start()
            self.wake.notify()

    def repeat(self, count: int) -> int:
        """Send the last `count` webhooks once more, same bytes and headers; answers how many there were."""
        again = list(self.sent)[-count:] if count > 0 else []
        for delivery in again:
            self.put(delivery.copy(repeated=True))
        return len(again)

    def drain(self, timeout: float = 30) -> bool:
        """Wait until nothing waits and nothing is under way; False when `timeout` seconds were not enough."""
        with self.wake:
            return self.wake.wait_for(lambda: not self.waiting and not self.under_way, timeout)

    def close(self) -> None:
        """Let the worker threads end; a later put starts new ones."""
        with self.wake:
            self.closed = True
            self.wake.notify_all()

    def report(self) -> dict[str, Any]:
        """The counts and the last 200 attempts, newest last; `sent` counts attempts, `pending` what still waits."""
        with self.wake:
            words = ("sent", "ok", "failed", "dropped")
            counts = {word: self.counts[word] for word in words}
            return {**counts, "pending": len(self.waiting) + self.under_way, "last": list(self.log)}

    def _next(self) -> tuple[int, Delivery] | None:
        with self.wake:
            while not self.closed:
                wait = self.waiting[0][0] - time.monotonic() if self.waiting else None
                if wait is not None and wait <= 0:
                    self.under_way += 1
                    return self.epoch, heapq.heappop(self.waiting)[2]
                self.wake.wait(wait)
            return None

    def _work(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while (taken := self._next()) is not None:
                epoch, delivery = taken
                if delivery.attempt == 1 and not delivery.repeated:
                    self.sent.append(delivery.copy())
                status = self._send(session, delivery)
                again = self.answered(delivery, status)
                self._settle(epoch, delivery, status, again)

    def _send(self, session: requests.Session, delivery: Delivery) -> int | None:
        try:
            answer = session.post(
                delivery.url, data=delivery.body, headers=delivery.headers,
                timeout=self.timeout(), allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException:
            return None
        return answer.status_code

    def _settle(self, epoch: int, delivery: Delivery, status: int | None, again: float | None) -> None:
        ok = status is not None and 200 <= status < 300
        with self.wake:
            if epoch != self.epoch:
                return
            self.under_way -= 1
            self.counts.update(["sent", "ok" if ok else "failed"])
            row = {"url": delivery.url, "topic": delivery.topic, "status": status, "attempt": delivery.attempt}
            self.log.append({**row, "at": time.time()})
            if not ok and again is None:
                self.counts["dropped"] += 1
            if again is not None:
                delivery.attempt += 1
                heapq.heappush(self.waiting, (time.monotonic() + again, next(self.order), delivery))
            self.wake.notify_all()
