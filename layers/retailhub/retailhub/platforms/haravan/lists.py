"""Haravan's lists, read so that no row is passed over while the shop goes on selling (haravan.md §3.1).

Page numbers alone would do that: a row that changes moves to the end of a list ordered by `updated_at`, and the rows
behind it move up, across the page's edge. So orders are asked from the last stamp seen, and customers, which have no
documented order by time, from the last id seen; a page number is added only where that does not move on.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from retailhub.domain.instants import instant
from retailhub.domain.records import RecordType
from retailhub.platforms.webhooks import parse_json

LIMIT = 50
"""Rows of a page, whatever is asked for (haravan.md §0.5)."""


@dataclass(frozen=True)
class Cursor:
    """Where to go on: from this stamp (orders) or this id (customers), and how many pages into that."""

    stamp: str = ""
    last_id: int = 0
    page: int = 1

    @staticmethod
    def of(text: str | None, since: str | None) -> "Cursor":
        """The cursor in its text; none is the beginning of the window."""
        return Cursor(**parse_json(text.encode())) if text else Cursor(stamp=since or "")

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def asked(record_type: RecordType, at: Cursor) -> dict[str, Any]:
    """The query of a page. `status=any`: the default leaves out cancelled and closed orders (haravan.md §3.1)."""
    query: dict[str, Any] = {"limit": LIMIT, "page": at.page}
    if at.stamp:
        query["updated_at_min"] = seconds(at.stamp)
    if record_type == "order":
        return {**query, "status": "any", "order": "updated_at asc"}
    return {**query, "since_id": at.last_id}


def after(record_type: RecordType, at: Cursor, rows: list[dict[str, Any]]) -> str | None:
    """The cursor after a page, or None after the last one."""
    if len(rows) < LIMIT:
        return None
    return str(_after_stamp(at, rows) if record_type == "order" else _after_id(at, rows))


def _after_stamp(at: Cursor, rows: list[dict[str, Any]]) -> Cursor:
    stamps = [instant(row.get("updated_at")) for row in rows]
    newest = seconds(stamps[-1]) if stamps[-1] else ""
    if stamps != sorted(stamps) or newest <= (seconds(at.stamp) if at.stamp else ""):
        return Cursor(at.stamp, at.last_id, at.page + 1)
    return Cursor(stamps[-1], at.last_id)


def _after_id(at: Cursor, rows: list[dict[str, Any]]) -> Cursor:
    ids = [int(row["id"]) for row in rows]
    if ids != sorted(ids):
        return Cursor(at.stamp, at.last_id, at.page + 1)
    return Cursor(at.stamp, ids[-1])


def seconds(stamp: str) -> str:
    """A stamp in whole seconds, rounded down: rows of the same second come again rather than not at all."""
    return f"{stamp[:19]}Z"
