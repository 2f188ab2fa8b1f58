"""Product types moved by several people at once: whatever the order, the stored tree stays a tree."""

import random
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.crm import entries
from retailhub.domain.catalogues import PRODUCT_TYPES
from retailhub.domain.product_tree import above
from retailhub.domain.refusals import Clash, Refusal, Wrong
from retailhub.store import records
from tests.unit.api.desk import Desk

TYPES = 5


def planted(desk: Desk) -> list[str]:
    """Ids of types on the outermost level."""
    made = [entries.create(desk.office, PRODUCT_TYPES, {"name": f"T{n}", "code": f"T{n}"}) for n in range(TYPES)]
    return [record.id for record in made]


def move(desk: Desk, child: str, parent: str | None) -> str:
    """What became of a move."""
    try:
        entries.change(desk.office, PRODUCT_TYPES, child, None, {"parent": parent})
    except Refusal as refusal:
        return refusal.code
    return "moved"


def check(desk: Desk, types: list[str]) -> None:
    """Every type has a way up to the outermost level."""
    parents = {record.id: record.fields.parent for record in records.every(desk.office.table, "product_type")}
    assert set(parents) == set(types)
    assert all(above(one, parents.get) is not None for one in types), parents


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_moves_that_meet_never_make_a_ring(seed: int) -> None:
    """A-PT-4: before any transaction is written somebody else may move something, down to three moves in each other."""
    dice, desk = random.Random(seed), Desk()
    types = planted(desk)
    depth = 0

    def meanwhile(step: str) -> None:
        nonlocal depth
        if step == "transaction" and depth < 3 and dice.random() < 0.5:
            depth += 1
            move(desk, dice.choice(types), dice.choice([*types, None]))
            depth -= 1

    desk.table.before = meanwhile
    for _ in range(12):
        move(desk, dice.choice(types), dice.choice([*types, None]))
    desk.table.before = lambda _: None

    check(desk, types)


def test_two_who_put_two_types_below_each_other() -> None:
    """A-PT-4: one of them wins, the other one is told why not."""
    desk = Desk()
    one, other, *_ = planted(desk)

    def meanwhile(step: str) -> None:
        if step == "transaction":
            desk.table.before = lambda _: None
            assert move(desk, other, one) == "moved"

    desk.table.before = meanwhile

    assert move(desk, one, other) == Wrong("below_itself", "parent").code


def test_many_at_once_on_real_threads() -> None:
    """A-PT-4: eight people, forty moves each."""
    desk = Desk()
    types = planted(desk)
    desk.table.before = lambda _: sleep(0)

    def one(seed: int) -> set[str]:
        dice = random.Random(seed)
        return {move(desk, dice.choice(types), dice.choice([*types, None])) for _ in range(40)}

    with ThreadPoolExecutor(8) as pool:
        outcomes = set().union(*pool.map(one, range(8)))

    desk.table.before = lambda _: None
    assert outcomes <= {"moved", "below_itself", Clash("version_conflict").code}
    check(desk, types)
