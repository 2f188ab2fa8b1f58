"""2,000 signed webhooks of the twins into the local stack: how fast, at what cost, and that none is lost or doubled."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from tests.bench import cpu_time, turnstile
from tests.bench.applying import customer_cpu
from tests.bench.figures import Figure, at_least, exactly, shown
from tests.bench.rewired import rewire
from tests.bench.turnstile import Passing, Turnstile
from tests.local import differences
from tests.local import stack as local_stack
from tests.local.clients import Hub
from tests.local.places import CHECKOUT, Place, say, step
from tests.local.shops import Shops, connect, twins_of
from tests.local.waiting import quiet

PLATFORMS = ("kiotviet", "haravan")
WEBHOOKS = 2_000
WARM_UP = {"kiotviet": {"customers": 100}, "haravan": {"customers": 200}}
SENT = {"kiotviet": {"customers": 1_000, "start": 100}, "haravan": {"orders": 780}}
"""About three orders in ten are paid and fire two webhooks."""
CALM, PAUSE = 30, 0.3
SHOWN_FROM = 0.1
PATIENCE = 150.0


def figures() -> Iterator[Figure]:
    """On a running stack, or on one of its own that is removed afterwards. Connections and twins are made afresh."""
    place = Place(CHECKOUT)
    running = local_stack.status(place)
    described = running or local_stack.up(place, PLATFORMS)
    try:
        with step("bench stack: shops connected, functions warm"):
            shops = _fresh(Hub(described))
        yield from _measured(shops)
    finally:
        if not running:
            local_stack.down(place)


def _fresh(hub: Hub) -> Shops:
    for connection in list(hub.all("/connections")):
        hub.call("DELETE", f"/connections/{connection['id']}")
    for twin in twins_of(hub.stack).values():
        twin.call("POST", "/reset")
    return connect(hub, PLATFORMS)


def _measured(shops: Shops) -> Iterator[Figure]:
    described = shops.hub.stack
    with turnstile.before(described["webhooks"]) as gate:
        rewire(shops, gate.url)
        _seed(shops, WARM_UP)
        with step("bench stack: a calm hour, one webhook after the other"):
            calm = _one_by_one(shops, gate)
        gate.passings.clear()
        with step(f"bench stack: {WEBHOOKS:,} webhooks sent and everything arrived"):
            spent = _cpu_spent(described, lambda: _seed(shops, SENT))
        events = _events(shops)
        yield from _accepted(gate.passings)
        yield from _arrived(gate.passings, events)
        yield shown("in a calm hour, sent to applied, p50 and p99", _seconds(_waits(calm, events)))
        yield from _cpu(spent, Counter(passing.platform for passing in gate.passings))
    own, client = customer_cpu()
    yield shown("apply of a customer in process: our own code", own, "ms")
    yield shown("apply of a customer in process: the AWS client", client, "ms")
    yield from _compared(differences.all_of(shops))


def _events(shops: Shops) -> list[dict[str, Any]]:
    return [event for made in shops.connections.values() for event in shops.hub.all("/events", connection=made["id"])]


def _one_by_one(shops: Shops, gate: Turnstile) -> list[Passing]:
    """What came by while customers were typed in with a pause between them."""
    gate.passings.clear()
    for number in range(CALM):
        shops.twins["kiotviet"].create("customers", {"name": f"Khách lúc vắng {number}"})
        time.sleep(PAUSE)
    quiet(shops, PATIENCE)
    return list(gate.passings)


def _cpu_spent(described: dict[str, Any], act: Callable[[], None]) -> dict[str, float]:
    """Seconds of CPU that the act took, by function; nothing where the system does not tell."""
    if not cpu_time.told():
        act()
        return {}
    before = cpu_time.spent(described["pids"]["emulator"], described["functions"])
    act()
    after = cpu_time.spent(described["pids"]["emulator"], described["functions"])
    return {name: seconds - before.get(name, 0.0) for name, seconds in after.items()}


def _seed(shops: Shops, wishes: dict[str, dict[str, int]]) -> None:
    """Let the twins' data appear, with their webhooks, and wait until everything has come to rest."""
    shops.twins["kiotviet"].call("PUT", "/switches", {"webhook_timeout": 30.0})
    shops.twins["haravan"].call("PUT", "/switches", {"webhook_timeout": 30.0, "create_also_updated": False})
    for platform, wish in wishes.items():
        shops.twins[platform].call("POST", "/seed", {**wish, "webhooks": True})
    told = time.monotonic()

    def tell(text: str) -> None:
        nonlocal told
        if time.monotonic() - told > 5:
            told = time.monotonic()
            say(f"        … {text}")

    quiet(shops, PATIENCE, tell)


