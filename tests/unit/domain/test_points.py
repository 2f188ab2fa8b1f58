"""Earning and redeeming by the numbers of the requirements (R-RWD-01…09, A-RWD-1…7)."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from retailhub.domain.fields import Contract, PointsPosted
from retailhub.domain.points import Offer, Posting, earned, ended, offer, paid_up, posted, postings, spendable
from retailhub.domain.rules import PointSettings

VECTOR = PointSettings(
    amount_per_point=Decimal(100_000), point_value=Decimal(1_000), min_purchases=3, min_points_left=50
)


def contract(**fields: Any) -> Contract:
    """A contract of 1,299,000, fully paid unless told otherwise."""
    return Contract.model_validate({"value": 1_299_000, "paid": 1_299_000, **fields})


def after(old: PointsPosted, present: Contract, settings: PointSettings = VECTOR) -> PointsPosted:
    """What a contract of customer c_1 has posted then."""
    return posted(old, present, "c_1", lambda: settings)


@pytest.mark.parametrize(
    "value, points", [(1_299_000, 12), (99_999, 0), (100_000, 1), (199_999, 1), (0, 0), ("100000.5", 1)]
)
def test_a_contract_earns_whole_points(value: Any, points: int) -> None:
    """R-RWD-02, R-RWD-06, A-RWD-1: floor(value / A), the remainder is nobody's."""
    assert earned(contract(value=value, paid=value), Decimal(100_000), net=False) == points


@pytest.mark.parametrize("net, points", [(False, 12), (True, 9)])
def test_the_value_before_the_points_discount_earns_unless_switched(net: bool, points: int) -> None:
    """A-RWD-2: literal is the whole value; the switch takes the discount off first."""
    assert earned(contract(paid=999_000, points_discount=300_000), Decimal(100_000), net=net) == points


@pytest.mark.parametrize(
    "fields, paid",
    [
        ({}, True),
        ({"paid": 1_298_999}, False),
        ({"paid": 1_200_000, "points_discount": 99_000}, True),
        ({"paid": 2_000_000}, True),
        ({"value": 0, "paid": 0}, False),
        ({"value": 0, "paid": 5}, False),
    ],
)
def test_paid_means_paid_in_full_by_money_and_points(fields: dict[str, Any], paid: bool) -> None:
    """R-RWD-01, A-RWD-3: partial payments are none yet."""
    assert paid_up(contract(**fields)) is paid
    assert bool(after(PointsPosted(), contract(**fields)).earned) is paid


@pytest.mark.parametrize("status", ["cancelled", "undeliverable"])
def test_a_contract_that_came_to_nothing_is_no_purchase(status: str) -> None:
    """A-RWD-3, A-RWD-4: valid is neither cancelled, undeliverable nor removed."""
    assert ended(contract(status=status), deleted=False) == status
    assert ended(contract(), deleted=True) == "deleted"
    assert [ended(contract(status=one), deleted=False) for one in ("processing", "completed", "other")] == ["", "", ""]


@pytest.mark.parametrize(
    "balance, payable, purchases, expected",
    [
        (180, 90_000, 4, 90),
        (180, 500_000, 4, 130),
        (180, 500_000, 3, 0),
        (50, 500_000, 4, 0),
        (51, 500_000, 4, 1),
        (-7, 500_000, 4, 0),
        (180, 999, 4, 0),
        (180, 1_999, 4, 1),
        (180, -5_000, 4, 0),
    ],
)
def test_the_vectors_of_the_requirements(balance: int, payable: int, purchases: int, expected: int) -> None:
    """R-RWD-07…09, A-RWD-4, A-RWD-5, A-RWD-7: max = min(balance − M, floor(payable / B)), count > N."""
    assert offer(balance, purchases, Decimal(payable), VECTOR).maximum == expected


@pytest.mark.parametrize(
    "made, refused",
    [
        (offer(180, 4, Decimal(500_000), VECTOR.model_copy(update={"point_value": Decimal(0)})), "redeeming_off"),
        (offer(180, 4, Decimal(0), VECTOR), "nothing_to_pay"),
        (offer(180, 3, Decimal(500_000), VECTOR), "too_few_purchases"),
        (offer(50, 4, Decimal(500_000), VECTOR), "too_few_points"),
        (offer(180, 4, Decimal(500_000), VECTOR), ""),
    ],
)
def test_why_nothing_is_redeemed_is_said(made: Offer, refused: str) -> None:
    """A-RWD-6: B = 0 switches redeeming off; each other reason has its own name."""
    assert (made.refused, made.maximum == 0) == (refused, bool(refused))


def test_the_fourth_purchase_may_redeem_with_n_3() -> None:
    """A-RWD-4: the strict > and "after N purchases" agree, for the contract being paid counts."""
    assert [count for count in range(7) if spendable(180, count, VECTOR)] == [4, 5, 6]


