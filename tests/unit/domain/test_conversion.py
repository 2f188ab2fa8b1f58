"""Rates of conversion, as numbers alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailhub.domain.conversion import NUMBERS, Happenings, Tally, by_owner, percent, summed

VECTOR = [("lan", 2, 2), ("lan", 2, 1), ("lan", 1, 0), ("lan", 1, 0), ("lan", 1, 0), ("lan", 1, 0)]
"""Eight opportunities on six leads, three of them won on two leads."""


def vector() -> Tally:
    """The vector's employee: four leads more without any opportunity."""
    return by_owner([*VECTOR, *[("lan", 0, 0)] * 4])["lan"]


def test_the_vector_of_the_requirements() -> None:
    """R-CVR-04, R-CVR-05, R-CVR-06: 10 leads, 8 opportunities on 6 of them, 3 won on 2: 80 %, 37.5 %, 20 %."""
    tally = vector()

    assert [getattr(tally, name) for name in NUMBERS] == [10, 6, 8, 3, 2]
    assert tally.contact_rate == Decimal("80.00")
    assert tally.customer_rate == Decimal("37.50")
    assert tally.conversion_rate == Decimal("20.00")


def test_a_lead_becomes_a_contact_by_its_opportunities_and_a_customer_by_a_won_one() -> None:
    """R-CVR-02, R-CVR-03, A-CVR-2: a lead with two won opportunities is one customer."""
    tally = by_owner([("lan", 2, 2), ("lan", 1, 0), ("lan", 0, 0)])["lan"]

    assert (tally.leads_with_opportunity, tally.opportunities) == (2, 3)
    assert (tally.won, tally.customers) == (2, 1)


def test_the_contact_rate_may_exceed_a_hundred() -> None:
    """A-CVR-1."""
    assert by_owner([("lan", 3, 0)])["lan"].contact_rate == Decimal("300.00")


def test_nothing_to_divide_by_is_no_rate_and_no_error() -> None:
    """A-CVR-4."""
    empty, fruitless = Tally(), by_owner([("lan", 0, 0)])["lan"]

    assert (empty.contact_rate, empty.customer_rate, empty.conversion_rate) == (None, None, None)
    assert (fruitless.contact_rate, fruitless.customer_rate) == (Decimal("0.00"), None)


@pytest.mark.parametrize(
    "part, whole, shown",
    [(1, 3, "33.33"), (2, 3, "66.67"), (1, 16, "6.25"), (1, 800, "0.13"), (3, 800, "0.38"), (1, 200_000, "0.00")],
)
def test_two_decimals_half_up(part: int, whole: int, shown: str) -> None:
    """A-CVR-9: 0.125 becomes 0.13, 0.375 becomes 0.38; half to even would give 0.12."""
    assert str(percent(part, whole)) == shown


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_never_further_off_than_half_a_hundredth(part: int, whole: int) -> None:
    """A-CVR-9."""
    shown = percent(part, whole)

    assert shown is not None
    assert -part * 10_000 * 2 - whole <= -2 * int(shown * 100) * whole < -part * 10_000 * 2 + whole


@given(st.lists(st.tuples(st.sampled_from(["lan", "mai", None, ""]), st.integers(0, 5), st.integers(0, 5))))
def test_the_total_is_the_sum_of_the_rows(leads: list[tuple[str | None, int, int]]) -> None:
    """A-CVR-7: of the numbers; its rates follow from them and not from the rows' rates."""
    total = summed(by_owner(leads).values())

    assert total.leads == len(leads)
    assert total.customers == sum(won > 0 for _, _, won in leads)
    assert total.contact_rate == percent(sum(n for _, n, _ in leads), len(leads))


def test_leads_of_nobody_stand_together() -> None:
    """A-CVR-7."""
    assert by_owner([(None, 1, 0), ("", 0, 0)])[None].leads == 2


def test_by_events_each_lead_behind_is_counted_once() -> None:
    """A-CVR-5, the other reading."""
    happened = Happenings()
    happened.made("lan")
    for lead in ("a", "a", "b"):
        happened.opened("lan", lead)
        happened.succeeded("lan", lead)

    tally = happened.tallies["lan"]
    assert [getattr(tally, name) for name in NUMBERS] == [1, 2, 3, 3, 2]
