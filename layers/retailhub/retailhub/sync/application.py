"""One try at applying one change: find the record, judge the words, write everything in one transaction."""

from dataclasses import dataclass, replace
from typing import Any, cast

from retailhub.domain.changes import Change, digest
from retailhub.domain.connections import Connection
from retailhub.domain.errors import Permanent
from retailhub.domain.flows import Known
from retailhub.domain.merging import merged, with_fields
from retailhub.domain.records import Party, Record, RecordType, Snapshot
from retailhub.platforms.base import Remote
from retailhub.rules.consequences import settled
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import events, links
from retailhub.store.events import Event, Outcome
from retailhub.store.links import Link
from retailhub.store.table import ABSENT, Conflict, Table
from retailhub.sync import in_charge
from retailhub.sync.folds import fold, recipient
from retailhub.sync.hub import Hub
from retailhub.sync.judge import Judgement, judge
from retailhub.sync.resolve import Linked, Lookup


@dataclass
class Application:
    """The try, on reads of its own."""

    change: Change
    connection: Connection
    hub: Hub

    def run(self) -> Event:
        """Find the record, judge the words, write once. Raises Conflict if somebody was quicker."""
        self.at = self.hub.clock()
        self.platform = self.hub.open(self.connection)
        self.draft = Draft(self.hub.table, self.hub.directory.rules)
        self.lookup = Lookup(self.draft, self.platform, self.connection.id, self.at, self.change.attempt)
        self.buyer: tuple[Record, Remote] | None = None
        linked, snapshot, asked = self._heard()
        judgement = judge(snapshot, linked.link if linked else None, asked)
        if judgement == "ask":
            snapshot = self._asked(snapshot)
            judgement = judge(snapshot, linked.link if linked else None, True)
        return self._done(judgement, snapshot, linked)

    def _heard(self) -> tuple[Linked | None, Snapshot, bool]:
        """What is known, what the platform says, and whether that was read from it just now. The link is read before
        the platform is: so words that somebody else read later, but wrote sooner, show as a conflict."""
        change = self.change
        told = Snapshot(cast("RecordType", change.type), change.source_id)  # one of the connection's record types
        linked = self.lookup.known(told.type, told.source_id)
        if change.action == "delete":
            return linked, replace(told, deleted=True), True
        if change.payload is not None:
            return linked, self.platform.snapshot(change.type, change.payload), False
        snapshot = self._asked(told)
        if snapshot.source_id != told.source_id:  # the notice gave another key (Getfly's codes), the record its id
            linked = self.lookup.known(told.type, snapshot.source_id)
            snapshot = self._asked(snapshot)
        return linked, snapshot, True

    def _asked(self, told: Snapshot) -> Snapshot:
        """The record read from the platform; where it is gone, what we were told, as removed (F15)."""
        payload = self.platform.read(told.type, told.source_id)
        if payload is None:
            return replace(told, deleted=True)
        snapshot: Snapshot = self.platform.snapshot(told.type, payload)
        return snapshot

    def _done(self, judgement: Judgement, snapshot: Snapshot, linked: Linked | None) -> Event:
        if judgement == "stale":
            return self._closed("stale", linked, "older")
        if judgement in ("same", "touch") and linked:
            self._touch(judgement, snapshot, linked.link)
            return self._closed("echo", linked, "unchanged")
        if snapshot.type == "customer" and snapshot.fields.get("guest"):
            return self._closed("ignored", None, "guest")
        if linked is None and snapshot.deleted and self.change.action != "delete":
            return self._closed("ignored", None, "gone")
        if linked:
            self.draft.seen(linked.record)
        return self._write(snapshot, linked or self.lookup.introduced(snapshot))

    def _touch(self, judgement: Judgement, snapshot: Snapshot, link: Link) -> None:
        """Remember a newer stamp or listing row of unchanged words; nothing at all where both are known."""
        row = self.change.row or link.row
        if judgement == "touch" or row != link.row:
            version = max(snapshot.version, link.heard_version)
            self.hub.table.write(links.put(replace(link, heard_version=version, row=row)))

    def _write(self, snapshot: Snapshot, linked: Linked) -> Event:
        before = linked.record
        record = self._merged(in_charge.unsaid(snapshot, linked.link, before), before)
        deed = self._deed(linked)
        if record.type == "order":
            record = fold(self.draft, self.connection, before, record, deed)
        record = settled(self.draft, before if before.rev else None, record, deed)
        claimed = self.lookup.claim(before if before.rev else None, record, fresh=linked.new)
        self.draft.keep(record)
        self.draft.link(self._link(snapshot, linked, record))
        if linked.new:
            self.draft.add(links.pointer(self.connection.id, record.type, snapshot.source_id, record.id))
        news = record.version != before.version or linked.new
        event = self._event("applied" if news else "echo", record, "" if claimed else "phone_taken")
        event = replace(event, changed=_changed(before, record), notes=tuple(deed.notes))
        self.draft.add(events.put(event))
        self.draft.commit()
        return event

    def _deed(self, linked: Linked) -> Deed:
        """A record that was only referred to so far is as good as new when its own words come (A-HRV-14)."""
        fresh = not linked.record.rev or (not linked.link.heard and linked.record.origin == self.connection.id)
        return Deed(self.connection.id, self.at, "platform", fresh, self.connection)

    def _merged(self, snapshot: Snapshot, before: Record) -> Record:
        """The record after these words; who it belongs to and who receives it are found on the way."""
        fields = dict(snapshot.fields)
        buyer = None
        if snapshot.buyer:
            buyer = self.lookup.referred(snapshot.buyer)
            self.buyer = buyer, Remote(snapshot.buyer.source_id, snapshot.buyer.code)
        if snapshot.type == "order":
            fields |= self._parties(snapshot, buyer)
        elif snapshot.type == "contract" and buyer:
            fields["customer"] = buyer.id
        told = replace(snapshot, fields=fields, first=_first(snapshot, buyer))
        return merged(before, told, connection=self.connection.id, merge=self.platform.merge, at=self.at)

    def _parties(self, snapshot: Snapshot, buyer: Record | None) -> dict[str, Any]:
        parties: dict[str, Any] = {}
        if buyer and snapshot.buyer:
            stub = {k: v for k, v in snapshot.buyer.stub.items() if k in ("name", "phone", "email") and v}
            parties["buyer"] = {**stub, **_spoken(snapshot.fields.get("buyer")), "customer": buyer.id}
        source = snapshot.buyer.stub.get("source") if snapshot.buyer else None
        party = recipient(self.draft, self.connection.id, snapshot, buyer, source, self.at)
        return parties | ({"recipient": party.model_dump()} if party else {})

    def _link(self, snapshot: Snapshot, linked: Linked, record: Record) -> Link:
        """The link after these words; where the platform is also a destination, what it evidently has."""
        return replace(
            linked.link,
            remote_id=snapshot.source_id,
            remote_code=snapshot.code or linked.link.remote_code,
            heard=snapshot.heard,
            heard_version=max(snapshot.version, linked.link.heard_version),
            row=self.change.row or linked.link.row,
            known=linked.link.known | self._has(snapshot, record, first=not linked.link.rev),
            gone=snapshot.deleted,
            status="settled" if linked.link.status == "pending" else linked.link.status,
        )

    def _has(self, snapshot: Snapshot, record: Record, *, first: bool) -> Known:
        """What the platform has, by its own words, part by part: nothing where they do not make what we would send it;
        of what they never show only what stood there when the record was first seen."""
        if record.type not in getattr(self.platform, "writes", ()):
            return {}
        said = {name: value for name, value in snapshot.fields.items() if name not in ("buyer", "recipient")}
        told = replace(record, fields=with_fields(record.type, record.fields, said))
        try:
            view = self.platform.view(told, self.buyer)
        except Permanent:
            return {}
        return {part: digest(value) for part, value in view.items() if first or part in self.platform.shows}

    def _closed(self, outcome: Outcome, linked: Linked | None, reason: str) -> Event:
        return closed(self.change, self._event(outcome, linked.record if linked else None, reason), self.hub.table)

    def _event(self, outcome: Outcome, record: Record | None, reason: str) -> Event:
        shown = {"record": record.id, "version": record.version} if record else {}
        return events.of_change(self.change, outcome, self.at, reason=reason, **shown)


