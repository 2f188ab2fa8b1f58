"""Apply: a change becomes part of a record, once, whatever else happens; the same or an older change does nothing."""

from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from retailhub.domain.changes import Change, digest
from retailhub.domain.connections import Connection
from retailhub.domain.errors import Contended, Malformed, Permanent, Throttled, Unavailable
from retailhub.domain.instants import after
from retailhub.domain.merging import merged, with_fields
from retailhub.domain.records import Record, Snapshot
from retailhub.platforms.base import Remote
from retailhub.store import events, links
from retailhub.store.events import Event
from retailhub.store.links import Link
from retailhub.store.table import Conflict
from retailhub.sync.drafts import Draft
from retailhub.sync.folds import fold, recipient
from retailhub.sync.hub import ATTEMPTS, Hub
from retailhub.sync.judge import Judgement, judge
from retailhub.sync.resolve import Linked, claim, introduced, known, referred

PARK_SECONDS = 60.0


def apply(change: Change, hub: Hub) -> Event:
    """Apply one change and answer what became of it. Raises Temporary when the queue should try again; every permanent
    error is kept as a failed event with its change."""
    connection = hub.directory.connection(change.connection)
    event = _set_aside(change, connection, hub)
    if event is None and connection is not None:
        event = _settled(change, connection, hub)
    return event  # type: ignore[return-value]


def fail(change: Change, error: Exception, hub: Hub) -> Event:
    """Park a change for good, with the cause, until a person redrives it."""
    cause = {"code": getattr(error, "code", type(error).__name__), "field": getattr(error, "field", None)}
    return _keep(events.of_change(change, "failed", hub.clock(), reason=cause["code"], error=cause), hub)


def _set_aside(change: Change, connection: Connection | None, hub: Hub) -> Event | None:
    """What is not applied at all: why, or None."""
    if connection is None:
        return _keep(events.of_change(change, "ignored", hub.clock(), reason="unknown_connection"), hub)
    if change.action == "quarantine":
        return _keep(events.of_change(change, "parked", hub.clock(), reason=change.reason), hub)
    if change.action == "ignore":
        return _keep(events.of_change(change, "ignored", hub.clock(), reason=change.reason), hub)
    if change.type not in connection.record_types:
        return _keep(events.of_change(change, "ignored", hub.clock(), reason="type_not_chosen"), hub)
    if connection.paused:
        return _keep(events.of_change(change, "parked", hub.clock(), reason="paused"), hub)
    return None


def _settled(change: Change, connection: Connection, hub: Hub) -> Event:
    try:
        return _until_won(change, connection, hub)
    except (Throttled, Unavailable) as error:
        due = after(hub.clock(), error.retry_after or PARK_SECONDS)
        return _keep(events.of_change(change, "parked", hub.clock(), reason=error.code, due_at=due), hub)
    except Permanent as error:
        return fail(change, error, hub)
    except ValidationError as error:
        field = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
        return fail(change, Malformed("invalid", field=field), hub)


def _until_won(change: Change, connection: Connection, hub: Hub) -> Event:
    """Lost races are run again on fresh reads, a bounded number of times (design §1, folds)."""
    for _ in range(ATTEMPTS):
        try:
            return Application(change, connection, hub).run()
        except Conflict:
            continue
    raise Contended("contended")


def _keep(event: Event, hub: Hub) -> Event:
    hub.table.write(events.put(event))
    return event


