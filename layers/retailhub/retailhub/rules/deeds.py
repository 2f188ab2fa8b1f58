"""A deed: what happened to a record, by whom, and what was decided because of it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from retailhub.domain.connections import Connection


@dataclass
class Deed:
    """by: an employee, or the connection whose words these are. at: the instant.

    via: a platform's words, or a person's. fresh: the record is new, or only now spoken of by the system it came from.
    connection: whose words, None for a person's. notes: the decisions made on the way, in order; they become part of
    the event and of the record's timeline. instead_of: the lead that the record takes the place of, and whose unique
    values it therefore may have (A-DUP-5).
    """

    by: str
    at: str
    via: Literal["platform", "person"]
    fresh: bool = False
    connection: Connection | None = None
    notes: list[dict[str, Any]] = field(default_factory=list)
    instead_of: str | None = None

    def note(self, code: str, **facts: Any) -> None:
        """Remember a decision and what it rests on: ids, names of rules, numbers."""
        self.notes.append({"code": code, **facts})
