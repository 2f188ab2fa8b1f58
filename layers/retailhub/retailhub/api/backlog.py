"""Backlogs: what waits for a platform, and why."""

from dataclasses import asdict
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.connections import BacklogCount, BacklogsAnswer, WaitingAnswer
from retailhub.api.visit import Here
from retailhub.crm import backlog

routes = Routes("backlog")


@routes.get("/backlog", "viewer")
def count_backlogs(here: Here) -> BacklogsAnswer:
    """Bao nhiêu đang chờ từng nền tảng / How much waits for each platform"""
    counts = backlog.counted(here.office)
    return BacklogsAnswer(waiting={one: BacklogCount(**count) for one, count in counts.items()})


@routes.get("/connections/<connection_id>/backlog", "viewer")
def list_backlog(
    here: Here,
    connection_id: str,
    kind: Annotated[backlog.Kind, Query()] = "deliveries",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[WaitingAnswer]:
    """Những gì đang chờ nền tảng, sắp tới lượt trước / What waits for the platform, next first"""
    found = backlog.listed(here.office, connection_id, kind, limit=limit, cursor=here.opened(cursor))
    return ListOf[WaitingAnswer](**here.page(found, [asdict(one) for one in found.items]))
