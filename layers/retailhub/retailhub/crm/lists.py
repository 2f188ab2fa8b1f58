"""Lists: one page of what a filter keeps, with a bounded number of items read however rare the matches are."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retailhub.domain.phones import folded
from retailhub.domain.refusals import Garbled
from retailhub.store.table import Item, Page

READ_AT_ONCE = 200
READ_AT_MOST, READS_AT_MOST = 1000, 31
"""Items looked at for one page of a filtered list, and calls made for it where few come with each (a quiet day of
events is one): what is behind them comes with the next page."""

Read = Callable[[int, str | None], Page]
"""(how many, cursor) → a page of items."""


@dataclass(frozen=True)
class Found[T]:
    """One page: it may be short, even empty, while `cursor` says that there is more to look through."""

    items: list[T]
    cursor: str | None = None


def gathered[T](
    read: Read, keep: Callable[[Item], T | None], limit: int, cursor: str | None, *, rare: bool
) -> Found[T]:
    """The next `limit` items that `keep` does not turn away. `rare`: a filter is on, so read more at once."""
    found: list[T] = []
    seen = 0
    for _ in range(READS_AT_MOST):
        page = read(READ_AT_ONCE if rare else limit, cursor)
        kept = [(place, value) for place, item in enumerate(page.items) if (value := keep(item)) is not None]
        room = limit - len(found)
        if len(kept) > room:
            return _cut(read, keep, found, kept[room - 1][0] + 1, cursor)
        found += [value for _, value in kept]
        seen, cursor = seen + len(page.items), page.cursor
        if cursor is None or len(found) == limit or seen >= READ_AT_MOST:
            break
    return Found(found, cursor)


def _cut[T](read: Read, keep: Callable[[Item], T | None], found: list[T], upto: int, cursor: str | None) -> Found[T]:
    """The same page up to the last item that there is room for, so that its cursor is exact."""
    page = read(upto, cursor)
    kept = [value for item in page.items if (value := keep(item)) is not None]
    return Found(found + kept, page.cursor)


def contains(q: str, *texts: str | None) -> bool:
    """Case- and accent-insensitive "contains" over several texts."""
    wanted = folded(q)
    return any(wanted in folded(text) for text in texts)


def in_memory[T](items: list[T], order: Callable[[T], Any], sort: str) -> list[T]:
    """A short list sorted by name; `-` turns it round."""
    return sorted(items, key=order, reverse=sort.startswith("-"))


def cut[T](items: list[T], limit: int, cursor: str | None) -> Found[T]:
    """A page of a short list that is in memory as a whole.

    The cursor names the last item, so that what is added or removed before it neither repeats nor hides another;
    where that item is gone, or items have no id, its place in the list must do."""
    start = _place(items, cursor) if cursor else 0
    end = start + limit
    more = json.dumps([end, _mark(items[end - 1])]) if end < len(items) else None
    return Found(items[start:end], more)


def _place(items: list[Any], cursor: str) -> int:
    place, mark = told(cursor, int, str)
    return next((n + 1 for n, item in enumerate(items) if mark and _mark(item) == mark), max(0, place))


def _mark(item: Any) -> str:
    one = getattr(item, "flow", item)
    return str(getattr(one, "id", ""))


def told(cursor: str, *kinds: Any) -> list[Any]:
    """The parts of a cursor of our own making, by their types. Raises Garbled for anything else: whoever takes one
    apart can put another together."""
    try:
        parts: Any = json.loads(cursor)
    except ValueError:
        raise Garbled("bad_cursor", field="cursor") from None
    fits = isinstance(parts, list) and len(parts) == len(kinds)
    if not fits or not all(isinstance(part, kind) for part, kind in zip(parts, kinds, strict=True)):
        raise Garbled("bad_cursor", field="cursor")
    return list(parts)
