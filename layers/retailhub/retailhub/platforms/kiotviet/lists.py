"""KiotViet's lists, read so that no row is passed over while the shop goes on working (kiotviet.md §3.1).

Lists are paged by item offset. They are ordered by id, which never changes; the window has no upper end, so a record
changed meanwhile stays in it. Only a removal makes later rows move up: therefore each page begins with the last row of
the page before, and where that is gone the next page is asked from further back.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from retailhub.domain.instants import VIETNAM, parse
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.platforms.kiotviet.api import Api
from retailhub.platforms.webhooks import parse_json

SIZE = 100
REMOVED = ("removeid", "removeids", "removedid", "removedids")
PATHS: dict[RecordType, str] = {"customer": "/customers", "product": "/products", "contract": "/invoices"}


@dataclass(frozen=True)
class Cursor:
    """Where to go on: item offset, and the highest id seen so far (0: none)."""

    item: int = 0
    last_id: int = 0

    @staticmethod
    def of(text: str | None) -> "Cursor":
        """The cursor in its text; none is the beginning."""
        return Cursor(**parse_json(text.encode())) if text else Cursor()

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def page(
    api: Api, record_type: RecordType, since: str | None, cursor: str | None, branches: tuple[int, ...]
) -> PulledPage:
    """The next page of a list; the first one of a catch-up also brings the ids removed since (not for invoices)."""
    at = Cursor.of(cursor)
    body = api.get(PATHS[record_type], _asked(record_type, since, at, branches))
    body = body if isinstance(body, dict) else {}
    rows = [row for row in body.get("data") or [] if _id(row) > 0]
    total = body.get("total") if isinstance(body.get("total"), int) else None
    return PulledPage(
        rows=[Pulled(str(_id(row)), row) for row in rows if record_type != "contract" or _taken(row, branches)],
        removed=_removed(body) if at.item == 0 and since else [],
        cursor=_next(at, [_id(row) for row in rows], total),
        total=total,
    )


def _next(at: Cursor, ids: list[int], total: int | None) -> str | None:
    """The cursor after a page of these ids, or None after the last one."""
    if at.item and _moved_up(ids, at.last_id):
        return str(Cursor(max(0, at.item - SIZE), at.last_id))
    end = at.item + len(ids)
    if len(ids) < 2 or (total is not None and end >= total):
        return None
    return str(Cursor(end - 1, max(at.last_id, *ids)))


def _moved_up(ids: list[int], last_id: int) -> bool:
    """True if rows not seen yet may stand before this page: it does not begin with one that was seen."""
    return not ids or (ids == sorted(ids) and ids[0] > last_id)


def _taken(invoice: dict[str, Any], branches: tuple[int, ...]) -> bool:
    """True for an invoice of a branch that we take, should KiotViet not have looked at `branchIds`."""
    return not branches or invoice.get("branchId") in branches


def _asked(record_type: RecordType, since: str | None, at: Cursor, branches: tuple[int, ...]) -> dict[str, Any]:
    asked: dict[str, Any] = {"orderBy": "id", "orderDirection": "Asc", "pageSize": SIZE, "currentItem": at.item}
    if since:
        asked["lastModifiedFrom"] = wall_clock(since)
    if record_type == "contract":
        asked["includeInvoiceDelivery"] = "true"
        if branches:
            asked["branchIds"] = list(branches)
    elif since and at.item == 0:
        asked["includeRemoveIds"] = "true"
    return asked


def wall_clock(instant: str) -> str:
    """An instant as Vietnamese wall time without offset, in whole seconds: what `lastModifiedFrom` is taken to be."""
    return parse(instant).astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M:%S")


def _removed(body: dict[str, Any]) -> list[str]:
    """The removed ids; the member's spelling varies (kiotviet.md §3.1)."""
    lists = [value for key, value in body.items() if key.lower() in REMOVED and isinstance(value, list)]
    return [str(value) for ids in lists for value in ids if isinstance(value, int | str)]


def _id(row: Any) -> int:
    """The row's id, or 0: a summary row has -1 (kiotviet.md §4)."""
    value = row.get("id") if isinstance(row, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
