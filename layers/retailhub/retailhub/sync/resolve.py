"""Who is it? A platform's record is found by its id there, then by our code, then by the connection's identity policy."""

from dataclasses import dataclass, replace

from retailhub.domain.identity import hub_id_of, record_id
from retailhub.domain.merging import with_fields
from retailhub.domain.phones import e164
from retailhub.domain.records import Record, RecordType, Ref, Snapshot
from retailhub.platforms.base import Source
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.store.table import ABSENT, Conflict, Delete, Put, Table, claim_key, link_key, record_key, remote_key
from retailhub.sync.drafts import Draft


@dataclass(frozen=True)
class Linked:
    """A record (rev 0: not stored yet) and its link; `new` if the platform's id was not known before."""

    record: Record
    link: Link
    new: bool


def known(table: Table, connection: str, record_type: RecordType, source_id: str) -> Linked | None:
    """The record behind a platform's id: two reads, or one for an unknown id."""
    pointer = table.get(remote_key(connection, record_type, source_id))
    if pointer is None:
        return None
    keys = record_key(record_type, pointer["record"]), link_key(record_type, pointer["record"], connection)
    found = table.get_many(keys)
    record = records.from_item(found[keys[0]]) if keys[0] in found else None
    link = links.from_item(found[keys[1]]) if keys[1] in found else Link(record_type, pointer["record"], connection)
    return Linked(record, link, new=False) if record else None


def introduced(draft: Draft, table: Table, source: Source, connection: str, snapshot: Snapshot, at: str) -> Linked:
    """The record that an unknown platform id belongs to: one of ours, a known person, or a new one."""
    phone = e164(snapshot.fields.get("phone")) if snapshot.type == "customer" else None
    for candidate in (hub_id_of(snapshot.code), _claimant(table, source, phone)):
        linked = _adoptable(draft, table, snapshot.type, candidate, connection, snapshot.source_id)
        if linked:
            return linked
    return _newborn(draft, table, connection, snapshot.type, snapshot.source_id, at)


def referred(draft: Draft, table: Table, source: Source, connection: str, ref: Ref, first: dict[str, object], at: str) -> Record:
    """The record that another one refers to; a stub is drafted if it has not come yet (A-HRV-14)."""
    pointer = table.get(remote_key(connection, ref.type, ref.source_id))
    found = draft.record(ref.type, pointer["record"]) if pointer else None
    return found or _stub(draft, table, source, connection, ref, first, at)


def _stub(
    draft: Draft, table: Table, source: Source, connection: str, ref: Ref, first: dict[str, object], at: str
) -> Record:
    snapshot = Snapshot(ref.type, ref.source_id, fields=dict(ref.stub), code=ref.code)
    linked = introduced(draft, table, source, connection, snapshot, at)
    record = linked.record
    if record.rev == 0:
        fields = with_fields(ref.type, record.fields, {**first, **ref.stub})
        record = record.revised(fields, by=connection, at=at)
    record = _with_id(record, connection, ref.source_id)
    draft.keep(record)
    draft.link(_remote(linked.link, ref.source_id, ref.code))
    draft.add(links.pointer(connection, ref.type, ref.source_id, record.id))
    claim(draft, table, source, None, record)
    return record


def claim(draft: Draft, table: Table, source: Source, before: Record | None, after: Record) -> bool:
    """Let the customer hold the claim on their phone where phones tell people apart. False: somebody else holds it."""
    if after.type != "customer" or not source.phone_is_identity:
        return True
    old, new = before.fields.phone if before else None, after.fields.phone
    if old and old != new:
        _release(draft, table, old, after.id)
    return not new or _take(draft, table, new, after.id)


def _take(draft: Draft, table: Table, phone: str, record: str) -> bool:
    pk, sk = claim_key("phone", phone)
    holder = table.get((pk, sk))
    if holder is None:
        draft.add(Put({"pk": pk, "sk": sk, "record": record}, expect=ABSENT))
    return holder is None or holder["record"] == record


def _release(draft: Draft, table: Table, phone: str, record: str) -> None:
    holder = table.get(claim_key("phone", phone))
    if holder and holder["record"] == record:
        draft.add(Delete(claim_key("phone", phone), expect=holder["rev"]))


def _claimant(table: Table, source: Source, phone: str | None) -> str | None:
    if not phone or not source.phone_is_identity:
        return None
    holder = table.get(claim_key("phone", phone))
    return holder["record"] if holder else None


def _adoptable(
    draft: Draft, table: Table, record_type: RecordType, hub_id: str | None, connection: str, source_id: str
) -> Linked | None:
    """A stored record that has no other counterpart on this connection yet."""
    record = draft.record(record_type, hub_id) if hub_id else None
    if record is None:
        return None
    link = links.load(table, record_type, record.id, connection) or Link(record_type, record.id, connection)
    return Linked(record, link, new=True) if link.remote_id in (None, source_id) else None


def _newborn(
    draft: Draft, table: Table, connection: str, record_type: RecordType, source_id: str, at: str
) -> Linked:
    hub_id = record_id(record_type, connection, source_id)
    if draft.record(record_type, hub_id):
        raise Conflict  # somebody stored it between our two reads
    record = records.born(record_type, hub_id, origin=connection, by=connection, at=at)
    return Linked(record, Link(record_type, hub_id, connection), new=True)


def _remote(link: Link, source_id: str, code: str | None) -> Link:
    return replace(link, remote_id=source_id, remote_code=code or link.remote_code, status="settled")


def _with_id(record: Record, connection: str, source_id: str) -> Record:
    return replace(record, external_ids={**record.external_ids, connection: source_id})
