"""Getfly's lists, page by page: customers by their feed of changes, orders by window, products always whole.

Cursors are JSON. Lists are numbered by place, so rows move while they are read (F62): a row that is made pushes others
to the next page, where they come twice; a row that is deleted pulls others to the page before, so pages overlap or
are read again. Orders have no "changed since" (getfly.md §0.5): the rows carry a digest of what the list says, which is
enough to see that a status moved.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from retailhub.domain.changes import digest
from retailhub.domain.errors import Unavailable
from retailhub.domain.instants import VIETNAM, parse
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.platforms.getfly.calls import Calls
from retailhub.platforms.getfly.shapes import rows
from retailhub.platforms.getfly.webhook import BY_CODE

ACCOUNTS_PER_PAGE = 50
ORDERS_PER_PAGE = 50
ROWS_READ_TWICE = 5
OVERLAP_SECONDS = 120
FIRST_DAY = "2010-01-01"
"""Before Getfly existed."""

_SALE = 2


class Listings:
    """Reads the lists of one tenant. `clock` tells the present moment."""

    def __init__(self, calls: Calls, open_order_days: int, clock: Callable[[], datetime]) -> None:
        self._calls, self._open_order_days, self._clock = calls, open_order_days, clock

    def page(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """The next page; see `Source.pages`."""
        at = json.loads(cursor) if cursor else {}
        if record_type == "customer":
            return self._changed_accounts(since) if since and not at else self._numbered("/accounts", at, _account)
        if record_type == "product":
            return self._numbered("/products", at, _product)
        return self._orders(at or self._window(since))

    def _changed_accounts(self, since: str) -> PulledPage:
        """The feed of changes (§4.1); it has no pages, so one that is too large gives way to the whole list."""
        last_sync = int(parse(since).timestamp()) - OVERLAP_SECONDS
        try:
            body = self._calls.get("/accounts/sync", {"last_sync": max(0, last_sync)})
        except Unavailable as error:
            if error.code != "answer_too_large":
                raise
            return self._numbered("/accounts", {}, _account)
        return PulledPage([_account(row) for row in _rows(body)])

    def _numbered(self, path: str, at: dict[str, int], pulled: Callable[[dict[str, Any]], Pulled]) -> PulledPage:
        """A list with page numbers. If it shrank since the page before, that page is read again."""
        number = at.get("page", 1)
        limit = {"limit": ACCOUNTS_PER_PAGE} if path == "/accounts" else {}
        body = self._calls.get(path, {"page": number, **limit})
        found, total, last = _rows(body), _said(body, "total_record"), _said(body, "total_page")
        shrank = total is not None and number > 1 and total < at.get("total", 0)
        after = number - 1 if shrank else number + 1
        done = not shrank and (not found or (last is not None and number >= last))
        cursor = None if done else json.dumps({"page": after, "total": total or 0})
        return PulledPage([pulled(row) for row in found], cursor=cursor, total=total)

    def _window(self, since: str | None) -> dict[str, Any]:
        """The days of creation to list: all of them, or back to `since` and as far as orders may still be open."""
        now = self._clock().astimezone(VIETNAM)
        still_open = (now - timedelta(days=self._open_order_days)).date().isoformat()
        asked = parse(since).astimezone(VIETNAM).date().isoformat() if since else FIRST_DAY
        return {"from": min(asked, still_open), "to": (now + timedelta(days=1)).date().isoformat(), "offset": 0}

    def _orders(self, at: dict[str, Any]) -> PulledPage:
        asked = {"order_type": _SALE, "created_at_from": at["from"], "created_at_to": at["to"]}
        body = self._calls.get("/orders", {**asked, "offset": at["offset"], "limit": ORDERS_PER_PAGE})
        found, total = _rows(body), _said(body, "total_record")
        end = at["offset"] + len(found)
        done = len(found) <= ROWS_READ_TWICE if total is None else end >= total or not found
        cursor = None if done else json.dumps({**at, "offset": max(end - ROWS_READ_TWICE, at["offset"] + 1)})
        return PulledPage([_order(row) for row in found], cursor=cursor, total=total)


def _rows(body: Any) -> list[dict[str, Any]]:
    """The rows, under whichever of its names; raises Unavailable for an answer that has none of them (F51)."""
    if isinstance(body, list):
        return rows(body)
    for name in ("records", "data", "products", "orders", "accounts"):
        if isinstance(body, dict) and name in body:
            return rows(body[name])
    raise Unavailable("answer_without_rows", "Getfly answered a list without rows")


def _said(body: Any, name: str) -> int | None:
    """A number of the pagination; it comes as number or text, with or without a plural s (§3)."""
    pagination = body.get("pagination") if isinstance(body, dict) else None
    if not isinstance(pagination, dict):
        return None
    said = str(pagination.get(name, pagination.get(f"{name}s", "")))
    return int(said) if said.isdecimal() else None


def _account(row: dict[str, Any]) -> Pulled:
    return Pulled(str(row.get("account_id") or ""), row)


def _product(row: dict[str, Any]) -> Pulled:
    """The fields of this list are not published, so the product is read when its row changed."""
    return _thin(row, "product_id", "product_code")


def _order(row: dict[str, Any]) -> Pulled:
    return _thin(row, "order_id", "order_code")


def _thin(row: dict[str, Any], number: str, code: str) -> Pulled:
    source_id = str(row.get(number) or "") or (BY_CODE + str(row[code]) if row.get(code) else "")
    return Pulled(source_id, row=digest(row)) if source_id else Pulled("", row)
