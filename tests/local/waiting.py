"""Waiting until everything on its way has arrived: queues empty, webhooks sent, nothing waiting for a platform."""

import time
from collections.abc import Callable

from retailhub.store.reviews import UNDECIDED
from tests.local.differences import all_of
from tests.local.shops import Shops

Tell = Callable[[str], None]
RESUME_EVERY = 5.0
"""Seconds; in AWS the schedule does so each minute."""


def settled(shops: Shops, seconds: float = 120, tell: Tell = lambda _: None) -> list[str]:
    """Wait until no difference is left or the time is over; answers the differences that remain."""
    deadline = time.monotonic() + seconds
    differences = ["not compared yet"]
    while differences and time.monotonic() < deadline:
        quiet(shops, max(1.0, deadline - time.monotonic()), tell)
        differences = all_of(shops)
        if differences:
            tell(f"{len(differences)} differences, e.g. {differences[0]}")
            time.sleep(1)
    return differences


def quiet(shops: Shops, seconds: float = 60, tell: Tell = lambda _: None, *, backlog: bool = True) -> bool:
    """Wait until every twin has sent its webhooks and every queue is empty, twice in a row; with `backlog` also until
    nothing waits for a platform any more."""
    deadline, calm, resumed = time.monotonic() + seconds, 0, time.monotonic()
    while calm < 2 and time.monotonic() < deadline:
        waiting = backlog_of(shops) if backlog else 0
        busy = _on_the_way(shops) or (f"{waiting} wait for a platform" if waiting else "")
        calm = 0 if busy else calm + 1
        if waiting and time.monotonic() - resumed > RESUME_EVERY:
            shops.hub.run("ResumeDeliveries")
            resumed = time.monotonic()
        if busy:
            tell(busy)
        time.sleep(0.5)
    return calm >= 2


def backlog_of(shops: Shops) -> int:
    """Deliveries and changes that wait for a platform; what waits for a person does not count."""
    return sum(
        bool(item["due_at"]) and item["reason"] != UNDECIDED
        for made in shops.connections.values()
        for kind in ("deliveries", "changes")
        for item in shops.hub.call("GET", f"/connections/{made['id']}/backlog", kind=kind, limit=200)["items"]
    )


def _on_the_way(shops: Shops) -> str:
    waiting = {name: n for name, n in shops.hub.waiting().items() if not name.endswith(("DeadLetters", "Failures"))}
    outgoing = sum(twin.call("GET", "/webhooks").get("pending", 0) for twin in shops.twins.values())
    if outgoing:
        waiting["webhooks of the twins"] = outgoing
    return ", ".join(f"{name} {n}" for name, n in sorted(waiting.items()))
