"""Connections, backfills and flows as the admin API shows them and takes them. Credentials go in and never come out."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import Field

from retailhub.api.shapes.base import Answer, Asking, Instant, Marks, Name, NotNull, Settings
from retailhub.crm.backfills import progress
from retailhub.crm.connections import Made
from retailhub.crm.office import Office
from retailhub.crm.webhooks import addresses
from retailhub.domain.connections import Connection, PlatformName
from retailhub.domain.flows import On
from retailhub.domain.records import SharedType
from retailhub.store.pulls import Pull

Types = Annotated[list[SharedType] | None, Field(min_length=1, max_length=10)]
Ons = Annotated[list[On] | None, Field(min_length=1, max_length=3)]


class ConnectionAnswer(Marks):
    """A connection, without its credentials."""

    id: str
    platform: PlatformName
    name: str
    record_types: list[str]
    settings: dict[str, Any]
    webhook_urls: list[str]
    status: Literal["active", "paused"]
    last_event_at: Instant


class WebhooksAnswer(Answer):
    """How the webhooks do: topics that were missing, whether they are registered now, or what went wrong."""

    missing: list[str]
    registered: bool
    error: str


class MadeConnection(ConnectionAnswer):
    """A connection that was just made or changed. webhook_secret: shown this once only, null otherwise."""

    webhook_secret: str | None = None
    webhooks: WebhooksAnswer | None = None


class ResumedConnection(ConnectionAnswer):
    """A connection that goes on. pulls: runs through its listings that go on with it."""

    pulls: int
    webhooks: WebhooksAnswer


class NewConnection(Asking):
    """A connection to be made; settings and credentials are the platform's own."""

    platform: PlatformName
    name: Name
    record_types: Types = None
    settings: Settings = Field(default_factory=dict)
    credentials: Settings = Field(default_factory=dict)


class ConnectionEdit(Asking):
    """What may change of a connection. Settings are replaced as a whole, credentials one by one (null removes one)."""

    name: Annotated[Name | None, NotNull] = None
    record_types: Annotated[Types, NotNull] = None
    settings: Annotated[Settings | None, NotNull] = None
    credentials: Annotated[Settings | None, NotNull] = None


class TriedConnection(Answer):
    """What trying a connection out came to: what the platform answered, or its refusal."""

    ok: bool
    found: dict[str, Any]
    code: str
    message: str


def connection(office: Office, one: Connection, last_event_at: str = "") -> dict[str, Any]:
    """A connection as shown."""
    shown = {n: getattr(one, n) for n in ConnectionAnswer.model_fields if n not in ("webhook_urls", "last_event_at")}
    return {**shown, "webhook_urls": addresses(office, one), "last_event_at": last_event_at}


def made(office: Office, one: Made) -> MadeConnection:
    """A connection that was just made or changed, as shown."""
    told = WebhooksAnswer(**asdict(one.webhooks)) if one.webhooks else None
    return MadeConnection(**connection(office, one.connection), webhook_secret=one.webhook_secret, webhooks=told)


class ProgressAnswer(Answer):
    """How far one record type is; total and eta are null where nobody can tell."""

    type: str
    status: str
    done: int
    total: int | None
    changed: int
    removed: int
    started_at: Instant
    eta: Instant


class BackfillAnswer(Answer):
    """A backfill and how far each record type is."""

    id: str
    connection: str
    status: Literal["running", "done", "cancelled", "failed"]
    record_types: list[ProgressAnswer]
    started_at: Instant
    beat_at: Instant
    finished_at: Instant
    error: dict[str, Any]


class NewBackfill(Asking):
    """Which old data to bring in; nothing said: all that the connection takes."""

    record_types: Types = None


def backfill(pull: Pull, now: str) -> BackfillAnswer:
    """A backfill as shown."""
    steps = [ProgressAnswer(**asdict(step)) for step in progress(pull, now)]
    kept = {n: getattr(pull, n) for n in BackfillAnswer.model_fields if n != "record_types"}
    return BackfillAnswer(**kept, record_types=steps)


class WaitingAnswer(Answer):
    """One delivery or change that waits for a platform."""

    kind: Literal["deliveries", "changes"]
    type: str
    record: str
    source_id: str
    reason: str
    attempts: int
    due_at: Instant


class BacklogCount(Answer):
    """How many deliveries and changes wait."""

    deliveries: int
    changes: int


class BacklogsAnswer(Answer):
    """Connection → how much waits for it."""

    waiting: dict[str, BacklogCount]


class FlowAnswer(Marks):
    """A flow: from connection (or "hub": people's own edits) to connection, for one record type, on what."""

    id: str
    from_connection: str
    to_connection: str
    record_type: SharedType
    on: list[On]
    active: bool


class NewFlow(Asking):
    """A flow to be made."""

    from_connection: Annotated[str, Field(min_length=1, max_length=100)]
    to_connection: Annotated[str, Field(min_length=1, max_length=100)]
    record_type: SharedType
    on: Annotated[list[On], Field(min_length=1, max_length=3)]
    active: bool = True


class FlowEdit(Asking):
    """What may change of a flow."""

    on: Annotated[Ons, NotNull] = None
    active: Annotated[bool | None, NotNull] = None
