"""What people keep by hand, by its definition: listed, found, entered, changed, removed; one way for every kind."""

from typing import Any

from retailhub.crm import employees, product_types, records
from retailhub.crm.filters import filtered, keeping
from retailhub.crm.lists import Found, cut
from retailhub.crm.office import Office
from retailhub.crm.sources import with_built_in
from retailhub.crm.uses import remove_unused
from retailhub.domain.catalogues import BUILT_IN, BUILT_IN_KEYS
from retailhub.domain.definitions import Definition, by_name
from retailhub.domain.kinds import DEFAULT_TYPE
from retailhub.domain.merging import with_fields
from retailhub.domain.records import MODELS, Record
from retailhub.domain.refusals import Clash
from retailhub.store import records as record_store

PREPARED = {"product_type": product_types.prepared, "employee": employees.prepared}
"""What a kind adds to an entry before it is written: (office, present fields or None, what was entered) → as it is to
be written."""


def listed(
    office: Office,
    definition: Definition,
    equal: dict[str, Any],
    q: str | None,
    *,
    sort: str | None,
    limit: int,
    cursor: str | None,
) -> Found[Record]:
    """A page of a kind. A short list is read whole; of a long one, a filter by what it names reads only those."""
    if definition.few:
        keep = keeping(equal, q, definition.texts)
        found = [record for record in _all(office, definition) if keep is None or keep(record)]
        return cut(_sorted(definition, found, sort), limit, cursor)
    page: dict[str, Any] = {"limit": limit, "cursor": cursor, "sort": sort or "-created_at"}
    return filtered(office, definition.kind, equal, q, definition.texts, **page)


def _all(office: Office, definition: Definition) -> list[Record]:
    stored = record_store.every(office.table, definition.kind)
    return with_built_in(stored) if definition.kind == "source" else stored


def _sorted(definition: Definition, found: list[Record], sort: str | None) -> list[Record]:
    order = by_name if sort else definition.order
    return sorted(found, key=lambda one: (order(one.fields), one.id), reverse=bool(sort and sort.startswith("-")))


def find(office: Office, definition: Definition, entry_id: str) -> Record:
    """The entry. Raises Unknown, also for one that was removed. A source that integrations write is also found by its
    key, for its id may hold what no address can."""
    wanted = BUILT_IN_KEYS.get(entry_id, entry_id) if definition.kind == "source" else entry_id
    return records.living(office, definition.kind, wanted)


def create(office: Office, definition: Definition, told: dict[str, Any]) -> Record:
    """A new entry. Raises Wrong for what it may not hold, Clash for a name, code or key that another one has."""
    told = _prepared(office, definition, None, None, told)
    return records.create(office, definition.kind, with_fields(definition.kind, MODELS[definition.kind](), told))


def change(office: Office, definition: Definition, entry_id: str, if_match: int | None, told: dict[str, Any]) -> Record:
    """The entry after an edit: what is not told stays. Raises Clash for the key of a built-in source (A-SRC-2)."""
    _check_is_no_root(definition, entry_id)
    before = find(office, definition, entry_id)
    if _is_built_in(before) and told.get("key", before.fields.key) != before.fields.key:
        raise Clash("built_in", field="key")
    told = _prepared(office, definition, entry_id, before.fields, told)
    return records.change(
        office, definition.kind, before.id, if_match, lambda fields: with_fields(definition.kind, fields, told)
    )


def remove(office: Office, definition: Definition, entry_id: str, if_match: int | None) -> None:
    """Remove an entry that nobody uses. Raises Clash `in_use` with its users, `built_in` for one that must stay."""
    _check_is_no_root(definition, entry_id)
    if definition.kind == "source" and BUILT_IN_KEYS.get(entry_id, entry_id) in BUILT_IN:
        raise Clash("built_in")
    remove_unused(office, definition.kind, entry_id, if_match)


def _check_is_no_root(definition: Definition, entry_id: str) -> None:
    """Raises Clash for the outermost level of the goods, which is no entry (A-PT-4)."""
    if definition.kind == "product_type" and entry_id == DEFAULT_TYPE:
        raise Clash("built_in")


def _is_built_in(entry: Record) -> bool:
    return entry.type == "source" and entry.id in BUILT_IN


def _prepared(
    office: Office, definition: Definition, entry_id: str | None, fields: Any, told: dict[str, Any]
) -> dict[str, Any]:
    prepare = PREPARED.get(definition.kind)
    return prepare(office, entry_id, fields, told) if prepare else told
