"""Records as people see and edit them: one at a time, or listed by what can be filtered for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from retailhub.crm.lists import Found, gathered
from retailhub.crm.office import TRIES, Office
from retailhub.crm.refusals import Clash, Unknown
from retailhub.domain.flows import HUB
from retailhub.domain.identity import record_id
from retailhub.domain.records import Record, RecordType
from retailhub.store import claims, events, records
from retailhub.store.events import Event
from retailhub.store.table import Conflict, Item, Page, Write, list_of, of_parent

Keep = Callable[[Record], bool]


def find(office: Office, record_type: RecordType, wanted_id: str) -> Record:
    """The record. Raises Unknown."""
    record = records.load(office.table, record_type, wanted_id)
    if record is None:
        raise Unknown(f"unknown_{record_type}")
    return record


def listed(
    office: Office,
    record_type: RecordType,
    keep: Keep | None,
    *,
    limit: int,
    cursor: str | None,
    sort: str = "-created_at",
) -> Found[Record]:
    """A page of a type's records, newest first unless `sort` is `created_at`; `keep` is the filter, if there is one."""

    def read(most: int, at: str | None) -> Page:
        newest = sort.startswith("-")
        return office.table.query(list_of(record_type), index="listing", newest_first=newest, limit=most, cursor=at)

    return gathered(read, kept_by(keep), limit, cursor, rare=keep is not None)


def of_customer(
    office: Office, customer: str, record_type: RecordType, *, limit: int, cursor: str | None
) -> Found[Record]:
    """A page of a customer's orders or contracts, newest first."""

    def read(most: int, at: str | None) -> Page:
        return office.table.query(of_parent(customer), index="related", newest_first=True, limit=most, cursor=at)

    return gathered(read, kept_by(lambda record: record.type == record_type), limit, cursor, rare=False)


def kept_by(keep: Keep | None) -> Callable[[Item], Record | None]:
    """A record from an item, or None if the filter turns it away."""

    def kept(item: Item) -> Record | None:
        record = records.from_item(item)
        return record if keep is None or keep(record) else None

    return kept


def create(office: Office, record_type: RecordType, fields: Any) -> Record:
    """A record with these fields, entered by hand. A repeat of a request that got so far finds its record."""
    new_id = record_id(record_type, HUB, office.new_id())
    now = office.clock()
    blank = records.born(record_type, new_id, origin=HUB, by=office.by, at=now)
    record = _revised(office, blank, fields, now)
    try:
        return _stored(office, None, record)
    except Conflict:
        stored = records.load(office.table, record_type, new_id)
        if stored is None:
            raise
        return stored


def change(
    office: Office, record_type: RecordType, wanted_id: str, if_match: int | None, edit: Callable[[Any], Any]
) -> Record:
    """The record after a person's edit; `edit` makes new fields of the present ones.

    Raises Unknown, and Clash if `if_match` is not the record's version or others keep winning the race.
    """
    for _ in range(TRIES):
        before = find(office, record_type, wanted_id)
        check_version(before.version, if_match)
        after = _revised(office, before, edit(before.fields), office.clock())
        if after == before:
            return before
        try:
            return _stored(office, before, after)
        except Conflict:
            continue
    raise Clash("version_conflict")


def check_version(present: int, if_match: int | None) -> None:
    """Raises Clash if the caller edits another version than the present one."""
    if if_match is not None and if_match != present:
        raise Clash("version_conflict", field="If-Match", version=present)


def _revised(office: Office, before: Record, fields: Any, now: str) -> Record:
    """The record with the person's mark on it, if its content is another one."""
    after = before.revised(fields, by=HUB, at=now)
    if after.version == before.version:
        return after
    return replace(after, edited_here=True, updated_by=office.by)


def _stored(office: Office, before: Record | None, after: Record) -> Record:
    """Written together with the claim on the phone and the event that tells of it. Raises Conflict."""
    writes: list[Write] = [records.put(after), events.put(_event(office, before, after))]
    if after.type == "customer":
        old = before.fields.phone if before else None
        writes += claims.moved(office.table.get, after.id, old, after.fields.phone)
    office.table.write(*writes)
    return replace(after, rev=after.rev + 1)


def _event(office: Office, before: Record | None, after: Record) -> Event:
    names = type(after.fields).model_fields
    changed = [n for n in names if before is None or getattr(before.fields, n) != getattr(after.fields, n)]
    return Event(
        id=office.new_id()[:32],
        connection=HUB,
        type=after.type,
        source_id=after.id,
        outcome="applied",
        reason=f"by:{office.by}",
        record=after.id,
        version=after.version,
        changed=tuple(n for n in changed if before or getattr(after.fields, n) != names[n].get_default()),
        topic="edited" if before else "created",
        via="api",
        received_at=after.updated_at,
        handled_at=after.updated_at,
    )
