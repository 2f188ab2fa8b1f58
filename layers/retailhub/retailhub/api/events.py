"""Events: what came in and what became of it."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import trouble as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf, Word
from retailhub.api.shapes.trouble import EventAnswer, EventStory, TouchedRecord
from retailhub.api.visit import Here
from retailhub.crm import events
from retailhub.domain.instants import after, parse, stamp
from retailhub.domain.refusals import Wrong
from retailhub.store.events import Outcome

routes = Routes("events")
DAY_SECONDS = 86_400
A_TIME = "ISO 8601, or a day in Vietnam / hoặc một ngày ở Việt Nam"
From = Annotated[str | None, Query(alias="from", max_length=40, description=A_TIME)]
To = Annotated[str | None, Query(max_length=40, description=A_TIME)]


@routes.get("/events", "viewer")
def list_events(
    here: Here,
    connection: Word = None,
    record: Word = None,
    outcome: Annotated[Outcome | None, Query()] = None,
    type: Word = None,  # noqa: A002 the filter's name in the contract
    since: From = None,
    to: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[EventAnswer]:
    """Những gì đã đến và kết quả, mới nhất trước / What came in and what became of it, newest first"""
    wanted = events.Filter(connection, record, outcome, type, _bound("from", since), _bound("to", to, end=True))
    found = events.listed(here.office, wanted, limit=limit, cursor=here.opened(cursor))
    return ListOf[EventAnswer](**here.page(found, [shapes.event(one) for one in found.items]))


def _bound(name: str, text: str | None, *, end: bool = False) -> str:
    """The instant that a bound means; a bare day is the whole day in Vietnam."""
    if not text:
        return ""
    try:
        moment = stamp(parse(text))
        return after(moment, DAY_SECONDS - 0.000001) if end and len(text.strip()) == len("2026-05-14") else moment
    except (ValueError, OverflowError):
        raise Wrong("invalid_time", name) from None


@routes.get("/events/<event_id>", "viewer")
def get_event(here: Here, event_id: str) -> EventStory:
    """Toàn bộ câu chuyện của một sự kiện / The whole story of one event"""
    story = events.story(here.office, event_id)
    record = story.record
    now = TouchedRecord(**{n: getattr(record, n) for n in TouchedRecord.model_fields}) if record else None
    kept = story.event.change if here.caller.role == "admin" else None
    links = [shapes.link(one) for one in story.links]
    shown = shapes.event(story.event).model_dump()
    return EventStory(**shown, record_now=now, links=links, content=kept.payload if kept else None)