def _accepted(passings: list[Passing]) -> Iterator[Figure]:
    """How many webhooks came, how they were answered, and how many a second."""
    took = max(p.answered for p in passings) - min(p.sent for p in passings)
    yield at_least("signed webhooks sent", len(passings), WEBHOOKS)
    yield exactly("statuses answered", dict(Counter(p.status for p in passings)), {200: len(passings)})
    yield shown("accepted", len(passings) / took, "per second")
    yield shown("sent to answered, p50 and p99", _seconds([p.answered - p.sent for p in passings]))


def _arrived(passings: list[Passing], events: list[dict[str, Any]]) -> Iterator[Figure]:
    """From a record's first webhook leaving the twin until the hub has applied it."""
    ids = {source_id for passing in passings for source_id in passing.ids}
    outcomes = Counter(event["outcome"] for event in events if event["source_id"] in ids)
    waits = _waits(passings, events)
    yield exactly("records applied", len(waits), len(ids))
    yield shown("events by outcome", ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items())))
    yield shown("all at once, sent to applied, p50 and p99", _seconds(waits))


def _waits(passings: list[Passing], events: list[dict[str, Any]]) -> list[float]:
    """Seconds from the first webhook of each record until a change of it was taken up and, at that, applied."""
    first: dict[str, float] = {}
    for passing in passings:
        for source_id in passing.ids:
            first.setdefault(source_id, passing.sent)
    applied = [event for event in events if event["outcome"] == "applied" and event["source_id"] in first]
    return [datetime.fromisoformat(e["handled_at"]).timestamp() - first[e["source_id"]] for e in applied]


def _cpu(spent: dict[str, float], webhooks: Counter[str]) -> Iterator[Figure]:
    """Who used the CPU: our functions' workers, each by its name, and the emulator with all it does for AWS.

    A webhook function's time is shared out among its own webhooks, everything else among all of them.
    """
    if not spent:
        yield shown("CPU time by function", "not told on this system")
        return
    every, emulator = webhooks.total(), spent.pop(cpu_time.EMULATOR, 0.0)
    yield shown("CPU per webhook, emulator", 1000 * emulator / every, "ms")
    yield shown("CPU per webhook, our functions in all", 1000 * sum(spent.values()) / every, "ms")
    for name, seconds in sorted(spent.items()):
        among = webhooks[name.removesuffix("Webhook").lower()] or every
        if 1000 * seconds / among >= SHOWN_FROM:
            yield shown(f"CPU of {name}", 1000 * seconds / among, "ms")


def _compared(wrong: list[str]) -> Iterator[Figure]:
    """The hub against the twins, record by record."""
    for text in wrong[:5]:
        say(f"        WRONG: {text}")
    lost, doubled = (sum(word in text for text in wrong) for word in ("lost", "doubled"))
    yield exactly("records lost", lost, 0)
    yield exactly("records doubled", doubled, 0)
    yield exactly("records that differ otherwise", len(wrong) - lost - doubled, 0)


def _seconds(values: list[float]) -> str:
    """The median and the 99th percentile, as text."""
    if len(values) < 2:
        return "too few"
    p50, p99 = median(values), quantiles(values, n=100)[98]
    return f"{p50:.2f} s, {p99:.2f} s" if p50 >= 1 else f"{1000 * p50:.0f} ms, {1000 * p99:.0f} ms"
