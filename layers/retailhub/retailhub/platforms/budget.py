"""How many calls a platform allows: a bucket that fills steadily."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """`capacity` calls at once, refilled with `per_second`. In any hour at most capacity + 3600 x per_second."""

    capacity: float
    per_second: float
