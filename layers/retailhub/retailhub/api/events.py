"""Events: what came in and what became of it."""

from dataclasses import replace
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api import stories
from retailhub.api.routes import Routes
from retailhub.api.shapes import trouble as shapes
from retailhub.api.shapes.base import Cursor, Limit, ListOf, Word
from retailhub.api.shapes.trouble import EventAnswer, EventStory, TouchedRecord
from retailhub.api.times import From, To, bound
from retailhub.api.visit import Here
from retailhub.crm import events
from retailhub.store.events import Outcome

routes = Routes("events")

PHONE = "Of the customers with this phone / của khách hàng có số này"
CODE = (
    "An order's number, the code of a contract, product or customer, or a platform's own id"
    " / số đơn hàng, mã hợp đồng, sản phẩm, khách hàng, hoặc mã trên nền tảng"
)


@routes.get("/events", "viewer")
def list_events(
    here: Here,
    connection: Word = None,
    record: Word = None,
    outcome: Annotated[Outcome | None, Query()] = None,
    type: Word = None,  # noqa: A002 the filter's name in the contract
    phone: Annotated[str | None, Query(max_length=300, description=PHONE)] = None,
    code: Annotated[str | None, Query(max_length=300, description=CODE)] = None,
    since: From = None,
    to: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[EventAnswer]:
    """Những gì đã đến và kết quả, mới nhất trước / What came in and what became of it, newest first"""
    times = {"since": bound("from", since), "until": bound("to", to, end=True)}
    wanted = events.Filter(connection, record, outcome, type, phone, code, **times)
    found = events.listed(here.office, wanted, limit=limit, cursor=here.opened(cursor))
    return ListOf[EventAnswer](**here.page(found, [shapes.event(one) for one in found.items]))


@routes.get("/events/<event_id>", "viewer")
def get_event(here: Here, event_id: str) -> EventStory:
    """Toàn bộ câu chuyện của một sự kiện / The whole story of one event"""
    story = events.story(here.office, event_id)
    record = story.record
    now = TouchedRecord(**{n: getattr(record, n) for n in TouchedRecord.model_fields}) if record else None
    kept = story.event.change if here.caller.role == "admin" else None
    links = [shapes.link(one) for one in story.links]
    shown = shapes.event(story.event).model_dump()
    audit = story.event.audit if here.caller.role == "admin" else None
    told = story.event if here.caller.role == "admin" else replace(story.event, audit={})
    lines = stories.of_event(here.office, told, story.links)
    content = kept.payload if kept else None
    return EventStory(**shown, lines=lines, record_now=now, links=links, content=content, audit=audit)
