"""The audit: what people changed by hand, and what it was before."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api import stories
from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Cursor, Limit, ListOf, Word
from retailhub.api.shapes.stories import Act
from retailhub.api.times import From, To, bound
from retailhub.api.visit import Here
from retailhub.crm import audit
from retailhub.crm.audit import Filter, author

routes = Routes("audit")


@routes.get("/audit", "admin")
def list_acts(
    here: Here,
    by: Word = None,
    kind: Word = None,
    record: Word = None,
    topic: Annotated[str | None, Query(max_length=40, description="created, edited, removed, paused, …")] = None,
    since: From = None,
    to: To = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[Act]:
    """Ai đã sửa gì bằng tay, trước và sau, mới nhất trước / Who changed what by hand, before and after, newest first"""
    wanted = Filter(by, kind, record, topic, bound("from", since), bound("to", to, end=True))
    found = audit.listed(here.office, wanted, limit=limit, cursor=here.opened(cursor))
    texts = stories.of_acts(here.office, found.items)
    acts = [
        Act(
            id=one.id,
            at=one.handled_at,
            by=author(one),
            kind=one.type,
            record=one.record,
            topic=one.topic,
            text=text,
            changes=one.audit,
            decisions=list(one.notes),
        )
        for one, text in zip(found.items, texts, strict=True)
    ]
    return ListOf[Act](**here.page(found, acts))
