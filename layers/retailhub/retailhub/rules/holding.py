"""Who has a unique value: the claim on it names them, and each of them is asked whether they still do."""

from collections.abc import Collection
from typing import cast

from retailhub.domain import duplicates
from retailhub.domain.records import Record, RecordType
from retailhub.rules.drafts import Draft
from retailhub.store import claims
from retailhub.store.claims import Place
from retailhub.store.table import ABSENT, Key


def owners(draft: Draft, field_name: str, value: str) -> list[Record]:
    """The records that have a value of a field, its holder first. A claim may be stale: somebody whom it names and who
    is removed, or has another value now, is none of them."""
    named, _ = _named(draft, claims.unique_key(field_name, value))
    found = [draft.record(cast("RecordType", place.type), place.id) for place in named]
    return [record for record in found if record and value in duplicates.of_record(field_name, record)]


def taken(draft: Draft, field_name: str, value: str, record: Record, but: Collection[str] = ()) -> list[Record]:
    """Draft the claim of a record that has just got a value; answers who else has it: they keep it, and the record
    stands behind them. but: ids whose claims the record may take."""
    key = claims.unique_key(field_name, value)
    others = [other for other in owners(draft, field_name, value) if other.id not in (record.id, *but)]
    _name(draft, key, [Place(one.type, one.id) for one in (*others, record)])
    return others


def released(draft: Draft, field_name: str, value: str, record: Record) -> None:
    """Draft that a record has given up a value; who stood behind it holds it now."""
    key = claims.unique_key(field_name, value)
    named, _ = _named(draft, key)
    if Place(record.type, record.id) in named:
        _name(draft, key, [place for place in named if place.id != record.id])


def listed(draft: Draft, field_name: str, value: str, record: Record) -> bool:
    """Whether the claim on a value names the record."""
    return Place(record.type, record.id) in _named(draft, claims.unique_key(field_name, value))[0]


def eldest_first(draft: Draft, field_name: str, value: str, record: Record) -> None:
    """Draft the claim of a record that had a value before the field was unique: whoever came first holds it."""
    everybody = [record, *(one for one in owners(draft, field_name, value) if one.id != record.id)]
    everybody.sort(key=lambda one: (one.created_at, one.id))
    _name(draft, claims.unique_key(field_name, value), [Place(one.type, one.id) for one in everybody])


def _named(draft: Draft, key: Key) -> tuple[list[Place], int]:
    """Whom a claim names with this draft, and the rev that it was read with."""
    if known := draft.named.get(key):
        return known
    item = draft.item(key)
    return claims.places(item), item["rev"] if item else ABSENT


def _name(draft: Draft, key: Key, named_now: list[Place]) -> None:
    _, rev = _named(draft, key)
    draft.add(claims.named(key, named_now, rev))
    draft.named[key] = named_now, rev
