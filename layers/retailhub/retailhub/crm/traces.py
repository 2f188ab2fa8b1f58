"""Traces: the stories to which a record, a phone or a code leads, and several stories read as one."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from retailhub.crm.lists import READ_AT_MOST, READ_AT_ONCE, Found, told
from retailhub.crm.names import kind_of
from retailhub.crm.office import Office
from retailhub.domain.identity import hub_id_of
from retailhub.domain.phones import e164
from retailhub.domain.refusals import Garbled
from retailhub.store import connections
from retailhub.store.events import Event
from retailhub.store.table import Index, Item, Table, coded, from_source, remote_key, story_of, with_code, with_phone

KEYS_AT_ONCE = 100
Place = tuple[str, str]
"""Where an event stands among others: when it was handled, and its own key."""


def of_record(record_id: str, kind: str | None = None) -> set[str]:
    """The story of a record, by its id, or of something else by its kind besides, such as a connection: a partition of
    the index `related`, as all that follow."""
    known = kind_of(record_id) or kind
    return {story_of(known, record_id)} if known else set()


def of_phone(office: Office, phone: str) -> set[str]:
    """The stories of the customers who have a phone, spelt in whatever way."""
    return _stories(_every(office, with_phone(e164(phone) or phone), "related"))


def of_code(office: Office, code: str) -> set[str]:
    """The stories of the records with a code: an order's number, the code of a contract, product or customer, a
    platform's own id, or the code under which the hub made a record on a platform; and what came of a platform's
    record of that id before the hub had one."""
    spelt = coded(code)
    ours = of_record(hub_id_of(code.strip().upper()) or "")
    return {from_source(spelt)} | _stories(_every(office, with_code(spelt), "due")) | _pointed(office, code) | ours


def _every(office: Office, partition: str, index: Index) -> Iterable[Item]:
    """What stands there, up to a bound that only junk goes beyond."""
    cursor, read = None, 0
    while read < READ_AT_MOST:
        page = office.table.query(partition, index=index, newest_first=True, limit=READ_AT_ONCE, cursor=cursor)
        yield from page.items
        read, cursor = read + len(page.items), page.cursor
        if cursor is None:
            return


def _stories(records: Iterable[Item]) -> set[str]:
    return {story_of(item["type"], item["id"]) for item in records}


def _pointed(office: Office, code: str) -> set[str]:
    """Whom every connection means by this id."""
    spelt = {code.strip(), code.strip().lstrip("#")} - {""}
    every = connections.every(office.table)
    keys = {remote_key(c.id, kind, one): kind for c in every for kind in c.record_types for one in spelt}
    asked, found = list(keys), set()
    for start in range(0, len(asked), KEYS_AT_ONCE):
        pointers = office.table.get_many(asked[start : start + KEYS_AT_ONCE])
        found |= {story_of(keys[key], pointer["record"]) for key, pointer in pointers.items()}
    return found


@dataclass(frozen=True)
class Reading:
    """How stories are read. since, until: instants, "" leaves an end open. most: events of each at once."""

    table: Table
    since: str
    until: str
    most: int

    def shelf(self, story: str, last: Place | None) -> tuple[list[Item], str]:
        """The next events of a story, newest first, and the instant after which they are complete ("" if there are no
        more): what shares it with something not read yet must wait."""
        until = last[0] if last else self.until
        if until and self.since > until:
            return [], ""
        items: list[Item] = []
        cursor: str | None = None
        while True:
            page = self.table.query(
                story,
                index="related",
                since=self.since or None,
                until=until or None,
                newest_first=True,
                limit=self.most,
                cursor=cursor,
            )
            items += [item for item in page.items if last is None or _place(item) < last]
            if page.cursor is None:
                return items, ""
            complete, cursor = page.items[-1]["related_sk"], page.cursor
            if any(item["related_sk"] > complete for item in items):
                return items, complete


def merged(
    reading: Reading, stories: set[str], keep: Callable[[Item], Event | None], limit: int, cursor: str | None
) -> Found[Event]:
    """A page of several stories as one, newest first. The cursor is the place of the last event looked at, so that what
    comes meanwhile shifts nothing."""
    found: list[Event] = []
    last = _told(cursor) if cursor else None
    seen = 0
    while True:
        shelves = [reading.shelf(story, last) for story in sorted(stories)]
        complete = max((upto for _, upto in shelves), default="")
        rows = [item for items, _ in shelves for item in items]
        seen += len(rows)
        safe = sorted((row for row in rows if row["related_sk"] > complete), key=_place, reverse=True)
        for number, row in enumerate(safe, 1):
            last = _place(row)
            found += [event] if (event := keep(row)) else []
            if len(found) == limit:
                return Found(found, json.dumps(last) if complete or number < len(safe) else None)
        if not complete or seen >= READ_AT_MOST:
            return Found(found, json.dumps(last) if complete else None)


def _told(cursor: str) -> Place:
    """The place in a cursor. Raises Garbled for what is no instant of ours: no such text goes to the table."""
    at, key = told(cursor, str, str)
    if not (at.isascii() and at.isprintable() and 0 < len(at) <= len("2026-05-14T02:00:00.000000Z")):
        raise Garbled("bad_cursor", field="cursor")
    return at, key


def _place(item: Item) -> Place:
    return item["related_sk"], item["pk"]
