"""Faults: what a seeded dice breaks at every step of a simulated world, until it is healed."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from retailhub.domain.errors import Temporary, Throttled, Unavailable
from retailhub.store.table import Conflict


class Killed(BaseException):
    """The worker dies here and now: nothing of ours may catch it."""


@dataclass(frozen=True)
class Rates:
    """How likely each fault is, per step that it can strike.

    kill, busy, conflict: at table and queue, before (nothing done) and after (done, answer lost). throttle, down,
    lost: at a platform: 429, 5xx before, no answer after. duplicate, lose, delay: of webhooks and wake-ups.
    interleave: another worker does something at this very moment.
    """

    kill: float = 0.0
    busy: float = 0.0
    conflict: float = 0.0
    throttle: float = 0.0
    down: float = 0.0
    lost: float = 0.0
    duplicate: float = 0.0
    lose: float = 0.0
    delay: float = 0.0
    interleave: float = 0.0


@dataclass
class Faults:
    """The dice. `meanwhile` is what another worker does when the dice say so; `healed` ends all faults."""

    dice: random.Random
    rates: Rates
    meanwhile: Callable[[], object] = lambda: None
    healed: bool = False
    struck: dict[str, int] = field(default_factory=dict)

    def strikes(self, fault: str) -> bool:
        """Whether this fault happens now."""
        if self.healed or self.dice.random() >= getattr(self.rates, fault):
            return False
        self.struck[fault] = self.struck.get(fault, 0) + 1
        return True

    def before_storing(self, operation: str) -> None:
        """In front of a call to table or queue."""
        if self.strikes("interleave"):
            self.meanwhile()
        if self.strikes("kill"):
            raise Killed
        if self.strikes("busy"):
            raise Temporary("table_busy")
        if operation in ("write", "transaction") and self.strikes("conflict"):
            raise Conflict

    def after_storing(self, operation: str) -> None:
        """Behind a write or a send: it was done."""
        if self.strikes("kill"):
            raise Killed
        if self.strikes("busy"):
            raise Temporary("answer_lost")

    def before_calling(self, call: str) -> None:
        """In front of a platform's effect."""
        if self.strikes("interleave"):
            self.meanwhile()
        if self.strikes("kill"):
            raise Killed
        if self.strikes("throttle"):
            raise Throttled("throttled", retry_after=5.0)
        if self.strikes("down"):
            raise Unavailable("unavailable")

    def after_calling(self, call: str) -> None:
        """Behind a platform's effect: it was done."""
        if self.strikes("kill"):
            raise Killed
        if self.strikes("lost"):
            raise Unavailable("no_answer")
