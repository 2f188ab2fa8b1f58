"""Lost opportunities by reason, as numbers alone."""

from decimal import Decimal

from retailhub.domain.losses import by_reason, summed


def test_count_and_value_per_reason_and_those_without_one_apart() -> None:
    """R-LOST-02, A-LOST-3."""
    losses = by_reason([("dear", Decimal(5)), (None, Decimal("1.5")), ("dear", Decimal(7)), ("", Decimal(0))])

    assert {reason: (loss.count, loss.value) for reason, loss in losses.items()} == {
        "dear": (2, Decimal(12)),
        None: (2, Decimal("1.5")),
    }
    assert (summed(losses.values()).count, summed(losses.values()).value) == (4, Decimal("13.5"))
