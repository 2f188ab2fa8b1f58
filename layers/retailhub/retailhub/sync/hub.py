"""What the way of the data runs on: table, queues, platforms and clock, all arguments: a simulation can own them."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery
from retailhub.domain.flows import Flow
from retailhub.rules import rulebook
from retailhub.rules.rulebook import RuleBook
from retailhub.store import connections as connection_store
from retailhub.store.table import Table

ATTEMPTS = 6
"""How often a lost race is run again before the queue tries later."""


class Queues(Protocol):
    """The queues that the sync sends to; sending is durable once the call returns. Raises Temporary."""

    def send_changes(self, changes: Iterable[Change]) -> None:
        """Queue changes, up to ten a call."""

    def send_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """Queue deliveries, each to its platform's queue, in order within a group."""

    def send_pull(self, pull_id: str, delay: float = 0) -> None:
        """Queue the next step of a pull, at most 900 seconds ahead."""

    def send_resumption(self, connection: str, now: str) -> None:
        """Queue the next portion of what waits for a connection (`sync.resume`), two seconds ahead; all wishes of one
        connection within one second are one."""


class Directory(Protocol):
    """The connections and flows as they are, remembered for a short while."""

    def connection(self, connection_id: str) -> Connection | None:
        """The connection, or None."""

    def connections(self) -> list[Connection]:
        """All connections."""

    def flows(self) -> list[Flow]:
        """All flows."""

    def rules(self) -> RuleBook:
        """What the admin has decided: rules, settings, staff."""


@dataclass(frozen=True)
class Hub:
    """Everything that apply, route, deliver, pull, resume, reconcile and watchdog need.

    open: the platform behind a connection, ready to be called (a Source, Destination or both).
    clock: the present instant as `domain.instants.stamp` writes it. pause: lets so many seconds pass.
    """

    table: Table
    queues: Queues
    directory: Directory
    open: Callable[[Connection], Any]
    clock: Callable[[], str]
    pause: Callable[[float], None] = time.sleep


class FreshDirectory:
    """The directory without any memory: each question is a read."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def connection(self, connection_id: str) -> Connection | None:
        """The connection, or None."""
        return connection_store.load(self._table, connection_id)

    def connections(self) -> list[Connection]:
        """All connections."""
        return connection_store.every(self._table)

    def flows(self) -> list[Flow]:
        """All flows."""
        return connection_store.flows(self._table)

    def rules(self) -> RuleBook:
        """The rule book."""
        return rulebook.read(self._table)
