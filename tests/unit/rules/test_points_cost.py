"""What points cost in calls to the table, and what becomes of them when many meet in one account."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from retailhub.crm import points
from retailhub.domain.errors import Contended
from retailhub.domain.refusals import Refusal
from retailhub.sync.apply import apply
from tests.unit.rules.till import FREE, Till, balanced, said

WORKERS = 16


@pytest.fixture
def till() -> Till:
    """A store whose customer 7 is known."""
    made = Till()
    made.set(**FREE)
    made.told("0", 1)
    return made


def cost(till: Till, act: Callable[[], object]) -> tuple[int, int]:
    """Reads and writes of an act."""
    till.table.calls.clear()
    act()
    return till.table.reads, till.table.writes


def test_a_contract_reads_its_customer_s_account_only_when_that_moves(till: Till) -> None:
    """Design §1: link and record, the buyer, and the account where something is posted; always one transaction."""
    assert cost(till, lambda: till.told("1", 1, value="500000")) == (4, 1), "new: it counts as a purchase"
    assert cost(till, lambda: till.told("1", 2, value="500000", note="edited")) == (4, 1), "nothing to post"
    assert cost(till, lambda: till.told("1", 3, value="500000", paid="500000")) == (5, 1), "one read more: the account"
    assert till.table.calls["transaction"] == 1
    assert cost(till, lambda: till.told("1", 4, value="599999", paid="599999")) == (4, 1), "the same whole points"
    assert cost(till, lambda: till.told("1", 4, value="599999", paid="599999"))[1] == 0, "told again"


def at_once(till: Till, acts: list[Callable[[], object]]) -> None:
    """Acts on 16 threads; what loses its races comes again, as from the queue."""

    def one(act: Callable[[], object]) -> None:
        while True:
            try:
                act()
            except Contended:
                continue
            return

    till.table.before = lambda _: time.sleep(0)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, acts))
    till.table.before = lambda _: None


def test_a_hundred_contracts_of_one_customer_at_once_all_earn(till: Till) -> None:
    """F33, R-RWD-02, R-RWD-08: no loser of the race for the account is lost, none counts twice."""
    changes = [said(str(n), 1, value="500000", paid=str(n % 2 * 500_000)) for n in range(1, 101)]
    at_once(till, [lambda change=change: apply(change, till.world.hub) for change in changes])  # type: ignore[misc]

    assert (till.balance(), till.account().purchases) == (250, 101)
    balanced(till.table, till.world.records("contract"))


def test_redemptions_at_once_never_take_what_must_be_left(till: Till) -> None:
    """R-RWD-09, A-RWD-5: each alone would be fine; together they stop at M."""
    till.set(min_points_left=50)
    till.sold("1", 10_000_000)
    for n in range(10, 26):
        till.told(str(n), 1, value="900000")
    refused: list[str] = []

    def redeem(number: int) -> None:
        try:
            points.redeem(till.office, till.contract(str(number)).id, None, 20)
        except Refusal as refusal:
            refused.append(refusal.code)

    at_once(till, [lambda number=number: redeem(number) for number in range(10, 26)])  # type: ignore[misc]
    while "version_conflict" in refused:  # the caller was told that others were quicker every time, and tries again
        refused.clear()
        for number in range(10, 26):
            if not till.contract(str(number)).fields.points_redeemed:
                redeem(number)

    assert till.balance() == 60
    assert [till.contract(str(n)).fields.points_redeemed for n in range(10, 26)].count(20) == 2
    assert set(refused) <= {"too_many_points"}
    balanced(till.table, till.world.records("contract"))
