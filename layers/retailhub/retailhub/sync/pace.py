"""Pace: one budget and one breaker per connection, shared by everything that calls the platform (design §2)."""

import random
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from retailhub.domain.errors import Throttled
from retailhub.domain.instants import after, parse
from retailhub.platforms.budget import Budget
from retailhub.platforms.http import wait_of
from retailhub.store.table import Conflict, Table, pace_key
from retailhub.store.table import Put as PutItem

TRIES = 20
BREAKER_AFTER = 3
FIRST_PAUSE = 15.0
LONGEST_PAUSE = 900.0


@dataclass(frozen=True)
class State:
    """What is left of the budget at `at`, until when nobody may call, and how many calls failed in a row."""

    tokens: float = 0.0
    at: str = ""
    open_until: str = ""
    failures: int = 0
    rev: int = 0


def peek(table: Table, connection: str) -> State:
    """The pace of a connection as it stands."""
    item = table.get(pace_key(connection))
    return _state(item) if item else State()


class Pace:
    """The pacer of one connection for one invocation: calls are taken from the shared budget in portions.

    portion: calls reserved at once (a pull makes many, a delivery few). Raises Throttled, never sleeps.
    """

    def __init__(
        self, table: Table, connection: str, budget: Budget, clock: Callable[[], str], portion: int = 1
    ) -> None:
        self._table, self._connection, self._budget, self._clock, self._portion = table, connection, budget, clock, portion
        self._mine = 0
        self._failures: int | None = None

    def take(self) -> None:
        """One call. Raises Throttled with the seconds until there is one again."""
        if self._mine == 0:
            self._reserve()
        self._mine -= 1

    def seen(self, status: int, headers: Mapping[str, str]) -> None:
        """429 closes the way as long as told; three failures in a row close it with growing pauses; success opens it."""
        if status == 429:
            self._mine = 0
            self._change(lambda s: replace(s, tokens=0.0, open_until=after(self._clock(), wait_of(headers))))
        elif status == 0 or status >= 500:
            self._change(self._failed)
        elif self._failures:
            self._change(lambda s: replace(s, failures=0, open_until=""))
        self._full(headers.get("X-Haravan-Api-Call-Limit", ""))

    def _full(self, used: str) -> None:
        """Haravan tells how full its bucket is, others' calls included (haravan.md §3.2): what it lacks we do not have."""
        taken, _, size = used.partition("/")
        if taken.isdigit() and size.isdigit() and int(size) - int(taken) <= 2:
            self._mine = 0
            pause = after(self._clock(), 2 / self._budget.per_second)
            self._change(lambda s: replace(s, tokens=0.0, at=pause))

    def _reserve(self) -> None:
        for _ in range(TRIES):
            now = self._clock()
            state = _refilled(peek(self._table, self._connection), self._budget, now)
            self._failures = state.failures
            if state.open_until > now:
                raise Throttled("waiting_for_platform", retry_after=_seconds(now, state.open_until))
            if state.tokens < 1:
                raise Throttled("budget", retry_after=(1 - state.tokens) / self._budget.per_second)
            portion = min(self._portion, int(state.tokens))
            if self._write(replace(state, tokens=state.tokens - portion)):
                self._mine = portion
                return
        raise Throttled("budget_contended", retry_after=1.0)

    def _failed(self, state: State) -> State:
        failures = state.failures + 1
        pause = min(FIRST_PAUSE * 2 ** min(failures - BREAKER_AFTER, 10), LONGEST_PAUSE) if failures >= BREAKER_AFTER else 0
        jittered = pause * (1 + random.random() / 4)  # noqa: S311 - spreads retries, no secret
        return replace(state, failures=failures, open_until=after(self._clock(), jittered) if pause else state.open_until)

    def _change(self, how: Callable[[State], State]) -> None:
        for _ in range(TRIES):
            state = how(_refilled(peek(self._table, self._connection), self._budget, self._clock()))
            if self._write(state):
                self._failures = state.failures
                return

    def _write(self, state: State) -> bool:
        pk, sk = pace_key(self._connection)
        data: dict[str, Any] = {**asdict(state), "tokens": repr(state.tokens), "pk": pk, "sk": sk}
        data.pop("rev")
        try:
            self._table.write(PutItem(data, expect=state.rev))
        except Conflict:
            return False
        return True


def _state(item: dict[str, Any]) -> State:
    return State(float(item["tokens"]), item["at"], item["open_until"], item["failures"], item["rev"])


def _refilled(state: State, budget: Budget, now: str) -> State:
    if not state.at:
        return replace(state, tokens=budget.capacity, at=now)
    gained = max(0.0, _seconds(state.at, now)) * budget.per_second
    return replace(state, tokens=min(budget.capacity, state.tokens + gained), at=max(now, state.at))


def _seconds(earlier: str, later: str) -> float:
    return (parse(later) - parse(earlier)).total_seconds()
