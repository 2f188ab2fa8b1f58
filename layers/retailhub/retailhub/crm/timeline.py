"""The story of one record: what touched it, what was decided, what its deliveries did and, for a customer, what their
orders and contracts brought; in the order of time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retailhub.crm.lists import Found, told
from retailhub.crm.office import Office
from retailhub.domain.decimals import plain
from retailhub.domain.records import Record
from retailhub.store import events, links, records
from retailhub.store.events import Event
from retailhub.store.links import Link
from retailhub.store.table import Item, Page, of_parent, story_of

SHARED = ("customer", "product", "order", "contract")
"""Kinds that are delivered to platforms and therefore have links."""


@dataclass(frozen=True)
class Line:
    """One line of a story. kind: `event`, `decision`, `delivery`, or an `order` or `contract` of the customer.

    at: an instant. what: the event's outcome, the decision's code, what a delivery did. connection: whose words or
    where to. of: the kind of record that it speaks of. key: its place in the story, equal times included; a page's
    last one tells where the next begins.
    """

    at: str
    kind: str
    what: str
    connection: str
    of: str
    details: dict[str, Any]
    key: str


MADE: dict[str, str] = {"order": "order_created", "contract": "start_date"}

Telling = Callable[[Item], list[Line]]
Stream = tuple[list[Line], str | None]
"""Lines, and the instant up to which they are complete; None if there are no more."""
UNDATED, FIRST_DATE, UNDATED_AT_MOST = "#", "0", 500
"""How the index keeps a deal without a date: before every one that has one."""


def timeline(office: Office, record: Record, *, limit: int, cursor: str | None) -> Found[Line]:
    """A page of the record's story, oldest first.

    Orders and contracts stand in their customer's story at the time when they were made, with what they count for now:
    the lines add up to the customer's totals, and the order's own story tells how it came to that.
    """
    since, last = told(cursor, str, str) if cursor else ("", "")
    streams = [_read(office, story_of(record.type, record.id), _of_item, since, last, limit)]
    if record.type == "customer":
        streams += _deals(office, record.id, since, last, limit)
    lines, known = _of_links(office, record), [upto for _, upto in streams if upto is not None]
    lines += [line for some, _ in streams for line in some]
    safe = [line for line in lines if line.key > last and all(line.at <= upto for upto in known)]
    page = sorted(safe, key=lambda line: line.key)[:limit]
    more = len(safe) > limit or bool(known)
    return Found(page, json.dumps([page[-1].at, page[-1].key]) if page and more else None)


def _deals(office: Office, customer: str, since: str, last: str, limit: int) -> list[Stream]:
    """Orders and contracts: those with a date of their own in its order, the few without one all at once."""

    def tell(item: Item) -> list[Line]:
        return [_of_deal(records.from_item(item), customer)] if item.get("type") in MADE else []

    dated = _read(office, of_parent(customer), tell, max(since, FIRST_DATE), last, limit)
    undated = office.table.query(of_parent(customer), index="related", begins=UNDATED, limit=UNDATED_AT_MOST)
    return [dated, ([line for item in undated.items for line in tell(item)], None)]


def _read(office: Office, partition: str, tell: Telling, since: str, last: str, limit: int) -> Stream:
    """More lines than a page holds, and the instant up to which they are complete (None: all there are).

    What shares its instant with something not read yet is left for the next page, so that nothing is passed over."""
    lines: list[Line] = []
    cursor: str | None = None
    while True:
        page: Page = office.table.query(partition, index="related", since=since or None, limit=limit + 1, cursor=cursor)
        lines += [line for item in page.items for line in tell(item) if line.key > last]
        cursor = page.cursor
        if cursor is None:
            return lines, None
        complete = [line for line in lines if line.at < lines[-1].at]
        if len(complete) >= limit:
            return complete, complete[-1].at


def _of_item(item: Item) -> list[Line]:
    return of_event(events.from_item(item))


def of_event(event: Event) -> list[Line]:
    """The event, and after it what was decided because of it."""
    at, key = event.handled_at, f"{event.handled_at}|0|{event.id}|"
    facts = [{name: value for name, value in note.items() if name != "code"} for note in event.notes]
    decided = [
        Line(
            at,
            "decision",
            str(note["code"]),
            event.connection,
            event.type,
            {**facts[n], "event": event.id},
            f"{key}{n + 1:03}",
        )
        for n, note in enumerate(event.notes)
    ]
    return [Line(at, "event", event.outcome, event.connection, event.type, _facts(event), f"{key}000"), *decided]


def _facts(event: Event) -> dict[str, Any]:
    always = {"event": event.id, "reason": event.reason, "version": event.version, "changed": list(event.changed)}
    more = {name: value for name in ("error", "due_at", "audit") if (value := getattr(event, name))}
    return {**always, "topic": event.topic, "via": event.via, **more}


def _of_deal(deal: Record, customer: str) -> Line:
    """An order or contract of the customer, and what it counts for."""
    facts = _of_order(deal, customer) if deal.type == "order" else _of_contract(deal, customer)
    at = getattr(deal.fields, MADE[deal.type]) or deal.created_at
    what = "counted" if facts.pop("counted") else "not_counted"
    return Line(at, deal.type, what, deal.origin, deal.type, {deal.type: deal.id, **facts}, f"{at}|1|{deal.id}")


def _of_order(order: Record, customer: str) -> dict[str, Any]:
    part = order.fields.contribution
    mine = part.buyer == customer
    shown = {"number": order.fields.order_number, "status": order.fields.order_status}
    return {**shown, "revenue": plain(part.revenue) if mine else 0, "counted": mine and part.counted}


def _of_contract(contract: Record, customer: str) -> dict[str, Any]:
    part = contract.fields.points
    shown = {"number": contract.fields.code, "status": contract.fields.status, "value": plain(contract.fields.value)}
    mine = part.customer == customer
    return {**shown, "earned": part.earned if mine else 0, "redeemed": part.redeemed, "counted": mine and part.counted}


def _of_links(office: Office, record: Record) -> list[Line]:
    if record.type not in SHARED:
        return []
    return [line for link in links.of_record(office.table, record) for line in of_link(link)]


def of_link(link: Link) -> list[Line]:
    """What the deliveries of a link did; of many only the last are known."""
    return [
        Line(
            line["at"],
            "delivery",
            line["what"],
            link.connection,
            link.type,
            {name: value for name, value in line.items() if name not in ("at", "what")},
            f"{line['at']}|2|{link.connection}|{sum(one['at'] == line['at'] for one in link.history[:place])}",
        )
        for place, line in enumerate(link.history)
    ]
