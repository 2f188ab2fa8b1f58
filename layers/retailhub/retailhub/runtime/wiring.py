"""The hub of this process: the real table, queues, secrets and platforms, made once and kept while it is warm."""

import time
from collections.abc import Callable
from functools import cache
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Permanent
from retailhub.domain.flows import Flow
from retailhub.platforms.registry import client_class, open_platform
from retailhub.rules.rulebook import RuleBook
from retailhub.runtime.aws import client
from retailhub.runtime.intake import now as now
from retailhub.runtime.intake import queues, secrets
from retailhub.runtime.settings import settings
from retailhub.store.dynamo import DynamoTable
from retailhub.store.table import Table
from retailhub.sync.hub import FreshDirectory, Hub
from retailhub.sync.pace import Pace

REMEMBERED_SECONDS = 20.0


class RememberingDirectory:
    """Connections, flows and rules, read anew after twenty seconds: what an admin changes takes that long to be heard
    everywhere."""

    def __init__(self, table: Table) -> None:
        self._fresh = FreshDirectory(table)
        self._kept: dict[Any, tuple[float, Any]] = {}

    def connection(self, connection_id: str) -> Connection | None:
        """The connection, or None (which is not remembered: it may just have been made)."""
        found: Connection | None = self._remembered(connection_id, lambda: self._fresh.connection(connection_id))
        return found

    def connections(self) -> list[Connection]:
        """All connections."""
        return self._remembered("connections", self._fresh.connections) or []

    def flows(self) -> list[Flow]:
        """All flows."""
        return self._remembered("flows", self._fresh.flows) or []

    def rules(self) -> RuleBook:
        """The rule book."""
        book: RuleBook = self._remembered("rules", self._fresh.rules)
        return book

    def _remembered(self, what: str, read: Callable[[], Any]) -> Any:
        kept = self._kept.get(what)
        if kept is None or time.monotonic() - kept[0] > REMEMBERED_SECONDS:
            kept = time.monotonic(), read()
            if kept[1]:
                self._kept[what] = kept
        return kept[1]


class Opener:
    """Opens platforms; one that is unchanged stays open, with its token and its network connection."""

    def __init__(self, table: Table, portion: int) -> None:
        self._table, self._portion = table, portion
        self._open: dict[str, tuple[Any, Any]] = {}

    def __call__(self, connection: Connection) -> Any:
        """The platform behind a connection, with the credentials that belong to its present settings. Raises Permanent
        without a secret."""
        if connection.id in self._open and self._open[connection.id][0][0] != connection.rev:
            secrets().forget(connection.id)
        secret = secrets().get(connection.id)
        if secret is None:
            raise Permanent("no_credentials", "the connection has no credentials")
        mark = (connection.rev, secret)
        kept = self._open.get(connection.id)
        if kept is None or kept[0] != mark:
            kept = mark, self._opened(connection, secret)
            self._open[connection.id] = kept
        return kept[1]

    def _opened(self, connection: Connection, secret: Secret) -> Any:
        budget = client_class(connection.platform).budget
        pace = Pace(self._table, connection.id, budget, now, self._portion)
        return open_platform(connection, secret, settings().platform_urls.get(connection.platform), pace)


@cache
def table() -> DynamoTable:
    """The table of this deployment."""
    return DynamoTable(client("dynamodb"), settings().table)


@cache
def hub(portion: int = 1) -> Hub:
    """The hub of this process. `portion`: calls reserved at once from a platform's budget."""
    return Hub(table(), queues(), RememberingDirectory(table()), Opener(table(), portion), now)


def webhook_url(connection: Connection) -> str:
    """The public address of a connection's webhook."""
    return settings().public_url + connection.webhook_path
