"""Redeeming points for a contract, and what becomes of them when it changes (R-RWD-02, R-RWD-07…09, A-RWD-2…7)."""

from typing import Any

import pytest

from retailhub.crm import points
from retailhub.domain.fields import Contract
from retailhub.domain.refusals import Clash, Refusal, Wrong
from retailhub.store import records
from retailhub.store.table import Conflict
from tests.unit.rules.till import FREE, VECTOR, Till, balanced


@pytest.fixture
def till() -> Till:
    """A=100,000 B=1,000 N=3 M=50."""
    made = Till()
    made.set(**VECTOR)
    return made


def in_balance(till: Till) -> None:
    balanced(till.table, till.world.records("contract"))


@pytest.fixture
def regular(till: Till) -> Till:
    """A customer with 180 points of three purchases."""
    for number in ("1", "2", "3"):
        till.sold(number, 6_000_000)
    assert till.balance() == 180
    return till


def test_up_to_what_is_to_be_paid(regular: Till) -> None:
    """R-RWD-02, R-RWD-07, A-RWD-7: the 4th contract, payable 90,000 → 90 points, discount 90,000, left 90."""
    regular.told("4", 1, value="90000", paid="0")
    with pytest.raises(Wrong) as refusal:
        regular.redeem("4", 91)
    assert (refusal.value.code, refusal.value.faults[0].context) == ("too_many_points", {"maximum": 90})

    contract = regular.redeem("4", 90).fields

    assert (contract.points_redeemed, contract.points_discount, contract.debt) == (90, 90_000, 0)
    assert regular.lines()[3:] == [("redeem", -90, "redeemed", 90)]


def test_down_to_what_must_be_left(regular: Till) -> None:
    """R-RWD-09, A-RWD-5: payable 500,000 → at most 130, discount 130,000, left 50."""
    regular.told("4", 1, value="500000", paid="0")
    with pytest.raises(Wrong):
        regular.redeem("4", 131)

    contract = regular.redeem("4", 130).fields

    assert (contract.points_discount, regular.balance()) == (130_000, 50)
    with pytest.raises(Clash, match="too_few_points"):
        regular.redeem("4", 1)


def test_not_before_the_fourth_purchase(till: Till) -> None:
    """R-RWD-08, A-RWD-4: the contract being paid counts, the third is refused."""
    till.sold("1", 9_000_000)
    till.sold("2", 9_000_000)
    till.told("3", 1, value="500000", paid="0")

    with pytest.raises(Clash) as refusal:
        till.redeem("3", 1)

    assert refusal.value.code == "too_few_purchases"
    assert refusal.value.details == {"maximum": 0, "balance": 180, "purchases": 3}


def test_what_points_complete_earns_at_once(regular: Till) -> None:
    """R-RWD-01, A-RWD-2: fully paid by money and points; the whole value earns."""
    regular.told("4", 1, value="500000", paid="400000")

    regular.redeem("4", 100)

    assert regular.lines()[3:] == [("redeem", -100, "redeemed", 80), ("earn", 5, "paid", 85)]
    assert regular.ledger()[3].reason == {"code": "redeemed", "by": "lan", "discount": 100_000}


def test_net_of_points_if_switched(regular: Till) -> None:
    """A-RWD-2: the switch earns on the value less the points' discount."""
    regular.set(net_of_points=True)
    regular.told("4", 1, value="500000", paid="400000")

    regular.redeem("4", 100)

    assert regular.lines()[4] == ("earn", 4, "paid", 84)


@pytest.mark.parametrize("again", ["processing", "completed"])
def test_a_cancelled_contract_gives_its_points_back(regular: Till, again: str) -> None:
    """A-RWD-3: earned taken back, redeemed restored, the discount is gone; valid again, it is to be paid again."""
    regular.told("4", 1, value="500000", paid="400000")
    regular.redeem("4", 100)
    regular.told("4", 2, value="500000", paid="400000", status="cancelled")

    contract = regular.contract("4").fields
    assert regular.lines()[5:] == [("restore", 100, "cancelled", 185), ("reverse", -5, "cancelled", 180)]
    assert (contract.points_redeemed, contract.points_discount) == (0, 0)
    assert regular.ledger()[5].reason["discount"] == 100_000

    regular.told("4", 3, value="500000", paid="400000", status=again)
    assert (regular.balance(), regular.contract("4").fields.debt) == (180, 100_000)
    in_balance(regular)