@dataclass
class Application:
    """One try at applying one change, on reads of its own."""

    change: Change
    connection: Connection
    hub: Hub

    def run(self) -> Event:
        """Find the record, judge the words, write once. Raises Conflict if somebody was quicker."""
        change, hub = self.change, self.hub
        self.at = hub.clock()
        self.platform = hub.open(self.connection)
        self.draft = Draft(hub.table)
        self.buyer: tuple[Record, Remote] | None = None
        linked = known(hub.table, change.connection, change.type, change.source_id)  # type: ignore[arg-type]
        snapshot, asked = self._heard()
        judgement = judge(snapshot, linked.link if linked else None, asked)
        if judgement == "ask":
            snapshot = self._asked(snapshot)
            judgement = judge(snapshot, linked.link if linked else None, True)
        return self._done(judgement, snapshot, linked)

    def _heard(self) -> tuple[Snapshot, bool]:
        """What the platform says, and whether that was read from it just now."""
        change = self.change
        if change.action == "delete":
            return Snapshot(change.type, change.source_id, deleted=True), True  # type: ignore[arg-type]
        if change.payload is None:
            return self._asked(Snapshot(change.type, change.source_id)), True  # type: ignore[arg-type]
        return self.platform.snapshot(change.type, change.payload), False

    def _asked(self, told: Snapshot) -> Snapshot:
        """The record read from the platform; where it is gone, what we were told, as removed (F15)."""
        payload = self.platform.read(self.change.type, self.change.source_id)
        if payload is None:
            return replace(told, deleted=True)
        return self.platform.snapshot(self.change.type, payload)  # type: ignore[no-any-return]

    def _done(self, judgement: Judgement, snapshot: Snapshot, linked: Linked | None) -> Event:
        change = self.change
        if judgement == "stale":
            return _keep(self._event("stale", linked, reason="older"), self.hub)
        if judgement in ("same", "touch") and linked:
            self._touch(judgement, snapshot, linked.link)
            event = self._event("echo", linked, reason="unchanged")
            return _keep(event, self.hub) if change.attempt else event
        if snapshot.type == "customer" and snapshot.fields.get("guest"):
            return _keep(self._event("ignored", None, reason="guest"), self.hub)
        if linked:
            self.draft.seen(linked.record)
        else:
            linked = introduced(self.draft, self.hub.table, self.platform, change.connection, snapshot, self.at)
        return self._write(snapshot, linked)

    def _touch(self, judgement: Judgement, snapshot: Snapshot, link: Link) -> None:
        """Remember a newer stamp or listing row of unchanged words; nothing at all where both are known."""
        row = self.change.row or link.row
        if judgement == "touch" or row != link.row:
            version = max(snapshot.version, link.heard_version)
            self.hub.table.write(links.put(replace(link, heard_version=version, row=row)))

    def _write(self, snapshot: Snapshot, linked: Linked) -> Event:
        before = linked.record
        record = self._merged(snapshot, before)
        if record.type == "order":
            record = fold(self.draft, self.hub.table, self.connection, before, record)
        unclaimed = not claim(self.draft, self.hub.table, self.platform, before if before.rev else None, record)
        self.draft.keep(record)
        self.draft.link(self._link(snapshot, linked, record))
        if linked.new:
            self.draft.add(links.pointer(self.connection.id, record.type, snapshot.source_id, record.id))
        moved = record.version != before.version
        event = self._event("applied" if moved or linked.new else "echo", linked, record=record)
        event = replace(event, reason="phone_taken" if unclaimed else event.reason, changed=_changed(before, record))
        self.draft.add(events.put(event))
        self.draft.commit()
        return event

    def _merged(self, snapshot: Snapshot, before: Record) -> Record:
        """The record after these words; who it belongs to and who receives it are found on the way."""
        fields = dict(snapshot.fields)
        buyer = None
        if snapshot.buyer:
            table, cid = self.hub.table, self.connection.id
            buyer = referred(self.draft, table, self.platform, cid, snapshot.buyer, _source(snapshot), self.at)
            self.buyer = buyer, Remote(snapshot.buyer.source_id, snapshot.buyer.code)
        if snapshot.type == "order":
            fields |= self._parties(snapshot, fields, buyer)
        elif snapshot.type == "contract" and buyer:
            fields["customer"] = buyer.id
        told = replace(snapshot, fields=fields)
        merge = self.platform.merge
        return merged(before, told, connection=self.connection.id, merge=merge, at=self.at)

    def _parties(self, snapshot: Snapshot, fields: dict[str, Any], buyer: Record | None) -> dict[str, Any]:
        parties: dict[str, Any] = {}
        if buyer and snapshot.buyer:
            stub = snapshot.buyer.stub
            parties["buyer"] = {"customer": buyer.id} | {k: stub[k] for k in ("name", "phone", "email") if stub.get(k)}
        source = snapshot.first.get("source")
        party = recipient(self.draft, self.connection.id, snapshot, buyer, source, self.at)
        return parties | ({"recipient": party.model_dump()} if party else {})

    def _link(self, snapshot: Snapshot, linked: Linked, record: Record) -> Link:
        """The link after these words; where the platform is also a destination, what it evidently has."""
        told = replace(record, fields=with_fields(record.type, record.fields, self._speakable(snapshot)))
        view = self.platform.view(told, self.buyer) if record.type in getattr(self.platform, "writes", ()) else {}
        return replace(
            linked.link,
            remote_id=snapshot.source_id,
            remote_code=snapshot.code or linked.link.remote_code,
            heard=snapshot.heard,
            heard_version=max(snapshot.version, linked.link.heard_version),
            row=self.change.row or linked.link.row,
            known={part: digest(value) for part, value in view.items()} or linked.link.known,
            gone=snapshot.deleted,
            status="settled" if linked.link.status == "pending" else linked.link.status,
        )

    def _speakable(self, snapshot: Snapshot) -> dict[str, Any]:
        return {name: value for name, value in snapshot.fields.items() if name not in ("buyer", "recipient")}

    def _event(self, outcome: Any, linked: Linked | None, record: Record | None = None, reason: str = "") -> Event:
        shown = record or (linked.record if linked else None)
        return events.of_change(
            self.change,
            outcome,
            self.at,
            reason=reason,
            record=shown.id if shown else "",
            version=shown.version if shown else 0,
        )


def _source(snapshot: Snapshot) -> dict[str, Any]:
    return {"source": snapshot.first["source"]} if snapshot.first.get("source") else {}


def _changed(before: Record, after_: Record) -> tuple[str, ...]:
    """Names of the fields whose value is another one now, and `deleted`."""
    names = [n for n in type(after_.fields).model_fields if getattr(before.fields, n) != getattr(after_.fields, n)]
    return tuple(names + (["deleted"] if before.deleted != after_.deleted else []))