def test_settings_act_forwards_only() -> None:
    """A-RWD-6: the rate of the time of earning stays with the contract; an edit of its value is counted at that one."""
    first = after(PointsPosted(), contract())
    dearer = VECTOR.model_copy(update={"amount_per_point": Decimal(1_000), "net_of_points": True})
    off = VECTOR.model_copy(update={"amount_per_point": None})
    edited = contract(value=2_000_000, paid=2_000_000)

    assert (first.earned, after(first, edited, dearer).earned, after(first, edited, off).earned) == (12, 20, 20)
    assert after(first, contract(), dearer) == first


def test_what_was_paid_while_nothing_was_earned_stays_without_points() -> None:
    """A-RWD-6: A blank → earning off, and switching it on looks forwards only."""
    off = after(PointsPosted(), contract(), PointSettings())

    assert (off.earned, off.paid) == (0, True)
    assert after(off, contract(note="edited")).earned == 0
    unpaid = after(off, contract(paid=0))
    assert after(unpaid, contract()).earned == 12, "paid anew, now that points are earned"


def test_a_contract_keeps_its_rate_until_it_ends() -> None:
    """A-RWD-3: while it is valid an edit is an edit; one that ended and is valid again earns by what holds then."""
    first = after(PointsPosted(), contract())
    cheaper = VECTOR.model_copy(update={"amount_per_point": Decimal(50_000)})
    unpaid = after(first, contract(value=2_000_000), cheaper)
    over = posted(first, contract(), None, lambda: cheaper)

    assert (unpaid.earned, after(unpaid, contract(value=2_000_000, paid=2_000_000), cheaper).earned) == (0, 20)
    assert (over.earned, over.counted, after(over, contract(), cheaper).earned) == (0, False, 25)


def test_settings_are_asked_only_where_a_contract_comes_to_be_paid() -> None:
    """Design §1: nobody reads what does not matter."""

    def never() -> PointSettings:
        raise AssertionError("asked")

    unpaid = posted(PointsPosted(), contract(paid=0), "c_1", never)
    paid = after(unpaid, contract())
    assert posted(paid, contract(value=5_000_000), "c_1", never).earned == 0


@pytest.mark.parametrize(
    "old, new, over, expected",
    [
        ({"customer": "a"}, {"customer": "a", "earned": 12, "paid": True}, "", [("a", "earn", 12, "paid")]),
        (
            {"customer": "a", "earned": 12, "paid": True},
            {"customer": "a", "earned": 9, "paid": True},
            "",
            [("a", "reverse", -3, "value_changed")],
        ),
        (
            {"customer": "a", "earned": 12, "paid": True},
            {"customer": "a", "earned": 0},
            "",
            [("a", "reverse", -12, "not_paid")],
        ),
        (
            {"customer": "a", "redeemed": 0},
            {"customer": "a", "redeemed": 90, "earned": 5, "paid": True},
            "",
            [("a", "redeem", -90, "redeemed"), ("a", "earn", 5, "paid")],
        ),
        (
            {"customer": "a", "earned": 12, "redeemed": 90, "paid": True},
            {},
            "cancelled",
            [("a", "restore", 90, "cancelled"), ("a", "reverse", -12, "cancelled")],
        ),
        (
            {"customer": "a", "earned": 12, "redeemed": 90, "paid": True},
            {"customer": "b", "earned": 12, "redeemed": 90, "paid": True},
            "",
            [
                ("a", "restore", 90, "moved"),
                ("a", "reverse", -12, "moved"),
                ("b", "redeem", -90, "moved"),
                ("b", "earn", 12, "moved"),
            ],
        ),
        ({}, {}, "deleted", []),
    ],
)
def test_balances_move_by_differences(
    old: dict[str, Any], new: dict[str, Any], over: str, expected: list[tuple[str, str, int, str]]
) -> None:
    """A-RWD-3: earn, redeem, reverse, restore; what moves goes whole from one account to the other."""
    made = postings(PointsPosted(**old), PointsPosted(**new), over)

    assert made == [Posting(*line) for line in expected]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [{"amount_per_point": 0}, {"point_value": -1}, {"min_purchases": -1}, {"min_points_left": -1}]
)
def test_settings_stay_in_their_ranges(wrong: dict[str, int]) -> None:
    """A-RWD-6: A > 0, B ≥ 0, N ≥ 0, M ≥ 0."""
    with pytest.raises(ValidationError):
        PointSettings.model_validate(wrong)


AMOUNTS = st.integers(0, 10**9)


@given(
    st.integers(-200, 10**6), st.integers(0, 9), AMOUNTS, st.integers(0, 10**5), st.integers(0, 9), st.integers(0, 500)
)
def test_no_offer_breaks_a_bound(balance: int, count: int, payable: int, worth: int, n: int, m: int) -> None:
    """R-RWD-08, R-RWD-09, A-RWD-7: M is left, the discount is no more than what is to be paid, and it is the most."""
    settings = PointSettings(point_value=Decimal(worth), min_purchases=n, min_points_left=m)
    most = offer(balance, count, Decimal(payable), settings).maximum

    if most:
        assert count > n
        assert balance - most >= m
        assert most * worth <= payable
    if worth and count > n:
        assert balance - (most + 1) < m or (most + 1) * worth > payable