def test_the_store_does_not_undo_a_redemption(regular: Till) -> None:
    """A-RWD-8, A-KV-8: KiotViet knows nothing of our points; fields that it does not have stay."""
    regular.told("4", 1, value="500000", paid="0")
    regular.redeem("4", 130)

    assert regular.told("4", 2, value="500000", paid="370000") == "applied"

    contract = regular.contract("4").fields
    assert (contract.points_redeemed, contract.points_discount, contract.debt) == (130, 130_000, 0)
    assert regular.lines()[-1] == ("earn", 5, "paid", 55)


def test_a_take_back_may_leave_less_than_nothing(regular: Till) -> None:
    """A-RWD-3: then nothing is redeemed until it is earned again."""
    regular.told("4", 1, value="500000", paid="0")
    regular.redeem("4", 130)
    regular.told("1", 2, value="6000000", paid="6000000", status="cancelled")
    regular.told("5", 1, value="500000", paid="0")

    assert regular.balance() == -10
    with pytest.raises(Clash, match="too_few_points"):
        regular.redeem("5", 1)
    in_balance(regular)


@pytest.mark.parametrize(
    "change, code",
    [
        ({"status": "cancelled"}, "contract_not_valid"),
        ({"status": "undeliverable"}, "contract_not_valid"),
        ({"paid": "500000"}, "nothing_to_pay"),
        ({"paid": "499001"}, "nothing_to_pay"),
    ],
)
def test_nothing_is_redeemed_where_there_is_nothing_to_pay(regular: Till, change: dict[str, Any], code: str) -> None:
    """A-RWD-7."""
    regular.told("4", 1, **{"value": "500000", "paid": "0", **change})

    with pytest.raises(Refusal) as refusal:
        regular.redeem("4", 1)

    assert refusal.value.code == code


def test_b_0_switches_redeeming_off(regular: Till) -> None:
    """A-RWD-6."""
    regular.set(point_value=0)
    regular.told("4", 1, value="500000", paid="0")

    with pytest.raises(Clash, match="redeeming_off"):
        regular.redeem("4", 1)


def test_two_redemptions_give_each_what_holds_then(regular: Till) -> None:
    """A-RWD-6: a new B counts for what is redeemed from now on."""
    regular.told("4", 1, value="500000", paid="0")
    regular.redeem("4", 10)
    regular.set(point_value=2_000)

    contract = regular.redeem("4", 10).fields

    assert (contract.points_redeemed, contract.points_discount) == (20, 30_000)


def test_a_redemption_whose_answer_was_lost_is_not_made_again(till: Till) -> None:
    """F35: the table did it, and the repetition finds its own write in the way."""
    till.set(**FREE, min_purchases=0, min_points_left=0)
    till.sold("1", 9_000_000)
    till.told("2", 1, value="500000", paid="0")

    def lost(_: str) -> None:
        till.table.after = lambda _: None
        raise Conflict

    till.table.after = lost
    contract = till.redeem("2", 40).fields

    assert (contract.points_redeemed, till.balance()) == (40, 50)


def test_a_contract_from_before_there_were_points_counts_when_it_is_redeemed_for(till: Till) -> None:
    """A-RWD-4: the contract being paid counts, whether or not it had been counted."""
    for number in ("1", "2", "3"):
        till.sold(number, 6_000_000)
    born = records.born("contract", "k_old", origin="hub", by="hub", at=till.world.clock())
    fields = Contract.model_validate({"value": 500_000, "customer": till.customer()})
    till.table.write(records.put(born.revised(fields, by="hub", at="now")))

    assert points.offer(till.office, "k_old").maximum == 130
    points.redeem(till.office, "k_old", None, 130)

    assert (till.balance(), till.account().purchases) == (50, 4)
    in_balance(till)
