"""The office: everything that an admin's work runs on, all of it arguments, so that tests can own it."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection, Secret
from retailhub.domain.deliveries import Delivery
from retailhub.store.letters import DeadLetters
from retailhub.store.pulls import Mode, Pull
from retailhub.store.secrets import Secrets
from retailhub.store.table import Table

TRIES = 5
"""How often a lost race is run again before the caller is told."""


class Queues(Protocol):
    """The queues that the office sends to; sending is durable once the call returns. Raises Temporary."""

    def send_changes(self, changes: Iterable[Change]) -> None:
        """Queue changes."""

    def send_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        """Queue deliveries."""

    def send_pull(self, pull_id: str, delay: float = 0) -> None:
        """Queue the next step of a pull."""


class Sync(Protocol):
    """What the office asks of the way of the data (it stands beside it, so it does not import it)."""

    def open(self, connection: Connection) -> Any:
        """The platform behind a connection. Raises Permanent without a secret."""

    def start_pull(
        self, connection: Connection, mode: Mode, types: tuple[str, ...], pull_id: str, by: str = ""
    ) -> Pull | None:
        """Begin a run through the platform's listings; None if one of this id is alive. by: who begins it by hand."""

    def watch(self, connection: Connection, secret: Secret, url: str) -> dict[str, Any]:
        """Look after a connection's webhooks; answers {"missing", "registered", "error"}."""


def seeded_ids(seed: str) -> Callable[[], str]:
    """Unguessable ids of 160 bits in lower-case letters and digits that follow from `seed`: a request that is run
    again after a crash gives the same ones, and so finds what it had already written."""
    count = 0

    def next_id() -> str:
        nonlocal count
        count += 1
        return hashlib.sha256(f"{seed}:{count}".encode()).hexdigest()[:40]

    return next_id


def random_ids() -> Callable[[], str]:
    """Ids for a request that nobody will repeat."""
    return seeded_ids(os.urandom(32).hex())


@dataclass(frozen=True)
class Office:
    """table, queues, secrets, letters, sync: the outside. clock: the present instant (`domain.instants.stamp`).

    public_url: where platforms reach the hub, without a slash at the end. by: the employee whose key is used.
    new_id: a fresh unguessable id.
    """

    table: Table
    queues: Queues
    secrets: Secrets
    letters: DeadLetters
    sync: Sync
    clock: Callable[[], str]
    public_url: str
    by: str = "hub"
    new_id: Callable[[], str] = field(default_factory=random_ids)
