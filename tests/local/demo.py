"""`make demo`: the main job on this machine, with progress, and a table at the end; exits 1 when a count is wrong."""

import sys
import time
from collections import Counter
from typing import Any

from tests.local import stack, story
from tests.local.clients import Hub
from tests.local.places import CHECKOUT, Place, say, step
from tests.local.processes import NotUp
from tests.local.shops import Shops, connect, twins_of
from tests.local.waiting import quiet, settled


def main() -> int:
    """Run the story on a running stack, or on one of its own that is removed afterwards."""
    place = Place(CHECKOUT)
    running = stack.status(place)
    say("RetailHub on this machine: " + ("on the running stack" if running else "starting the stack"))
    try:
        described = running or stack.up(place)
    except NotUp as reason:
        say(str(reason))
        return 1
    try:
        return tell(described)
    finally:
        if not running:
            stack.down(place)


def tell(described: dict[str, Any]) -> int:
    """The story itself; answers the exit status."""
    started, hub = time.monotonic(), Hub(described)
    with step("a fresh business: old connections removed, twins emptied"):
        fresh(hub)
    with step("old data in four systems"):
        old = story.old_data(hub, twins_of(described))
    with step("connections made, webhooks registered"):
        shops = connect(hub)
    with step("old data sync begun; meanwhile a day's business by webhook; CNV answers 503, Getfly's answers get lost"):
        lost = {"status": 504, "times": 2, "path": "/api/v3/account$", "method": "POST", "after": True}
        shops.twins["getfly"].call("POST", "/faults", lost)
        shops.twins["cnv_loyalty"].call("POST", "/faults", {"status": 503, "times": 2, "path": "/api/webhook"})
        story.backfill(shops)
        acts = story.live_traffic(shops)
        story.catch_up(shops)
    with step("everything that was on its way has arrived"):
        quiet(shops, 120, _progress)
    with step("forged, repeated and late webhooks"):
        answers = story.forged(shops)
        again = story.repeated(shops)
        late_id, name = story.late(shops)
        quiet(shops, 60, _progress)
    with step("compared record by record"):
        differences = settled(shops, 60, _progress)
    differences += _late_problem(shops, late_id, name)
    _table(shops, {"old": old, "acts": acts, "repeated": again}, answers, differences, time.monotonic() - started)
    return 1 if differences else 0


def fresh(hub: Hub) -> None:
    """A running stack may have served before: its records stay, its connections and the twins' data do not."""
    for connection in list(hub.all("/connections")):
        hub.call("DELETE", f"/connections/{connection['id']}")
    for twin in twins_of(hub.stack).values():
        twin.call("POST", "/reset")


def _late_problem(shops: Shops, source_id: str, name: str) -> list[str]:
    connection = shops.id("kiotviet")
    found = [c for c in shops.hub.all("/customers") if c["external_ids"].get(connection) == source_id]
    wrong = [c["name"] for c in found if c["name"] != name]
    return [f"a late webhook won: {wrong}"] if wrong else []


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K        … {text[:100]}")
        sys.stderr.flush()
        sys.stderr.write("\r\033[K")


def _table(shops: Shops, sent: dict[str, int], forged: dict[str, int], differences: list[str], seconds: float) -> None:
    outcomes = Counter(event["outcome"] for event in shops.hub.all("/events"))
    rows = [
        ("went in", "records of old data", sent["old"]),
        ("", "acts of live business", sent["acts"]),
        ("", "webhooks sent once more", sent["repeated"]),
        ("", "forged webhooks", f"{len(forged)}, answered {', '.join(f'{p} {s}' for p, s in forged.items())}"),
        *[("became", outcome, n) for outcome, n in sorted(outcomes.items())],
        *[("stands at", f"{name} twin", _standing(twin)) for name, twin in shops.twins.items()],
        ("stands in", "hub", ", ".join(f"{n} {kind}" for kind, n in _hub_counts(shops).items())),
        ("", "lost", lost := _having(differences, "lost", "lack", "missing")),
        ("", "doubled", doubled := _having(differences, "doubled", " times")),
        ("", "other differences", len(differences) - lost - doubled),
        ("took", "seconds", f"{seconds:.0f}"),
    ]
    print()
    for first, second, value in rows:
        print(f"  {first:<10} {second:<26} {value}")
    for difference in differences[:20]:
        print(f"  WRONG: {difference}")


def _having(differences: list[str], *words: str) -> int:
    return sum(any(word in difference for word in words) for difference in differences)


def _standing(twin: Any) -> str:
    return ", ".join(f"{n} {kind}" for kind, n in twin.call("GET", "/counts").items())


def _hub_counts(shops: Shops) -> dict[str, int]:
    kinds = ("customers", "products", "orders", "contracts")
    return {kind: sum(1 for _ in shops.hub.all(f"/{kind}")) for kind in kinds}


if __name__ == "__main__":
    sys.exit(main())
