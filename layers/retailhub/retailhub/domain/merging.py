"""How a platform's words become part of a record: the whole record (R-KV-14), only what is still blank (A-CNV-1), or a
part of a record that another system keeps (R-HL-05)."""

from dataclasses import replace
from typing import Any, Literal

from retailhub.domain.records import MODELS, Record, Snapshot

Merge = Literal["whole", "blanks", "part"]


def merged(record: Record, snapshot: Snapshot, *, connection: str, merge: Merge, at: str) -> Record:
    """The record after the platform's snapshot. `blanks` protects a record that another system also keeps, and a lead:
    whoever works on it here is not overwritten by the cloud's next run (A-SYN-3). `whole` takes everything, but where
    the record was born elsewhere a blank takes nothing away: what a system does not have stays (A-KV-8)."""
    new = record.rev == 0 and record.version == 0
    shared = any(o != connection for o in record.external_ids) or record.origin == "hub" or record.type == "lead"
    spoken = snapshot.first | snapshot.fields if new else snapshot.fields
    if merge == "blanks" and shared and not new:
        spoken = {name: value for name, value in spoken.items() if _blank(getattr(record.fields, name))}
    elif merge == "whole" and record.origin != connection:
        spoken = {name: value for name, value in spoken.items() if not _blank(value)}
    known = {**record.external_ids, connection: snapshot.source_id}
    fields = with_fields(record.type, record.fields, spoken)
    deleted = _deleted(record, snapshot, merge, shared)
    # A system that is new to the record may feed others, though it says nothing new: that makes a version too.
    joined = connection not in record.external_ids
    revised = record.revised(fields, by=connection, at=at, deleted=deleted, joined=joined)
    return replace(revised, external_ids=known)


def with_fields(record_type: Any, fields: Any, spoken: dict[str, Any]) -> Any:
    """Fields with some values replaced, validated anew. Raises pydantic's ValidationError."""
    model = MODELS[record_type]
    return model.model_validate({**{n: getattr(fields, n) for n in model.model_fields}, **spoken})


def _blank(value: Any) -> bool:
    return value is None or value == () or value == ""


def _deleted(record: Record, snapshot: Snapshot, merge: Merge, shared: bool) -> bool:
    """A delete is a soft mark (A-KV-3, A-X-8), and a system that only adds can delete only what it alone knows. One
    that keeps a part of a record neither removes it nor brings it back."""
    return record.deleted if merge == "part" or (merge == "blanks" and shared) else snapshot.deleted
