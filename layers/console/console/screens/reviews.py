"""Cần xem lại: platforms' records that may be several of ours, and customers who lack what is required (A-DUP-2)."""

from collections.abc import Iterator
from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import formats, stories, words
from console.hub_api import MOST, Found, Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
AT_ONCE = 10
"""Doubts on a page: each is shown with all whom it may be."""
INCOMPLETE = "incomplete"
FIELDS = ("name", "phone", "email", "address", "tax_code", "birthday", "code", "owner", "source")
COUNTED = ("total_orders", "revenue", "created_at")
THEIR_WORDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "customername", "leadname"),
    "phone": ("contactnumber", "telephone", "phone"),
    "email": ("email", "customeremail"),
    "address": ("address", "customeraddress"),
    "tax_code": ("taxcode",),
    "birthday": ("birthdate",),
    "code": ("code", "customercode"),
}
"""Field → what KiotViet and CRMVIET call it, in small letters alone: only their records are in doubt."""
Record = dict[str, Any]


@screens.get("/reviews")
def reviews(visit: Visit) -> Response[Any]:
    """What waits for a person: doubts, or, on the other tab, incomplete customers."""
    return _incomplete(visit) if visit.query.get("tab") == INCOMPLETE else _doubts(visit)


@screens.post("/reviews")
def resolve_review(visit: Visit) -> Response[Any]:
    """Decide who it is: one of ours, or somebody new."""
    customer = visit.form.text("customer")
    body = {"customer": customer} if customer else {"create": True}
    try:
        visit.hub.post(f"/reviews/{visit.form.text('review')}/resolve", body, once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _doubts(visit)
    return visit.go("/reviews", "resolved")


def _incomplete(visit: Visit) -> Response[Any]:
    """The API has no filter for them, so a page is what is left of many; the list goes on by itself."""
    page = visit.hub.page("/customers", **visit.asked(limit=MOST))
    found = Found([one for one in page.items if one["incomplete"] and not one["deleted"]], page.next_cursor)
    visit.call_up(one[name] for one in found.items for name in ("owner", "source"))
    return visit.page("reviews/incomplete.html", found=found)


def _doubts(visit: Visit) -> Response[Any]:
    found = visit.hub.page("/reviews", **visit.asked(limit=AT_ONCE))
    connections = {one["id"]: one for one in visit.hub.every("/connections")}
    events = _events(visit, found.items)
    shown = [_doubt(visit, one, connections.get(one["connection"]), events) for one in found.items]
    refusal = visit.form.refusal
    return visit.page("reviews/list.html", status=refusal.status if refusal else 200, found=found, doubts=shown)


def _doubt(visit: Visit, review: Record, connection: Record | None, events: dict[tuple[str, str], Record]) -> Record:
    """A review with the platform's words and the records that it may be."""
    event = events.get((review["connection"], review["source_id"]))
    place = f"{words.platform(connection['platform'])} ({connection['name']})" if connection else ""
    candidates = [_candidate(visit, review["type"], one) for one in review["candidates"]]
    agreeing = {field for one in candidates for field in one["fields"]}
    theirs = [(field, text, field in agreeing) for field, text in _theirs(visit, event)]
    return {**review, "place": place, "event": event, "theirs": theirs, "candidates": candidates}


def _candidate(visit: Visit, kind: str, candidate: Record) -> Record:
    """One of ours with its values, those that agree marked; of one that is gone only the id."""
    try:
        record = visit.hub.get(f"/{kind}s/{candidate['id']}")
    except Refused:
        return {**candidate, "name": "", "facts": [], "gone": True}
    visit.call_up([record.get("owner"), record.get("source")])
    facts = [(name, text, name in candidate["fields"]) for name, text in _values(visit, record)]
    return {**candidate, "name": record["name"], "facts": facts, "gone": record["deleted"]}


def _values(visit: Visit, record: Record) -> Iterator[tuple[str, str]]:
    every = record.get("addresses") or []
    default = next((one for one in every if one["default"]), every[0] if every else None)
    told = {**record, "address": stories.in_one_line(default)}
    for name in (*FIELDS, *COUNTED):
        if told.get(name) not in (None, ""):
            yield name, stories.value(name, told[name], visit)


def _events(visit: Visit, found: list[Record]) -> dict[tuple[str, str], Record]:
    """The parked words of the records in doubt, by connection and id there: those of the days on which they came."""
    days = {(one["connection"], one["type"], formats.field_day(one["at"])) for one in found if not one["linked"]}
    events: dict[tuple[str, str], Record] = {}
    for connection, kind, day in sorted(days):
        asked = {"connection": connection, "type": kind, "outcome": "parked", "from": day, "to": day}
        page = visit.hub.page("/events", limit=MOST, **asked)
        events |= {(connection, one["source_id"]): one for one in reversed(page.items)}
    return events


def _theirs(visit: Visit, event: Record | None) -> list[tuple[str, str]]:
    """What the platform says of its record, as far as it is understood; for admins only."""
    if event is None or not visit.may("admin"):
        return []
    content = visit.hub.get(f"/events/{event['id']}")["content"]
    said = content.get("data", content) if isinstance(content, dict) else {}
    told = said.items() if isinstance(said, dict) else ()
    filled = {str(name).replace("_", "").casefold(): str(one) for name, one in told if one}
    found = [(field, filled[name]) for field, names in THEIR_WORDS.items() for name in names if name in filled]
    return [(field, stories.value(field, one, visit)) for field, one in dict(found).items()]
