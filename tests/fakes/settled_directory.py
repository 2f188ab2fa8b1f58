"""Connections, flows and rules as a test has set them up."""

from collections.abc import Callable
from dataclasses import dataclass, field

from retailhub.domain.connections import Connection
from retailhub.domain.flows import Flow
from retailhub.rules.rulebook import RuleBook


@dataclass
class SettledDirectory:
    """`retailhub.sync.hub.Directory` over what the test has set up; as the warm functions remember it.

    reads: asked for the rule book instead of `book`, where rules change while everything runs.
    """

    known: dict[str, Connection] = field(default_factory=dict)
    wanted: list[Flow] = field(default_factory=list)
    book: RuleBook = field(default_factory=RuleBook)
    reads: Callable[[], RuleBook] | None = None

    def connection(self, connection_id: str) -> Connection | None:
        return self.known.get(connection_id)

    def connections(self) -> list[Connection]:
        return list(self.known.values())

    def flows(self) -> list[Flow]:
        return list(self.wanted)

    def rules(self) -> RuleBook:
        return self.reads() if self.reads else self.book
