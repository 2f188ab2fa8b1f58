"""Filters of record lists: fields that must be equal, and a search over some texts."""

from collections.abc import Callable, Iterable
from typing import Any

from retailhub.crm.listings import Keep, by_code, listed, named_by
from retailhub.crm.lists import Found, contains
from retailhub.crm.office import Office
from retailhub.domain.kinds import REFERENCES, RecordType
from retailhub.domain.records import Record
from retailhub.store.records import CODES

NONE = "none"
"""Asks for what is in nobody's charge, or has no reason."""
Words = Callable[[Any], Iterable[str | None]]
"""The texts of a record that a search looks into."""


def filtered(
    office: Office, record_type: RecordType, equal: dict[str, Any], q: str | None, words: Words, **page: Any
) -> Found[Record]:
    """A page of the records that `keeping` keeps. A code is looked up, or of the given fields the first that names
    another record, so that only those who have it are read; page: limit, cursor, sort."""
    keep = keeping(equal, q, words)
    code = equal.get(CODES.get(record_type, ""))
    if keep and code:
        return by_code(office, record_type, code, keep, **page)
    kinds = REFERENCES.get(record_type, {})
    for field, value in equal.items():
        if value and field in kinds:
            rest = keeping({**equal, field: None}, q, words)
            return named_by(office, kinds[field], value, record_type, keep=rest, **page)
    return listed(office, record_type, keep, **page)


def keeping(equal: dict[str, Any], q: str | None, words: Words) -> Keep | None:
    """What a list keeps, or None if it keeps everything. equal: field (dotted for a part of it) → value, None: open."""
    wanted = {name: value for name, value in equal.items() if value is not None}
    if not wanted and not q:
        return None

    def keep(record: Record) -> bool:
        same = all(_at(record.fields, name) == value for name, value in wanted.items())
        return same and (not q or contains(q, *words(record.fields)))

    return keep


def _at(fields: Any, name: str) -> Any:
    for part in name.split("."):
        fields = getattr(fields, part, None)
    return fields
