"""Events in the office: what came in and what became of it, newest first, and the whole story of one."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retailhub.crm import traces
from retailhub.crm.lists import READ_AT_MOST, READ_AT_ONCE, Found, Read, gathered, told
from retailhub.crm.office import Office
from retailhub.domain.flows import HUB
from retailhub.domain.records import MODELS, Record
from retailhub.domain.refusals import Garbled, Unknown
from retailhub.store import events, links, records
from retailhub.store.events import KEPT_DAYS, Event
from retailhub.store.links import Link
from retailhub.store.table import ACTS, FAILED, Item, Page, events_of

STORIES_AT_ONCE = 40
"""Stories read side by side; of more, as of a phone that a shop enters for everybody, the days are read instead."""


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; everything given must hold. phone: of the customers whom an event is about. code:
    what an order, contract, product or customer is called here or by a platform. since, until: instants, both included;
    "" leaves an end open."""

    connection: str | None = None
    record: str | None = None
    outcome: str | None = None
    type: str | None = None
    phone: str | None = None
    code: str | None = None
    since: str = ""
    until: str = ""

    @property
    def looks_inside(self) -> bool:
        """True if not every event of a time or story is wanted."""
        return (self.connection, self.outcome, self.type) != (None, None, None)

    def kept(self, item: Item) -> Event | None:
        """The event in an item, or None if it is not wanted; what stands beside its JSON is looked at first."""
        if self.connection not in (None, item.get("connection")) or self.outcome not in (None, item.get("outcome")):
            return None
        event = events.from_item(item)
        in_time = self.since <= event.handled_at and (not self.until or event.handled_at <= self.until)
        return event if in_time and self.type in (None, event.type) else None


def listed(office: Office, wanted: Filter, *, limit: int, cursor: str | None) -> Found[Event]:
    """A page of events, newest first: of records from their stories, what failed and what people did from where these
    stand, otherwise day after day."""
    if wanted.until and wanted.since > wanted.until:
        return Found([])
    stories = _stories(office, wanted)
    if stories is not None and len(stories) <= STORIES_AT_ONCE:
        most = READ_AT_ONCE if wanted.looks_inside else limit + 1
        reading = traces.Reading(
            office.table, wanted.since, wanted.until, min(most, READ_AT_MOST // max(1, len(stories)))
        )
        return traces.merged(reading, stories, wanted.kept, limit, cursor)
    if stories is None and (wanted.outcome == "failed" or wanted.connection == HUB):
        read = _standing(office, FAILED if wanted.outcome == "failed" else ACTS, wanted)
        return gathered(read, wanted.kept, limit, cursor, rare=True)

    def kept(item: Item) -> Event | None:
        return wanted.kept(item) if stories is None or item.get("related_pk") in stories else None

    return gathered(_by_day(office, wanted), kept, limit, cursor, rare=wanted.looks_inside or stories is not None)


def _stories(office: Office, wanted: Filter) -> set[str] | None:
    """The stories in which alone it may stand, or None if that can be any."""
    given = [traces.of_record(wanted.record, wanted.type)] if wanted.record else []
    given += [traces.of_phone(office, wanted.phone)] if wanted.phone else []
    given += [traces.of_code(office, wanted.code)] if wanted.code else []
    return set.intersection(*given) if given else None


def _standing(office: Office, partition: str, wanted: Filter) -> Read:
    """How the events in a partition of the index `due` are read; failed deliveries stand among what failed."""
    since, until = wanted.since or None, f"{wanted.until}~" if wanted.until else None

    def read(most: int, at: str | None) -> Page:
        return office.table.query(
            partition, index="due", since=since, until=until, newest_first=True, limit=most, cursor=at
        )

    return read


def _by_day(office: Office, wanted: Filter) -> Read:
    """How events are read day after day, back to the first that are still kept."""
    now = office.clock()
    last = min(wanted.until or now, now)[:10]
    first = max(wanted.since[:10], _before(now[:10], KEPT_DAYS))
    until = f"{wanted.until}~" if wanted.until else None

    def read(most: int, at: str | None) -> Page:
        day, place = _begun(at) if at else (last, None)
        if day < first:
            return Page([])
        page = office.table.query(
            events_of(day),
            index="listing",
            since=wanted.since or None,
            until=until,
            newest_first=True,
            limit=most,
            cursor=place,
        )
        day, place = (day, page.cursor) if page.cursor else (_before(day, 1), None)
        return Page(page.items, json.dumps([day, place]) if day >= first else None)

    return read


def _begun(cursor: str) -> tuple[str, str | None]:
    """The day and the place in it where the page before ended. Raises Garbled."""
    day, place = told(cursor, str, str | None)
    try:
        return date.fromisoformat(day).isoformat(), place
    except ValueError:
        raise Garbled("bad_cursor", field="cursor") from None


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
