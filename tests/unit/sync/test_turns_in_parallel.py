"""Sixty-four workers at one rule's turn: nobody is passed over, nobody gets two, nothing ends in the dead letters."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.errors import Contended
from retailhub.domain.records import Customer
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.rules.ownership import assigned
from retailhub.store import events, records, turns
from retailhub.store.table import Conflict, turn_key
from retailhub.sync import apply as applying
from retailhub.sync.apply import apply, fail
from tests.fakes.memory_table import MemoryTable
from tests.fakes.staffed import book, rule, team
from tests.unit.sync.shop import customer, shop

WORKERS = 64
CUSTOMERS = 400
STAFF = team(7)


def repeated(count: int, seed: int = 1) -> list[int]:
    """The numbers of customers in any order, every fifth told twice."""
    numbers = [*range(count), *range(0, count, 5)]
    random.Random(seed).shuffle(numbers)
    return numbers


def spread(owners: list[str | None]) -> int:
    """The largest share less the smallest."""
    got = Counter({one.id: 0 for one in STAFF})
    got.update(str(owner) for owner in owners)
    assert len(got) == len(STAFF), got
    return max(got.values()) - min(got.values())


def test_of_the_rules_alone() -> None:
    """A-OWN-3: customer and turn in one transaction; whoever loses reads both again."""
    table, rules = MemoryTable(), book(rule(), staff=STAFF)
    table.before = lambda _: time.sleep(0)

    def one(number: int) -> None:
        while True:
            draft = Draft(table, lambda: rules)
            if draft.record("customer", f"c{number}"):
                return None
            born = records.born("customer", f"c{number}", origin="shop", by="shop", at="2026-05-14T00:00:00.000000Z")
            made = born.revised(Customer(name="An"), by="shop", at="2026-05-14T00:00:00.000000Z")
            draft.keep(assigned(draft, None, made, Deed("shop", made.created_at, "platform", fresh=True)))
            try:
                return draft.commit()
            except Conflict:
                time.sleep(random.uniform(0, 0.005))

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, repeated(CUSTOMERS)))
    owners = [records.from_item(item).fields.owner for key, item in table.items.items() if key[1] == "REC"]
    assert len(owners) == CUSTOMERS
    assert spread(owners) <= 1
    assert turns.from_item(table.get(turn_key("rule_Chia đều"))).count == CUSTOMERS


def test_on_the_whole_way() -> None:
    """A-OWN-3, R-OWN-09: the real apply, 64 threads, 20 % repeats: spread ≤ 1, a turn for each customer."""
    world = shop()
    world.directory.book = book(rule(), staff=STAFF)
    world.table.before = lambda _: time.sleep(0)
    hub = replace(world.hub, pause=time.sleep)

    def one(change: Change) -> str:
        """What loses all its races comes again, as from the queue."""
        while True:
            try:
                return apply(change, hub).outcome
            except Contended:
                continue

    with ThreadPoolExecutor(WORKERS) as pool:
        changes = [customer(str(n), phone=None) for n in repeated(CUSTOMERS)]
        outcomes = Counter(pool.map(one, changes))
    assert outcomes == {"applied": CUSTOMERS, "echo": CUSTOMERS // 5}
    assert spread([record.fields.owner for record in world.records("customer")]) <= 1
    assert turns.from_item(world.table.get(turn_key("rule_Chia đều"))).count == CUSTOMERS


def test_pauses_grow_differ_and_end() -> None:
    """F38: so that many losers spread out; bounded, so that a batch comes to its end."""
    world = shop()
    paused: list[float] = []

    def busy(operation: str) -> None:
        if operation == "transaction":
            raise Conflict

    world.table.before = busy
    with pytest.raises(Contended, match="contended"):
        apply(customer(), replace(world.hub, pause=paused.append))
    assert len(paused) == applying.TRIES
    assert len(set(paused)) == len(paused)
    assert max(paused[:2]) <= 2 * applying.FIRST_PAUSE
    assert max(paused) <= applying.LONGEST_PAUSE
    assert sum(paused) < applying.TRIES * applying.LONGEST_PAUSE


def test_what_lost_all_its_races_waits_and_never_dies() -> None:
    """A-OWN-3, F38: on the last receive it is parked for a minute, not given up; then it is applied."""
    world = shop()
    change: Change = customer()
    parked = fail(change, Contended("contended"), world.hub)
    assert (parked.outcome, parked.reason) == ("parked", "contended")
    assert parked.due_at > world.clock()
    world.drain()
    stored = events.load(world.table, change.event_id)
    assert stored
    assert stored.outcome == "applied"
