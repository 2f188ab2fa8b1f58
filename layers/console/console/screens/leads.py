"""Tiềm năng: leads found, entered, edited and converted (R-SYN-01, R-SYN-12, R-CVR-02, R-CVR-03)."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import words
from console.amounts import amount
from console.formats import phone
from console.forms import Form, filled
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
FILTERS = ("q", "source", "owner", "status", "with_opportunity", "customer", "created_from", "created_to", "sort")
TEXTS = ("name", "phone", "email", "tax_code", "note", "source", "social_page", "owner")
NEW, KNOWN = "new", "known"
"""Whom a lead becomes: a new customer, or one who is there already."""


@screens.get("/leads")
def leads(visit: Visit) -> Response[Any]:
    """The list with its search and filters."""
    found = visit.hub.page("/leads", **visit.asked(*FILTERS))
    visit.call_up(one[name] for one in found.items for name in ("owner", "source"))
    statuses = words.options("lead_status", visit.language)
    return visit.page("leads/list.html", found=found, statuses=statuses, **_choices(visit))


@screens.get("/leads/new")
def new_lead(visit: Visit) -> Response[Any]:
    """The form for a new one."""
    return visit.page("leads/form.html", lead=None, **_choices(visit))


@screens.post("/leads/new")
def create_lead(visit: Visit) -> Response[Any]:
    """Enter a lead."""
    try:
        made = visit.hub.post("/leads", filled(_body(visit.form)), once=visit.form.once)
    except Refused as refusal:
        _objected(visit, refusal)
        return visit.again("leads/form.html", lead=None, **_choices(visit))
    return visit.go(f"/leads/{made['id']}", "created")


@screens.get("/leads/<lead_id>")
def lead(visit: Visit, lead_id: str) -> Response[Any]:
    """One lead with the opportunities on it, or its timeline."""
    shown = visit.hub.get(f"/leads/{lead_id}")
    told: dict[str, Any] = {"story": None, "opportunities": None}
    if visit.query.get("tab") == "timeline":
        told["story"] = visit.hub.page(f"/leads/{lead_id}/timeline", **visit.asked())
    else:
        told["opportunities"] = visit.hub.page("/opportunities", lead=lead_id, limit=20)
    named = (shown[name] for name in ("owner", "source", "customer"))
    visit.call_up([*shown["external_ids"], *shown["groups"], *named])
    return visit.page("leads/detail.html", lead=shown, **told)


@screens.get("/leads/<lead_id>/edit")
def edit_lead(visit: Visit, lead_id: str) -> Response[Any]:
    """The form with a lead in it."""
    shown = visit.hub.get(f"/leads/{lead_id}")
    visit.form = _showing(shown)
    return visit.page("leads/form.html", lead=shown, **_choices(visit))


@screens.post("/leads/<lead_id>/edit")
def change_lead(visit: Visit, lead_id: str) -> Response[Any]:
    """Save the edit, unless somebody else changed the lead meanwhile."""
    try:
        visit.hub.patch(f"/leads/{lead_id}", _body(visit.form), version=visit.form.version)
    except Refused as refusal:
        _objected(visit, refusal)
        return visit.again("leads/form.html", lead=visit.hub.get(f"/leads/{lead_id}"), **_choices(visit))
    return visit.go(f"/leads/{lead_id}", "saved")


@screens.post("/leads/<lead_id>/delete")
def delete_lead(visit: Visit, lead_id: str) -> Response[Any]:
    """Remove the lead, unless opportunities hang on it: those are named."""
    try:
        visit.hub.delete(f"/leads/{lead_id}")
    except Refused as refusal:
        shown = visit.hub.get(f"/leads/{lead_id}")
        visit.form = _showing(shown).refused(refusal)
        return visit.again("leads/form.html", lead=shown, **_choices(visit))
    return visit.go("/leads", "deleted")


@screens.get("/leads/<lead_id>/convert")
def converting(visit: Visit, lead_id: str) -> Response[Any]:
    """Whom the lead becomes, and whether an opportunity comes with it."""
    shown = visit.hub.get(f"/leads/{lead_id}")
    name = visit.t("Cơ hội của {name}", "Opportunity of {name}").format(name=shown["name"] or "")
    visit.form = Form({"who": NEW, "with": "no", "opportunity.name": name, "opportunity.owner": shown["owner"]})
    return _convert_page(visit, shown)


@screens.post("/leads/<lead_id>/convert")
def convert(visit: Visit, lead_id: str) -> Response[Any]:
    """Convert the lead (R-CVR-02); where it clashes with a customer who is there, that customer is offered."""
    try:
        visit.hub.post(f"/leads/{lead_id}/convert", _wish(visit), once=visit.form.once)
    except Refused as refusal:
        if holder := _objected(visit, refusal):
            visit.form.values |= {"who": KNOWN, "customer": holder}
        return _convert_page(visit, visit.hub.get(f"/leads/{lead_id}"), again=True)
    return visit.go(f"/leads/{lead_id}", "converted")


def _objected(visit: Visit, refusal: Refused) -> str | None:
    """Show what is wrong, with the names of those who have a value already (R-DUP-06). Answers the first of them."""
    visit.form.refused(refusal)
    holders = [one["existing"]["id"] for one in refusal.details.get("duplicates") or []]
    visit.call_up(holders)
    return holders[0] if holders else None


def _showing(shown: dict[str, Any]) -> Form:
    return Form.showing(shown, phone=phone(shown["phone"]))


def _convert_page(visit: Visit, shown: dict[str, Any], *, again: bool = False) -> Response[Any]:
    visit.call_up([visit.form.text("customer"), shown["customer"], shown["source"], shown["owner"]])
    answer = visit.again if again else visit.page
    return answer("leads/convert.html", lead=shown, employees=visit.choices("/employees"))


def _wish(visit: Visit) -> dict[str, Any]:
    """What the API is asked for. Raises Refused if an existing customer is meant and none was chosen: for the API that
    would be a new one."""
    form, wish = visit.form, dict[str, Any]()
    if form.text("who") == KNOWN:
        wish["customer"] = form.text("customer")
        if not wish["customer"]:
            wrong = visit.t("Hãy tìm và chọn khách hàng", "Find and choose the customer")
            raise Refused(422, "missing", wrong, "customer")
    if form.text("with") == "yes":
        form.values["opportunity.value"] = amount(form.text("opportunity.value"))
        told = {name: form.text(f"opportunity.{name}") for name in ("name", "owner", "note", "value")}
        wish["opportunity"] = filled(told)
    return wish


def _body(form: Form) -> dict[str, Any]:
    return {**form.texts(*TEXTS), "groups": form.many("groups")}


def _choices(visit: Visit) -> dict[str, Any]:
    return {
        "employees": visit.choices("/employees"),
        "sources": visit.choices("/catalogues/sources"),
        "groups": visit.choices("/customer-groups"),
    }
