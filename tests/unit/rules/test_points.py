"""What a contract does to its customer's points, whoever changes it (R-RWD, A-RWD-1…8)."""

import pytest

from retailhub.crm import contracts
from retailhub.domain.refusals import Clash
from retailhub.store import links, records
from retailhub.store.table import account_key
from tests.unit.rules.till import FREE, STORE, VECTOR, WALK_IN, Till, balanced


@pytest.fixture
def till() -> Till:
    """A store with the settings of the requirements' vectors."""
    made = Till()
    made.set(**VECTOR)
    return made


def in_balance(till: Till) -> None:
    balanced(till.table, till.world.records("contract"))


def test_a_paid_contract_earns_at_once(till: Till) -> None:
    """R-RWD-01, R-RWD-02, R-RWD-06: 1,299,000 at 100,000 a point → 12; the entry says why."""
    contract = till.sold("1", 1_299_000)

    [entry] = till.ledger()
    assert (entry.kind, entry.points, entry.balance, entry.contract) == ("earn", 12, 12, contract.id)
    assert entry.reason == {"code": "paid", "by": STORE, "value": 1_299_000, "rate": 100_000}
    assert contract.fields.points.earned == 12
    in_balance(till)


def test_instalments_earn_with_the_last_one(till: Till) -> None:
    """A-RWD-3: partial payments earn nothing."""
    till.told("1", 1, value="1299000", paid="0")
    till.told("1", 2, value="1299000", paid="1298999")
    assert till.lines() == []

    till.told("1", 3, value="1299000", paid="1299000")

    assert till.lines() == [("earn", 12, "paid", 12)]


def test_remainders_are_not_carried_to_the_next_contract(till: Till) -> None:
    """A-RWD-1: per contract."""
    till.sold("1", 199_999)
    till.sold("2", 199_999)

    assert till.balance() == 2


@pytest.mark.parametrize("status", ["cancelled", "undeliverable"])
def test_what_a_contract_earned_is_taken_back_with_it(till: Till, status: str) -> None:
    """A-RWD-3, A-X-6, A-KV-5: cancelled invoice → cancelled contract, points reversed; valid again → earned again."""
    till.sold("1", 1_299_000)
    till.told("1", 2, value="1299000", paid="1299000", status=status)
    assert till.lines()[1:] == [("reverse", -12, status, 0)]
    assert till.account().purchases == 0

    till.told("1", 3, value="1299000", paid="1299000", status="completed")

    assert till.lines()[2:] == [("earn", 12, "paid", 12)]
    assert till.account().purchases == 1
    in_balance(till)


def test_a_contract_removed_at_the_store_is_as_a_cancelled_one(till: Till) -> None:
    """A-RWD-3, A-X-6, A-X-8."""
    till.sold("1", 1_299_000)

    assert till.removed("1") == "applied"

    assert till.lines()[1:] == [("reverse", -12, "deleted", 0)]
    in_balance(till)


def test_an_edit_of_the_value_posts_the_difference_at_its_own_rate(till: Till) -> None:
    """A-RWD-3, A-RWD-6: the settings of today do not touch what was earned."""
    till.sold("1", 1_299_000)
    till.set(amount_per_point=10_000)

    till.sold("1", 1_500_000, at=2)
    till.sold("1", 800_000, at=3)
    till.sold("2", 800_000)

    assert till.lines()[1:] == [
        ("earn", 3, "value_changed", 15),
        ("reverse", -7, "value_changed", 8),
        ("earn", 80, "paid", 88),
    ]
    assert till.ledger()[1].reason["rate"] == 100_000


def test_without_a_nothing_is_earned_but_purchases_count(till: Till) -> None:
    """A-RWD-6: A blank → earning off; R-RWD-08 is served whenever somebody sets N."""
    till.set(amount_per_point=None)
    till.sold("1", 1_299_000)
    till.set(amount_per_point=100_000)
    till.told("1", 2, value="1299000", paid="1299000", note="edited")

    assert till.lines() == []
    assert (till.account().balance, till.account().purchases) == (0, 1)


def test_a_contract_of_another_customer_takes_everything_along(till: Till) -> None:
    """A-RWD-3: from one account to the other, earned and redeemed."""
    till.set(min_purchases=0, min_points_left=0)
    till.sold("1", 9_000_000)
    till.told("2", 1, value="500000", paid="0")
    till.redeem("2", 40)

    till.told("2", 2, buyer="8", value="500000", paid="460000")

    assert till.lines("7")[-1] == ("restore", 40, "moved", 90)
    assert till.lines("8") == [("redeem", -40, "moved", -40), ("earn", 5, "moved", -35)]
    assert (till.account("7").purchases, till.account("8").purchases) == (1, 1)
    assert till.contract("2").fields.points_discount == 40_000
    in_balance(till)


def test_the_walk_in_customer_has_no_account(till: Till) -> None:
    """A-KV-6: nobody in particular; and the tills do not queue up for one account."""
    till.sold("1", 1_299_000, buyer=WALK_IN)

    assert till.contract("1").fields.points.customer is None
    assert account_key(till.customer(WALK_IN)) not in till.table.items
    with pytest.raises(Clash, match="no_points_account"):
        till.redeem("1", 1)

    till.sold("1", 1_299_000, at=2)

    assert till.lines() == [("earn", 12, "paid", 12)], "the person is found out later"


def test_a_contract_by_hand_earns_like_one_of_the_store(till: Till) -> None:
    """A-X-4: contracts count, wherever they come from."""
    till.told("1", 1)
    customer = till.customer()
    spoken = {"code": "HĐ-01", "customer": customer, "value": "1299000", "paid": "1299000"}

    made = contracts.create(till.office, spoken)
    assert till.lines() == [("earn", 12, "paid", 12)]
    assert till.account().purchases == 2
    contracts.change(till.office, made.id, None, {"value": "999000"})
    assert till.lines()[1:] == [("reverse", -3, "value_changed", 9)]
    contracts.remove(till.office, made.id, None)

    assert till.lines()[2:] == [("reverse", -9, "deleted", 0)]
    assert till.account().purchases == 1
    in_balance(till)


def test_the_decision_stands_in_the_contract_s_story(till: Till) -> None:
    """R-RWD-02: whoever asks why sees how many points, whose and what was left; no personal data."""
    contract = till.sold("1", 1_299_000)

    [event] = [event for event in till.world.events() if event.record == contract.id]

    [note] = event.notes
    assert note == {"code": "points_earn", "customer": till.customer(), "points": 12, "balance": 12, "why": "paid"}


def test_points_stay_in_the_hub(till: Till) -> None:
    """A-RWD-8, A-X-5: neither customer nor link moves when points do, so nothing is sent out, and what a platform says
    of its own points is nobody's balance."""
    till.set(**FREE)
    till.told("1", 1, value="1299000", paid="0")
    before = records.load(till.table, "customer", till.customer())
    assert before
    known = links.load(till.table, "customer", before.id, STORE)
    till.sold("1", 1_299_000, at=2)

    assert records.load(till.table, "customer", before.id) == before
    assert links.load(till.table, "customer", before.id, STORE) == known
    assert "points" not in str(before.content())
