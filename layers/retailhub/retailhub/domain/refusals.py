"""Refusals: why the office does not do what a person asked; each kind is one status of the admin API."""

from dataclasses import dataclass
from typing import Any

from retailhub.domain.errors import HubError


@dataclass(frozen=True)
class Fault:
    """One wrong field of a request: its dotted path, a machine-readable code, and bounds that the code speaks of."""

    field: str
    code: str
    context: dict[str, Any] | None = None


class Refusal(HubError):
    """Base: `details` go to the caller as they are, so they hold ids and counts, never secrets."""

    def __init__(self, code: str, *, field: str | None = None, **details: Any) -> None:
        super().__init__(code, field=field)
        self.details = details


class Nameless(Refusal):
    """Nobody proved who is asking."""


class Forbidden(Refusal):
    """The caller's role is too small."""


class Unknown(Refusal):
    """There is nothing of this id."""


class Clash(Refusal):
    """It stands against what is there: a duplicate, in use, already running, another version."""


class TooLarge(Refusal):
    """More than the hub takes at once."""


class Garbled(Refusal):
    """The request cannot be read at all."""


class NotAllowed(Refusal):
    """The address exists, this verb does not; `allow` names those that do."""


class Wrong(Refusal):
    """Fields are wrong, each with its own entry."""

    def __init__(self, code: str, field: str, *more: Fault, context: dict[str, Any] | None = None) -> None:
        super().__init__(code, field=field)
        self.faults = (Fault(field, code, context), *more)


def all_wrong(faults: list[Fault]) -> Wrong:
    """One refusal for several wrong fields."""
    first, *rest = faults
    return Wrong(first.code, first.field, *rest, context=first.context)
