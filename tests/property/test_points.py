"""Points under any order, repetition and mixture of what stores say and people do (R-RWD, A-RWD-3, A-RWD-5, A-X-6)."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from retailhub.crm import contracts
from retailhub.domain.points import paid_up
from retailhub.domain.refusals import Refusal
from tests.unit.rules.till import FREE, STORE, Till, balanced, said

NUMBERS = st.sampled_from(["1", "2", "3"])
BUYERS = st.sampled_from(["7", "8", "walk-in"])
STATUSES = st.sampled_from(["processing", "completed", "cancelled", "undeliverable", "other"])
VALUES = st.sampled_from([0, 99_999, 100_000, 1_299_000, 5_000_000])
SNAPSHOT = st.fixed_dictionaries(
    {"buyer": BUYERS, "value": VALUES, "paid": VALUES, "status": STATUSES, "at": st.integers(1, 6)}
)
ACT = st.one_of(
    st.tuples(st.just("told"), NUMBERS, SNAPSHOT),
    st.tuples(st.just("told"), NUMBERS, SNAPSHOT),
    st.tuples(st.just("redeemed"), NUMBERS, st.integers(1, 60)),
    st.tuples(st.just("edited"), NUMBERS, st.sampled_from([{"value": 900_000}, {"paid": 0}, {"status": "cancelled"}])),
    st.tuples(st.just("removed"), NUMBERS, st.none()),
    st.tuples(st.just("set"), st.none(), st.sampled_from([{"amount_per_point": a} for a in (None, 50_000, 100_000)])),
    st.tuples(st.just("set"), st.none(), st.fixed_dictionaries({"min_points_left": st.integers(0, 20)})),
)


def tell(till: Till, number: str, told: dict[str, Any]) -> str:
    """A snapshot comes in; the same minute always has the same words."""
    fields = {name: str(told[name]) for name in ("value", "paid", "status")}
    return till.told(number, told["at"], told["buyer"], **fields)


def does(till: Till, what: str, number: str, how: Any) -> None:
    """One act; what may not be redeemed is refused and leaves no trace."""
    if what == "set":
        till.set(**how)
    elif what == "told":
        till.world.platforms[STORE].rows["contract", number] = row(till, number, how)
        tell(till, number, how)
    elif till.world.record(STORE, "contract", number):
        change(till, what, number, how)


def change(till: Till, what: str, number: str, how: Any) -> None:
    if what == "removed":
        till.world.platforms[STORE].rows.pop(("contract", number), None)
        till.removed(number)
    elif what == "edited":
        contracts.change(till.office, till.contract(number).id, None, how)
    else:
        redeem(till, number, how)


def redeem(till: Till, number: str, wanted: int) -> None:
    """What is taken leaves M, pays no more than is to be paid and counts once."""
    before = till.contract(number).fields
    try:
        after = till.redeem(number, wanted).fields
    except Refusal:
        assert till.contract(number).fields == before
        return
    [taken] = [line for line in entries(till, after.customer)[-2:] if line.kind == "redeem"]
    assert (taken.points, after.points_redeemed) == (-wanted, before.points_redeemed + wanted)
    assert taken.balance >= till.settings.min_points_left
    assert after.points_discount - before.points_discount <= before.debt


def entries(till: Till, customer: str) -> list[Any]:
    known = {till.customer(one): one for one in ("7", "8") if till.world.record(STORE, "customer", one)}
    return till.ledger(known[customer])


def row(till: Till, number: str, told: dict[str, Any]) -> dict[str, Any]:
    """What the store would answer if it were asked."""
    fields = {name: str(told[name]) for name in ("value", "paid", "status")}
    payload: dict[str, Any] = said(number, told["at"], told["buyer"], **fields).payload
    return payload


@settings(max_examples=150, deadline=None)
@given(st.lists(ACT, min_size=1, max_size=14))
def test_every_balance_is_the_sum_of_its_ledger_and_of_its_contracts(acts: list[tuple[str, str, Any]]) -> None:
    """A-RWD-3: after each act, whatever came before it."""
    till = Till()
    till.set(**FREE)
    for what, number, how in acts:
        does(till, what, number, how)

        kept = till.world.records("contract")
        balanced(till.table, kept)
        for record in kept:
            fields, part = record.fields, record.fields.points
            valid = not record.deleted and fields.status not in ("cancelled", "undeliverable")
            earning = valid and part.customer and paid_up(fields) and part.rate
            assert part.earned == (fields.value // part.rate if earning else 0)
            assert valid or (fields.points_redeemed, fields.points_discount) == (0, 0)


LIFE = st.lists(SNAPSHOT, min_size=1, max_size=5, unique_by=lambda told: told["at"])


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(NUMBERS, LIFE, min_size=1), st.randoms(use_true_random=False))
def test_any_order_and_repetition_ends_in_the_same_balances(lives: dict[str, Any], dice: Any) -> None:
    """F01, F04, I12: as if each contract had only ever said its last word."""
    notices = [(number, told) for number, life in lives.items() for told in life]
    shuffled = notices + dice.choices(notices, k=len(notices))
    dice.shuffle(shuffled)

    ends = []
    for story in (shuffled, [(number, max(life, key=lambda told: told["at"])) for number, life in lives.items()]):
        till = Till()
        till.set(**FREE)
        for number, told in story:
            tell(till, number, told)
        known = [one for one in ("7", "8") if till.world.record(STORE, "customer", one)]
        held = {one: (till.balance(one), till.account(one).purchases) for one in known}
        ends.append({one: both for one, both in held.items() if both != (0, 0)})
        balanced(till.table, till.world.records("contract"))

    assert ends[0] == ends[1]
