"""Events, dead letters and API keys as the admin API shows them and takes them."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from retailhub.api.shapes.base import Answer, Asking, Instant, Marks, Name
from retailhub.api.shapes.records import TimelineLine
from retailhub.crm.api_keys import Role
from retailhub.crm.dead_letters import Dead, Group
from retailhub.store.events import Event
from retailhub.store.links import Link

SHOWN_PER_GROUP, SHOWN_OF_ONE = 20, 200
"""Entries shown of each group, and where one queue and cause are asked for."""
Id = Annotated[str, Field(max_length=400)]


class EventAnswer(Answer):
    """What came in and what became of it, without its content. notes: what was decided on the way, and on what."""

    id: str
    connection: str
    type: str
    source_id: str
    outcome: Literal["received", "applied", "stale", "echo", "ignored", "parked", "failed"]
    reason: str
    record: str
    version: int
    changed: list[str]
    topic: str
    via: str
    received_at: Instant
    handled_at: Instant
    due_at: Instant
    attempts: int
    error: dict[str, Any]
    notes: list[dict[str, Any]]


class LinkAnswer(Answer):
    """How a record stands on one connection, with the last lines of its story."""

    connection: str
    remote_id: str | None
    remote_code: str | None
    status: Literal["settled", "pending", "waiting", "failed"]
    version: int
    gone: bool
    due_at: Instant
    attempts: int
    error: dict[str, Any]
    history: list[dict[str, Any]]


class TouchedRecord(Answer):
    """The record that an event touched, as it is now."""

    id: str
    type: str
    version: int
    deleted: bool
    external_ids: dict[str, str]


class EventStory(EventAnswer):
    """An event, its record and that record's links. lines: in words, what came, what was decided because of it, and
    what was delivered since. For admins only: content, which is kept of a change that waits, and audit, what a person's
    act changed, field by field (before, now)."""

    lines: list[TimelineLine]
    record_now: TouchedRecord | None
    links: list[LinkAnswer]
    content: Any = None
    audit: dict[str, list[Any]] | None = None


def event(one: Event) -> EventAnswer:
    """An event as shown."""
    return EventAnswer(**{name: getattr(one, name) for name in EventAnswer.model_fields})


def link(one: Link) -> LinkAnswer:
    """A link as shown."""
    return LinkAnswer(**{name: getattr(one, name) for name in LinkAnswer.model_fields})


class DeadEntry(Answer):
    """One thing that stands still; id is what redrive takes. topic: of a notice, what it was about."""

    id: str
    kind: Literal["event", "quarantine", "link", "message"]
    connection: str
    at: Instant
    type: str = ""
    record: str = ""
    source_id: str = ""
    topic: str = ""
    attempts: int = 0
    error: dict[str, Any] = Field(default_factory=dict)


class DeadGroup(Answer):
    """What died at one queue of one cause; entries are the newest of them (more where both are asked for)."""

    queue: str
    cause: str
    count: int
    newest_at: Instant
    oldest_at: Instant
    entries: list[DeadEntry]


class DeadLettersAnswer(Answer):
    """All that stands still, by queue and cause. more: there is more than was looked at."""

    items: list[DeadGroup]
    next_cursor: str | None = None
    more: bool


def dead_group(group: Group, most: int = SHOWN_PER_GROUP) -> DeadGroup:
    """A group as shown, with so many of its newest entries."""
    shown = [_entry(dead) for dead in group.dead[:most]]
    return DeadGroup(
        queue=group.queue,
        cause=group.cause,
        count=len(group.dead),
        newest_at=group.dead[0].at,
        oldest_at=group.dead[-1].at,
        entries=shown,
    )


def _entry(dead: Dead) -> DeadEntry:
    what = dead.what
    names = ("type", "record", "source_id", "topic", "attempts", "error")
    more = {name: getattr(what, name) for name in names if hasattr(what, name)}
    if hasattr(what, "receives"):
        more["attempts"] = what.receives
    return DeadEntry(id=dead.id, kind=dead.kind, connection=dead.connection, at=dead.at, **more)


class DeadFilter(Asking):
    """Which dead letters are meant; nothing said: all."""

    queue: Id | None = None
    cause: Id | None = None
    connection: Id | None = None


class Redrive(Asking):
    """What to try again: named one by one, or by a filter. dry_run only tells what would be."""

    ids: Annotated[list[Id] | None, Field(min_length=1, max_length=500)] = None
    filter: DeadFilter | None = None
    dry_run: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("ids_or_filter")
        return self


class RedriveLine(Answer):
    """What came of one."""

    id: str
    outcome: Literal["redriven", "skipped", "would_redrive"]
    reason: str


class RedriveAnswer(Answer):
    """What came of a redrive. more: call again for the rest."""

    dry_run: bool
    redriven: int
    skipped: int
    results: list[RedriveLine]
    more: bool


class NewApiKey(Asking):
    """A key to be made, for an employee, with a role."""

    name: Name
    employee: Name
    role: Role


class ApiKeyAnswer(Marks):
    """A key without its text."""

    id: str
    name: str
    employee: str
    role: Role


class MadeApiKey(ApiKeyAnswer):
    """A key that was just made. key: shown this once only."""

    key: str | None
