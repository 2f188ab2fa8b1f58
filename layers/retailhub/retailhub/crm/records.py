"""Records as people see and edit them, one at a time."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from retailhub.crm.audit import BY
from retailhub.crm.office import TRIES, Office
from retailhub.crm.references import vouched
from retailhub.crm.sources import built_in
from retailhub.domain.flows import HUB
from retailhub.domain.identity import record_id
from retailhub.domain.records import Record, RecordType
from retailhub.domain.refusals import Clash, Unknown
from retailhub.rules.consequences import settled
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import events, records
from retailhub.store.events import Event
from retailhub.store.table import Conflict, Write


def find(office: Office, record_type: RecordType, wanted_id: str) -> Record:
    """The record. Raises Unknown."""
    record = records.load(office.table, record_type, wanted_id) or built_in(record_type, wanted_id)
    if record is None:
        raise Unknown(f"unknown_{record_type}")
    return record


def living(office: Office, record_type: RecordType, wanted_id: str) -> Record:
    """The record. Raises Unknown, also for one that was removed."""
    record = find(office, record_type, wanted_id)
    if record.deleted:
        raise Unknown(f"unknown_{record_type}")
    return record


def create(office: Office, record_type: RecordType, fields: Any, *, single: bool = False) -> Record:
    """A record with these fields, entered by hand. A repeat of a request that got so far finds its record.

    single: there is one of this type, and its id is the type's name."""
    new_id = record_type if single else record_id(record_type, HUB, office.new_id())
    now = office.clock()
    blank = records.born(record_type, new_id, origin=HUB, by=office.by, at=now)
    record = by_hand(office, blank, fields, now)
    for _ in range(TRIES):
        try:
            return _stored(office, None, record)
        except Conflict:
            stored = records.load(office.table, record_type, new_id)
            if stored:
                return stored
    raise Clash("conflict")


def only(office: Office, kind: RecordType) -> Record:
    """The one record of its kind, such as settings; blank and of version 0 as long as nobody has made it."""
    return records.load(office.table, kind, kind) or records.born(kind, kind, origin=HUB, by="", at="")


def change_only(office: Office, kind: RecordType, if_match: int | None, edit: Callable[[Any], Any]) -> Record:
    """The one record of its kind after a person's edit. Of two who make it at once the second one's edit is added to
    the first one's. Raises Clash for another version."""
    present = only(office, kind)
    if present.rev:
        return change(office, kind, kind, if_match, edit)
    check_version(present.version, if_match)
    made = create(office, kind, edit(present.fields), single=True)
    return made if edit(made.fields) == made.fields else change(office, kind, kind, None, edit)


def change(
    office: Office, record_type: RecordType, wanted_id: str, if_match: int | None, edit: Callable[[Any], Any]
) -> Record:
    """The record after a person's edit; `edit` makes new fields of the present ones.

    Raises Unknown, and Clash if `if_match` is not the record's version or others keep winning the race.
    """

    def edited(before: Record) -> Record:
        return by_hand(office, before, edit(before.fields), office.clock())

    return _rewritten(office, record_type, wanted_id, if_match, edited)


def remove(office: Office, record_type: RecordType, wanted_id: str, if_match: int | None, *checks: Write) -> Record:
    """The record, marked as removed: its story stays. `checks` must hold at the same moment."""

    def removed(before: Record) -> Record:
        after = before.revised(before.fields, by=HUB, at=office.clock(), deleted=True)
        return replace(after, edited_here=True, updated_by=office.by)

    return _rewritten(office, record_type, wanted_id, if_match, removed, *checks)


def restore(office: Office, record_type: RecordType, wanted_id: str) -> Record:
    """The record after its removal was taken back."""

    def restored(before: Record) -> Record:
        after = before.revised(before.fields, by=HUB, at=office.clock(), deleted=False)
        return replace(after, updated_by=office.by)

    return _rewritten(office, record_type, wanted_id, None, restored)


def _rewritten(
    office: Office,
    record_type: RecordType,
    wanted_id: str,
    if_match: int | None,
    edit: Callable[[Record], Record],
    *checks: Write,
) -> Record:
    for _ in range(TRIES):
        before = find(office, record_type, wanted_id)
        check_version(before.version, if_match)
        after = edit(before)
        if after == before:
            return before
        try:
            return _stored(office, before, after, *checks)
        except Conflict:
            continue
    raise Clash("version_conflict")


def check_version(present: int, if_match: int | None) -> None:
    """Raises Clash if the caller edits another version than the present one."""
    if if_match is not None and if_match != present:
        raise Clash("version_conflict", field="If-Match", version=present)


def by_hand(office: Office, before: Record, fields: Any, now: str) -> Record:
    """The record with these fields and the person's mark on it, if its content is another one."""
    after = before.revised(fields, by=HUB, at=now)
    if after.version == before.version:
        return after
    return replace(after, edited_here=True, updated_by=office.by)


def _stored(office: Office, before: Record | None, after: Record, *checks: Write) -> Record:
    """Written together with all that follows from it and the event that tells of it. Raises Conflict."""
    draft = Draft(office.table)
    record = drafted(draft, office, before, after, Deed(office.by, after.updated_at, "person", fresh=before is None))
    for check in checks:
        draft.add(check)
    draft.commit()
    return replace(record, rev=record.rev + 1)


def drafted(draft: Draft, office: Office, before: Record | None, after: Record, deed: Deed) -> Record:
    """The record as it will be, drafted with all that follows from it and the event that tells of it: a deed that
    concerns several records drafts each of them."""
    if before:
        draft.seen(before)
    vouched(draft, before, after)
    record = settled(draft, before, after, deed)
    draft.keep(record)
    draft.add(events.put(replace(_event(office, before, record), notes=tuple(deed.notes))))
    return record


def _event(office: Office, before: Record | None, after: Record) -> Event:
    audit = _differences(before, after)
    return Event(
        id=office.new_id()[:32],
        connection=HUB,
        type=after.type,
        source_id=after.id,
        outcome="applied",
        reason=f"{BY}{office.by}",
        record=after.id,
        version=after.version,
        changed=tuple(audit),
        topic=_topic(before, after),
        via="api",
        received_at=after.updated_at,
        handled_at=after.updated_at,
        audit=audit,
    )


def _topic(before: Record | None, after: Record) -> str:
    if before is None:
        return "created"
    return "removed" if after.deleted and not before.deleted else "edited"


def _differences(before: Record | None, after: Record) -> dict[str, list[Any]]:
    """What the act changed, field by field: before, after."""
    blank = after.fields.__class__() if before is None else before.fields
    old, new = (fields.model_dump(mode="json") for fields in (blank, after.fields))
    found = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if before and before.deleted != after.deleted:
        found["deleted"] = [before.deleted, after.deleted]
    return found
