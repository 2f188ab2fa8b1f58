"""Events in the office: what came in and what became of it, newest first, and the whole story of one."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retailhub.crm.audit import acts
from retailhub.crm.lists import READ_AT_ONCE, Found, gathered, told
from retailhub.crm.names import kind_of
from retailhub.crm.office import Office
from retailhub.domain.flows import HUB
from retailhub.domain.records import MODELS, Record
from retailhub.domain.refusals import Garbled, Unknown
from retailhub.store import events, links, records
from retailhub.store.events import KEPT_DAYS, Event
from retailhub.store.links import Link
from retailhub.store.table import Item, Page, events_of, story_of

DAYS_AT_ONCE = 31
"""Days looked through for one page; a quieter time before them comes with the next one."""


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to. since, until: instants, both included; "" leaves an end open."""

    connection: str | None = None
    record: str | None = None
    outcome: str | None = None
    type: str | None = None
    since: str = ""
    until: str = ""

    def keeps(self, event: Event) -> bool:
        """Whether the event is wanted."""
        wanted = {"connection": self.connection, "record": self.record, "outcome": self.outcome, "type": self.type}
        return all(value is None or getattr(event, name) == value for name, value in wanted.items()) and (
            self.since <= event.handled_at and (not self.until or event.handled_at <= self.until)
        )

    def kept(self, item: Item) -> Event | None:
        """The event in an item, or None if it is not wanted."""
        event = events.from_item(item)
        return event if self.keeps(event) else None


def listed(office: Office, wanted: Filter, *, limit: int, cursor: str | None) -> Found[Event]:
    """A page of events, newest first: of one record from its story, of people's acts from theirs, otherwise day after
    day."""
    if wanted.record:
        return _of_record(office, wanted, limit, cursor)
    if wanted.connection == HUB:
        return gathered(acts(office, wanted.since, wanted.until), wanted.kept, limit, cursor, rare=True)
    now = office.clock()
    last = min(wanted.until or now, now)[:10]
    day, place = _begun(cursor) if cursor else (last, None)
    first = max(wanted.since[:10], _before(now[:10], KEPT_DAYS))
    found: list[Event] = []
    for _ in range(DAYS_AT_ONCE):
        if day < first:
            return Found(found)
        page = _of_day(office, wanted, day, limit - len(found), place)
        found += page.items
        day, place = (day, page.cursor) if page.cursor else (_before(day, 1), None)
        if len(found) >= limit or place:
            break
    return Found(found, json.dumps([day, place]) if day >= first else None)


def _begun(cursor: str) -> tuple[str, str | None]:
    """The day and the place in it where the page before ended. Raises Garbled."""
    day, place = told(cursor, str, str | None)
    try:
        return date.fromisoformat(day).isoformat(), place
    except ValueError:
        raise Garbled("bad_cursor", field="cursor") from None


def _of_day(office: Office, wanted: Filter, day: str, limit: int, cursor: str | None) -> Found[Event]:
    until = f"{wanted.until}~" if wanted.until else None

    def read(most: int, at: str | None) -> Page:
        return office.table.query(
            events_of(day), index="listing", until=until, newest_first=True, limit=most, cursor=at
        )

    return gathered(read, wanted.kept, limit, cursor, rare=True)


def _of_record(office: Office, wanted: Filter, limit: int, cursor: str | None) -> Found[Event]:
    record_type = kind_of(wanted.record or "")
    if record_type is None:
        return Found([])
    partition = story_of(record_type, wanted.record or "")

    def read(most: int, at: str | None) -> Page:
        return office.table.query(partition, index="related", newest_first=True, limit=most, cursor=at)

    return gathered(read, wanted.kept, limit, cursor, rare=True)


def _before(day: str, days: int) -> str:
    return (datetime.fromisoformat(day) - timedelta(days=days)).date().isoformat()


@dataclass(frozen=True)
class Story:
    """An event, the record that it touched and what that record's deliveries came to."""

    event: Event
    record: Record | None
    links: list[Link]


def story(office: Office, event_id: str) -> Story:
    """The whole story of an event. Raises Unknown."""
    event = events.load(office.table, event_id)
    if event is None:
        raise Unknown("unknown_event")
    record = records.load(office.table, event.type, event.record) if event.record and event.type in MODELS else None
    return Story(event, record, links.of_record(office.table, record) if record else [])


def last_seen(office: Office) -> dict[str, str]:
    """Connection → when its newest event of yesterday or today was handled, among the newest of each day."""
    now = office.clock()[:10]
    seen: dict[str, str] = {}
    for day in (now, _before(now, 1)):
        page = office.table.query(events_of(day), index="listing", newest_first=True, limit=READ_AT_ONCE)
        for event in map(events.from_item, page.items):
            seen.setdefault(event.connection, event.handled_at)
    return seen
