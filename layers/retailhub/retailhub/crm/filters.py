"""Filters of record lists: fields that must be equal, and a search over some texts."""

from collections.abc import Callable, Iterable
from typing import Any

from retailhub.crm.lists import contains
from retailhub.domain.records import Record


def keeping(
    equal: dict[str, Any], q: str | None, words: Callable[[Any], Iterable[str | None]]
) -> Callable[[Record], bool] | None:
    """What a list keeps, or None if it keeps everything. equal: field (dotted for a part of it) → value, None: open.

    words: the texts that `q` is looked for in.
    """
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
