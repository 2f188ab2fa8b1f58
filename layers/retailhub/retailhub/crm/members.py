"""Members in the office: the two lists, newest purchase first, narrowed by saved and further filters."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from retailhub.crm.listings import with_number
from retailhub.crm.lists import READ_AT_MOST, READ_AT_ONCE, Found, contains
from retailhub.crm.member_settings import reading_of
from retailhub.crm.office import Office
from retailhub.domain import segments
from retailhub.domain.membership import Standing, standing, told
from retailhub.domain.phones import e164, folded, local
from retailhub.domain.records import Record
from retailhub.domain.refusals import Garbled, Unknown, Wrong
from retailhub.domain.segments import EVERYBODY, ListName, SegmentName, Span
from retailhub.store import records
from retailhub.store.table import Item, Table, standing_of

AT_ONCE = 100
"""Records that one batch read brings."""
LONGEST_PLACE = 200


@dataclass(frozen=True)
class Filter:
    """What a list of members is narrowed to; None leaves a field open. Everything given must hold (A-HL-9).

    segment: one of the list's saved filters. bought_from, bought_to: days of the last purchase, both included.
    """

    list: ListName = "members"
    segment: SegmentName | None = None
    bought_from: date | None = None
    bought_to: date | None = None
    registered: bool | None = None
    owner: str | None = None
    group: str | None = None
    source: str | None = None
    gender: str | None = None
    level: str | None = None
    phone: str | None = None
    q: str | None = None

    @property
    def looks_inside(self) -> bool:
        """True if the order of last purchases alone does not tell who is wanted."""
        inside = (self.owner, self.group, self.source, self.gender, self.level, self.phone)
        return bool(self.q) or any(value is not None for value in inside)


@dataclass(frozen=True)
class View:
    """A filter as the order of last purchases has it: in which standings, from where to where, and who of those."""

    wanted: Filter
    standings: tuple[Standing, ...]
    span: Span

    def keeps(self, record: Record) -> bool:
        """Whether a customer, as they are now, is wanted: the order of last purchases may lag behind them."""
        if record.type != "customer" or record.deleted or standing(record.fields) not in self.standings:
            return False
        return self.span.has(place(record)) and self._agrees(record.fields)

    def _agrees(self, customer: Any) -> bool:
        wanted = self.wanted
        equal = {"owner": wanted.owner, "source": wanted.source, "gender": wanted.gender}
        return (
            all(value is None or getattr(customer, name) == value for name, value in equal.items())
            and (wanted.group is None or wanted.group in customer.groups)
            and (wanted.level is None or folded(told(customer)["level"].value) == folded(wanted.level))
            and (wanted.phone is None or customer.phone == (e164(wanted.phone) or wanted.phone))
            and (not wanted.q or _mentions(customer, wanted.q))
        )


def find(office: Office, customer_id: str) -> Record:
    """A customer who stands in one of the lists. Raises Unknown for anybody else."""
    record = records.load(office.table, "customer", customer_id)
    if record is None or record.deleted or standing(record.fields) is None:
        raise Unknown("unknown_member")
    return record


def listed(office: Office, wanted: Filter, *, limit: int, cursor: str | None) -> Found[Record]:
    """A page of a list, newest purchase first and who never bought last; with a phone, who has it, newest first.

    Raises Wrong for a saved filter that the list does not have (A-HL-7)."""
    view = _view(office, wanted)
    if wanted.phone:
        return with_number(office, wanted.phone, view.keeps, limit=limit, cursor=cursor)
    return _merged(office.table, view, limit, _checked(cursor))


def counted(office: Office, of: ListName) -> tuple[int, dict[SegmentName, int]]:
    """How many a list has, and each of its saved filters. Every place is counted once, however groups overlap."""
    now, saved = office.clock(), segments.saved(of, reading_of(office))
    spans = {segment.code: segments.span(segment, now) for segment in saved}
    bands = segments.bands([EVERYBODY, *spans.values()])
    found = {
        (who, band): office.table.count(standing_of(who), index="members", since=band.since, until=band.until)
        for who in segments.LISTS[of]
        for band in bands
    }

    def within(who: tuple[Standing, ...], span: Span) -> int:
        return sum(n for (one, band), n in found.items() if one in who and band.within(span) == band)

    every = segments.LISTS[of]
    who = {segment.code: segments.standings(of, _registered(segment)) for segment in saved}
    return within(every, EVERYBODY), {code: within(who[code], spans[code]) for code in spans}


def place(record: Record) -> str:
    """Where a customer stands in the order of last purchases."""
    return f"{record.fields.last_purchase_at or ''}#{record.id}"


def _view(office: Office, wanted: Filter) -> View:
    span = EVERYBODY
    if wanted.bought_from or wanted.bought_to:
        span = segments.bought_between(wanted.bought_from, wanted.bought_to)
    who = segments.standings(wanted.list, wanted.registered)
    if wanted.segment:
        chosen = next((s for s in segments.saved(wanted.list, reading_of(office)) if s.code == wanted.segment), None)
        if chosen is None:
            raise Wrong("segment_of_other_list", "segment")
        span = span.within(segments.span(chosen, office.clock()))
        who = tuple(one for one in segments.standings(wanted.list, _registered(chosen)) if one in who)
    return View(wanted, who, span)


def _registered(segment: segments.Segment) -> bool | None:
    return bool(segment.value) if segment.field == "registered" else None


def _merged(table: Table, view: View, limit: int, cursor: str | None) -> Found[Record]:
    """The standings' orders merged into one. The cursor is the place of the last one looked at, so that whoever comes,
    goes or buys meanwhile shifts nobody else."""
    found: list[Record] = []
    most = READ_AT_ONCE if view.wanted.looks_inside else limit
    seen = 0
    while True:
        rows = _rows(table, view, most + 1, cursor)
        more = len(rows) > most
        present = _present(table, rows := rows[:most])
        for number, row in enumerate(rows, 1):
            cursor = row["members_sk"]
            record = present.pop(row["pk"], None)
            found += [record] if record and view.keeps(record) else []
            if len(found) == limit:
                return Found(found, cursor if more or number < len(rows) else None)
        seen += len(rows)
        if not more or seen >= READ_AT_MOST:
            return Found(found, cursor if more else None)


def _rows(table: Table, view: View, most: int, cursor: str | None) -> list[Item]:
    """The next places, newest first: one query per standing. The cursor's own place is read again and left out."""
    span = view.span.within(Span(until=cursor)) if cursor else view.span
    if span.since > span.until:
        return []
    found = [_shelf(table, who, span, most + bool(cursor)) for who in view.standings]
    rows = [row for items in found for row in items if row["members_sk"] != cursor]
    return sorted(rows, key=lambda row: str(row["members_sk"]), reverse=True)[:most]


def _shelf(table: Table, who: Standing, span: Span, most: int) -> list[Item]:
    page = table.query(
        standing_of(who), index="members", since=span.since, until=span.until, newest_first=True, limit=most
    )
    return page.items


def _present(table: Table, rows: list[Item]) -> dict[str, Record]:
    """The customers as they are now, by key: the index only says whom to ask for."""
    keys = [(row["pk"], row["sk"]) for row in rows]
    batches = [table.get_many(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE)]
    return {pk: records.from_item(item) for batch in batches for (pk, _), item in batch.items()}


def _checked(cursor: str | None) -> str | None:
    """A cursor that may be a place; no other goes to the table."""
    if cursor is not None and not (cursor.isascii() and cursor.isprintable() and 0 < len(cursor) <= LONGEST_PLACE):
        raise Garbled("bad_cursor", field="cursor")
    return cursor


def _mentions(customer: Any, q: str) -> bool:
    phones = customer.phone, local(customer.phone)
    return contains(q, customer.name, customer.email, *phones, customer.code, told(customer)["card"].value)
