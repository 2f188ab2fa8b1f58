"""CNV's open platform, read by time of change (cnv_loyalty.md §B.2, §B.3).

A query shows at most 100 pages of 100 rows, oldest change first, and stamps are whole seconds that many rows share.
So the next query does not ask for page 2: it begins one second before the last row seen. No row is lost at the cut of
10,000, whether the bound is inclusive or not, nor when a row changes meanwhile and the others move up (F62). Page
numbers count on only while a page does not get further in time. Should more than 10,000 rows share one second, the
rest stays hidden: a row that says so takes their place, and apply parks it where a person sees it.
Orders may come without `updated_at` [unknown]; then windows of `updated_at_from`/`_to` are walked and halved when full.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from retailhub.domain.errors import Malformed, Permanent, Rejected, Unavailable
from retailhub.domain.instants import parse
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.platforms.cnv_loyalty.mapping import CUT
from retailhub.platforms.cnv_loyalty.refusals import explained
from retailhub.platforms.http import Http, Pacer

PER_PAGE = 100
MOST_PAGES = 100
FIRST_MOMENT = "2010-01-01T00:00:00Z"
SECOND = timedelta(seconds=1)
WINDOW = timedelta(days=60)

LISTS: dict[RecordType, str] = {"customer": "customers", "order": "orders"}
Row = dict[str, Any]


class Polling:
    """Family B of one business. `prefix` stands before the lists; `clock` tells the present moment."""

    def __init__(self, base_url: str, token: str, prefix: str, pacer: Pacer, clock: Callable[[], datetime]) -> None:
        self._token, self._prefix, self._clock = token, prefix, clock
        self._http = Http(base_url, {"Authorization": f"TOKEN {token}"}, pacer)

    @property
    def configured(self) -> bool:
        """A token is there."""
        return bool(self._token)

    def one(self, record_type: RecordType, source_id: str) -> Row | None:
        """One record by CNV's id, or None if CNV does not know it. Raises Rejected for an id that is not CNV's own: who
        was only pushed, or ordered as a guest, cannot be asked for, which does not mean that he is gone."""
        if not source_id.isdecimal():
            raise Rejected("id_not_known_yet", "CNV has not shown its own id of this record yet", status=409)
        rows, _ = self._list(record_type, {"ids": source_id})
        return next((row for row in rows if str(row.get("id")) == source_id), None)

    def probe(self) -> None:
        """The cheapest call that proves the token. Raises Rejected 401 where it has run out."""
        self._list("customer", {"per_page": 1, "page": 1})

    def page(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """The next page; see `Source.pages`."""
        at: Row = json.loads(cursor) if cursor else {"from": _spelt(parse(since)) if since else FIRST_MOMENT, "page": 1}
        asked = {"updated_at_from": at["from"], "page": at["page"], "per_page": PER_PAGE}
        if "to" in at:
            asked["updated_at_to"] = at["to"]
        rows, more = self._list(record_type, asked)
        full = at["page"] >= MOST_PAGES and len(rows) >= PER_PAGE
        if "to" in at:
            return self._windowed(at, rows, more or full)
        if rows and not all(row.get("updated_at") for row in rows):
            return PulledPage(cursor=json.dumps(self._next_window(at["from"])))
        return _by_stamp(at, rows, more or full)

    def _windowed(self, at: Row, rows: list[Row], more: bool) -> PulledPage:
        """A page of a window; a window that is full is halved, one that is done makes way for the next."""
        begin, end = parse(at["from"]), parse(at["to"])
        pulled = [_pulled(row) for row in rows]
        if more and at["page"] < MOST_PAGES:
            return PulledPage(pulled, cursor=json.dumps({**at, "page": at["page"] + 1}))
        if more and end - begin > SECOND:
            middle = _spelt(begin + (end - begin) / 2)
            return PulledPage(pulled, cursor=json.dumps({**at, "to": middle, "page": 1}))
        if more:
            pulled.append(_hidden(at["to"]))
        following = None if end >= self._clock() else json.dumps(self._next_window(at["to"]))
        return PulledPage(pulled, cursor=following)

    def _next_window(self, begin: str) -> Row:
        """The window after `begin`; the last one ends in the future, so that it takes in the present second."""
        end = min(parse(begin) + WINDOW, self._clock() + 2 * SECOND)
        return {"from": begin, "to": _spelt(max(end, parse(begin) + SECOND)), "page": 1}

    def _list(self, record_type: RecordType, params: Row) -> tuple[list[Row], bool]:
        """Rows and whether more follow, whatever the envelope (§B.2)."""
        if not self._token:
            raise Permanent("no_credentials", "access_token", field="access_token")
        name = LISTS[record_type]
        body = self._http.call("GET", f"{self._prefix}/{name}.json", params=params, explain=explained).body
        rows = body if isinstance(body, list) else _inside(body, name)
        if not isinstance(rows, list):
            raise Unavailable("answer_without_rows", "CNV answered a list without rows")
        return [row for row in rows if isinstance(row, dict)], bool(rows) and _says_more(body)


def _inside(body: Any, name: str) -> Any:
    return next((body[key] for key in (name, "data") if key in body), None) if isinstance(body, dict) else None


def _says_more(body: Any) -> bool:
    """What the answer says; where it says nothing, there may be more until a page is empty."""
    pagination = body.get("pagination") if isinstance(body, dict) else None
    if not isinstance(pagination, dict):
        return True
    return bool(pagination.get("has_more", pagination.get("hasMore", True)))


def _by_stamp(at: Row, rows: list[Row], more: bool) -> PulledPage:
    """A page in order of change, and where to go on: from just before its last row, or one page further."""
    seen = set(at.get("seen", ()))
    pulled = [_pulled(row) for row in rows if _mark(row) not in seen]
    if not rows or not more:
        return PulledPage(pulled)
    try:
        last = max(parse(str(row["updated_at"])) for row in rows)
    except ValueError:
        raise Malformed("bad_stamp", "CNV's updated_at is no instant", field="updated_at") from None
    begin, again = parse(at["from"]), last - SECOND
    if again > begin:
        marks = [_mark(row) for row in rows if parse(str(row["updated_at"])) >= again]
        return PulledPage(pulled, cursor=json.dumps({"from": _spelt(again), "page": 1, "seen": marks}))
    if at["page"] < MOST_PAGES:
        return PulledPage(pulled, cursor=json.dumps({"from": at["from"], "page": at["page"] + 1}))
    following = last if last > begin else last + SECOND
    hidden = _hidden(_spelt(last))
    return PulledPage([*pulled, hidden], cursor=json.dumps({"from": _spelt(following), "page": 1}))


def _hidden(moment: str) -> Pulled:
    """Stands for the rows that a full query does not show."""
    return Pulled(f"cut:{moment}", {CUT: moment})


def _pulled(row: Row) -> Pulled:
    return Pulled(str(row.get("id") or ""), row)


def _mark(row: Row) -> str:
    return f"{row.get('id')}@{row.get('updated_at')}"


def _spelt(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
