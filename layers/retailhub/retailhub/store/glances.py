"""Glances: the fields of many records as they are stored, without building a record of each; for reports."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from retailhub.domain.records import RecordType
from retailhub.store.table import Item, Table, list_of, record_key

READ_AT_ONCE = 1000
KEYS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen of a record; fields that have their default are not among `fields`."""

    id: str
    created_at: str
    fields: dict[str, Any]


def every(
    table: Table, record_type: RecordType, *, since: str | None = None, until: str | None = None
) -> Iterator[Glance]:
    """The records of a type that were created from `since` to before `until`, oldest first, without the removed ones.

    One pass over the list; a page at a time is in memory.
    """
    cursor = None
    while True:
        page = table.query(
            list_of(record_type), index="listing", since=since, until=until, limit=READ_AT_ONCE, cursor=cursor
        )
        yield from (glance for item in page.items if (glance := _seen(item)))
        if (cursor := page.cursor) is None:
            return


def named(table: Table, record_type: RecordType, ids: Iterable[str]) -> dict[str, Glance]:
    """Those of these records that exist and are not removed, by id."""
    found: list[Item] = []
    for some in batched(dict.fromkeys(ids), KEYS_AT_ONCE, strict=False):
        found += table.get_many(record_key(record_type, one) for one in some).values()
    return {glance.id: glance for item in found if (glance := _seen(item))}


def _seen(item: Item) -> Glance | None:
    if item["deleted"]:
        return None
    return Glance(item["id"], item["created_at"], json.loads(item["data"])["fields"])