def closed(change: Change, event: Event, table: Table) -> Event:
    """Keep the event of a change that had no effect: never over what an earlier copy of it did, but always over its
    own waiting or failed row. Words that merely repeat what is known leave no row, unless they waited."""
    if change.attempt:
        row = events.load(table, event.id)
        if row is None or row.message:
            table.write(replace(events.put(event), expect=row.rev if row else ABSENT))
    elif event.outcome != "echo":
        try:
            table.write(replace(events.put(event), expect=ABSENT))
        except Conflict:
            if events.load(table, event.id) is None:  # a busy item conflicts too
                raise
    return event


def _first(snapshot: Snapshot, buyer: Record | None) -> dict[str, Any]:
    """What a new record starts with. A contract without a known seller belongs to its customer's owner, else to the
    store's (A-KV-5)."""
    owner = buyer.fields.owner if buyer and snapshot.type == "contract" and "owner" not in snapshot.fields else None
    return {**snapshot.first, **({"owner": owner} if owner else {})}


def _spoken(party: Any) -> dict[str, Any]:
    """What an order itself says of a party."""
    said = party.model_dump() if isinstance(party, Party) else party or {}
    return {name: value for name, value in said.items() if value is not None}


def _changed(before: Record, after: Record) -> tuple[str, ...]:
    """Names of the fields whose value is another one now, and `deleted`."""
    names = [n for n in type(after.fields).model_fields if getattr(before.fields, n) != getattr(after.fields, n)]
    return tuple(names + (["deleted"] if before.deleted != after.deleted else []))
