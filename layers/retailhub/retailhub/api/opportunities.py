"""Opportunities: chances to sell, open, won or lost."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import leads as shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.leads import OpportunityAnswer, OpportunityEdit, OpportunityStatus
from retailhub.api.visit import Here
from retailhub.crm import opportunities, records
from retailhub.crm.filters import filtered

routes = Routes("opportunities")
ONE = "/opportunities/<opportunity_id>"


@routes.get("/opportunities", "viewer")
def list_opportunities(
    here: Here,
    lead: Word = None,
    customer: Word = None,
    owner: Word = None,
    status: Annotated[OpportunityStatus | None, Query()] = None,
    loss_reason: Word = None,
    q: Search = None,
    sort: ByTime = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[OpportunityAnswer]:
    """Tìm cơ hội / Find opportunities"""
    equal = {"lead": lead, "customer": customer, "owner": owner, "loss_reason": loss_reason, "status": status}
    page = {"limit": limit, "cursor": here.opened(cursor), "sort": sort}
    found = filtered(here.office, "opportunity", equal, q, lambda one: (one.name, one.note), **page)
    return ListOf[OpportunityAnswer](**here.page(found, [shapes.opportunity(record) for record in found.items]))


@routes.post("/opportunities", "staff", status=201)
def create_opportunity(here: Here, new: OpportunityEdit) -> OpportunityAnswer:
    """Thêm cơ hội / Enter an opportunity"""
    return shapes.opportunity(opportunities.create(here.office, new.given()))


@routes.get(ONE, "viewer")
def get_opportunity(here: Here, opportunity_id: str) -> OpportunityAnswer:
    """Một cơ hội / One opportunity"""
    return shapes.opportunity(records.living(here.office, "opportunity", opportunity_id))


@routes.patch(ONE, "staff")
def change_opportunity(here: Here, opportunity_id: str, edit: OpportunityEdit) -> OpportunityAnswer:
    """Sửa cơ hội / Edit an opportunity"""
    return shapes.opportunity(opportunities.change(here.office, opportunity_id, here.if_match, edit.given()))


@routes.delete(ONE, "staff")
def remove_opportunity(here: Here, opportunity_id: str) -> None:
    """Xóa cơ hội / Remove an opportunity"""
    opportunities.remove(here.office, opportunity_id, here.if_match)
