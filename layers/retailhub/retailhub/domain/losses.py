"""Lost opportunities by their reason (R-LOST-01, R-LOST-02)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass
class Loss:
    """How many opportunities were lost for one reason, and what they were worth together."""

    count: int = 0
    value: Decimal = ZERO

    def add(self, count: int, value: Decimal) -> None:
        """Count more of them."""
        self.count += count
        self.value += value


def by_reason(lost: Iterable[tuple[str | None, Decimal]]) -> dict[str | None, Loss]:
    """The losses per reason of opportunities given as (reason, value); None: without one (A-LOST-3)."""
    losses: defaultdict[str | None, Loss] = defaultdict(Loss)
    for reason, value in lost:
        losses[reason or None].add(1, value)
    return dict(losses)


def summed(losses: Iterable[Loss]) -> Loss:
    """All of them together."""
    total = Loss()
    for loss in losses:
        total.add(loss.count, loss.value)
    return total
