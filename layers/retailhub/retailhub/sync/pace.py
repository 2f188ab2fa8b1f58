"""Pace: one budget and one breaker per connection, shared by everything that calls the platform."""

import random
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from retailhub.domain.errors import Throttled
from retailhub.domain.instants import after, seconds_between
from retailhub.platforms.budget import Budget
from retailhub.platforms.http import wait_of
from retailhub.store.table import Conflict, Put, Table, pace_key

TRIES = 20
BREAKER_AFTER = 3
FIRST_PAUSE = 15.0
LONGEST_PAUSE = 900.0
PROBE_SECONDS = 30.0
"""How long the one call that tries a failing platform keeps all others waiting, if it never comes back."""
PORTION_SECONDS = 1.0
"""How long a portion may lie unused: older calls would come on top of a budget that has filled again."""
SLACK = 2.0


@dataclass(frozen=True)
class State:
    """What is left of the budget at `at`, until when nobody may call, and how many calls failed in a row.

    per_second, capacity: how fast the budget fills and how much it holds, 0 if nobody has called yet.
    """

    tokens: float = 0.0
    at: str = ""
    open_until: str = ""
    failures: int = 0
    per_second: float = 0.0
    capacity: float = 0.0
    rev: int = 0

    def room(self, now: str) -> int:
        """How many calls the budget has at `now`."""
        budget = Budget(self.capacity, self.per_second)
        return int(_refilled(self, budget, now).tokens)


def peek(table: Table, connection: str) -> State:
    """The pace of a connection as it stands."""
    item = table.get(pace_key(connection))
    return _state(item) if item else State()


class Pace:
    """The pacer of one connection: calls are taken from the shared budget in portions.

    portion: calls reserved at once (a pull makes many, a delivery few). Raises Throttled, never sleeps.
    """

    def __init__(
        self, table: Table, connection: str, budget: Budget, clock: Callable[[], str], portion: int = 1
    ) -> None:
        self._table, self._connection, self._budget, self._clock = table, connection, budget, clock
        self._portion = portion
        self._mine, self._good_until, self._left = 0, "", 0.0
        self._failures = 0

    def take(self) -> None:
        """One call. Raises Throttled with the seconds until there is one again."""
        now = self._clock()
        if self._mine == 0 or now > self._good_until:
            self._mine = self._reserve(now)
            self._good_until = after(now, PORTION_SECONDS)
        self._mine -= 1

    def seen(self, status: int, headers: Mapping[str, str]) -> None:
        """429 closes the way as long as told; three failures in a row close it with growing pauses, after which a
        single call may try; success opens it."""
        if status == 429:
            self._change(lambda s: replace(s, tokens=0.0, open_until=after(self._clock(), wait_of(headers))))
        elif status == 0 or status >= 500:
            self._change(self._failed)
        elif self._failures:
            self._change(lambda s: replace(s, failures=0, open_until=""))
        self._fill(headers.get("X-Haravan-Api-Call-Limit", ""))

    def _fill(self, used: str) -> None:
        """Haravan tells how full its bucket is, others' calls included (haravan.md §3.2): we have what it has left."""
        taken, _, size = used.partition("/")
        left = self._budget.capacity - int(taken) if taken.isdigit() and size.isdigit() else self._left
        if left < self._left - SLACK:
            self._change(lambda s: replace(s, tokens=min(s.tokens, left)))
            self._left = left

    def _reserve(self, now: str) -> int:
        for _ in range(TRIES):
            state = _refilled(peek(self._table, self._connection), self._budget, now)
            if state.open_until > now:
                raise Throttled("waiting_for_platform", retry_after=seconds_between(now, state.open_until))
            if state.tokens < 1:
                raise Throttled("budget", retry_after=(1 - state.tokens) / self._budget.per_second)
            portion, taken = self._taken(state, now)
            if self._write(taken):
                self._failures, self._left = state.failures, taken.tokens
                return portion
        raise Throttled("budget_contended", retry_after=1.0)

    def _taken(self, state: State, now: str) -> tuple[int, State]:
        """A portion out of the budget; of a platform that keeps failing only one call, the others wait for its fate."""
        if state.failures >= BREAKER_AFTER:
            return 1, replace(state, tokens=state.tokens - 1, open_until=after(now, PROBE_SECONDS))
        portion = min(self._portion, int(state.tokens))
        return portion, replace(state, tokens=state.tokens - portion)

    def _failed(self, state: State) -> State:
        failures = state.failures + 1
        if failures < BREAKER_AFTER:
            return replace(state, failures=failures)
        pause = min(FIRST_PAUSE * 2 ** min(failures - BREAKER_AFTER, 10), LONGEST_PAUSE)
        jittered = pause * (1 + random.random() / 4)
        return replace(state, failures=failures, open_until=after(self._clock(), jittered))

    def _change(self, how: Callable[[State], State]) -> None:
        """Write what an answer taught; what is left of the portion is given up, because the way may be closed now."""
        self._mine = 0
        for _ in range(TRIES):
            state = how(_refilled(peek(self._table, self._connection), self._budget, self._clock()))
            if self._write(state):
                self._failures = state.failures
                return

    def _write(self, state: State) -> bool:
        pk, sk = pace_key(self._connection)
        data: dict[str, Any] = {**asdict(state), "tokens": repr(state.tokens), "pk": pk, "sk": sk}
        data |= {"per_second": repr(self._budget.per_second), "capacity": repr(self._budget.capacity)}
        data.pop("rev")
        try:
            self._table.write(Put(data, expect=state.rev))
        except Conflict:
            return False
        return True


def _state(item: dict[str, Any]) -> State:
    budget = float(item["per_second"]), float(item["capacity"])
    return State(float(item["tokens"]), item["at"], item["open_until"], item["failures"], *budget, item["rev"])


def _refilled(state: State, budget: Budget, now: str) -> State:
    if not state.at:
        return replace(state, tokens=budget.capacity, at=now)
    gained = max(0.0, seconds_between(state.at, now)) * budget.per_second
    return replace(state, tokens=min(budget.capacity, state.tokens + gained), at=max(now, state.at))
