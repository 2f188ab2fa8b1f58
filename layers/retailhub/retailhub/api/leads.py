"""Leads: found, entered, converted."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes import leads as shapes
from retailhub.api.shapes import records as record_shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.leads import Conversion, ConvertedAnswer, LeadAnswer, LeadEdit
from retailhub.api.shapes.reports import Day
from retailhub.api.visit import Here
from retailhub.crm import converting, leads, records
from retailhub.domain.periods import of_days

routes = Routes("leads")
ONE = "/leads/<lead_id>"


@routes.get("/leads", "viewer")
def list_leads(
    here: Here,
    owner: Word = None,
    source: Word = None,
    status: Annotated[Literal["open", "converted"] | None, Query()] = None,
    with_opportunity: Annotated[bool | None, Query()] = None,
    customer: Annotated[bool | None, Query(description="An opportunity was won / Có cơ hội thành công")] = None,
    created_from: Day = None,
    created_to: Day = None,
    q: Search = None,
    sort: ByTime = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[LeadAnswer]:
    """Tìm lead / Find leads

    `owner=none`: in nobody's charge. Days are Vietnamese, both included."""
    wanted = leads.Filter(owner, source, status, with_opportunity, customer, q)
    period = of_days(created_from, created_to)
    found = leads.listed(here.office, wanted, period, limit=limit, cursor=here.opened(cursor), sort=sort)
    return ListOf[LeadAnswer](**here.page(found, [shapes.lead(record) for record in found.items]))


@routes.post("/leads", "staff", status=201)
def create_lead(here: Here, new: LeadEdit) -> LeadAnswer:
    """Thêm lead / Enter a lead"""
    return shapes.lead(leads.create(here.office, new.spoken()))


@routes.get(ONE, "viewer")
def get_lead(here: Here, lead_id: str) -> LeadAnswer:
    """Một lead / One lead"""
    return shapes.lead(records.living(here.office, "lead", lead_id))


@routes.patch(ONE, "staff")
def change_lead(here: Here, lead_id: str, edit: LeadEdit) -> LeadAnswer:
    """Sửa lead / Edit a lead"""
    return shapes.lead(leads.change(here.office, lead_id, here.if_match, edit.spoken()))


@routes.delete(ONE, "staff")
def remove_lead(here: Here, lead_id: str) -> None:
    """Xóa lead / Remove a lead"""
    leads.remove(here.office, lead_id, here.if_match)


@routes.post(f"{ONE}/convert", "staff")
def convert_lead(here: Here, lead_id: str, wish: Conversion) -> ConvertedAnswer:
    """Chuyển đổi lead thành khách hàng, kèm cơ hội nếu muốn / Make a customer of it and, if wished, an opportunity

    One transaction; a second time is 409 `already_converted` with the customer's id."""
    opportunity = wish.opportunity.given() if wish.opportunity else None
    done = converting.convert(here.office, lead_id, here.if_match, converting.Wish(wish.customer, opportunity))
    return ConvertedAnswer(
        lead=shapes.lead(done.lead),
        customer=record_shapes.customer(done.customer),
        opportunity=shapes.opportunity(done.opportunity) if done.opportunity else None,
    )
