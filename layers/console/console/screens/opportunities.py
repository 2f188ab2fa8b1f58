"""Cơ hội: found, entered on a lead or customer, won, or lost for a reason (R-CVR-02, R-CVR-03, R-LOST-01)."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import words
from console.amounts import amount
from console.forms import Form, filled
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
FILTERS = ("q", "status", "owner", "loss_reason", "lead", "customer", "sort")
TEXTS = ("name", "lead", "customer", "owner", "status", "loss_reason", "note")
NAMED = ("lead", "customer", "owner", "loss_reason")


@screens.get("/opportunities")
def opportunities(visit: Visit) -> Response[Any]:
    """The list with its search and filters."""
    found = visit.hub.page("/opportunities", **visit.asked(*FILTERS))
    narrowed = (visit.query.get(name) for name in ("lead", "customer"))
    visit.call_up([*narrowed, *(one[name] for one in found.items for name in NAMED)])
    return visit.page("opportunities/list.html", found=found, **_choices(visit))


@screens.get("/opportunities/new")
def new_opportunity(visit: Visit) -> Response[Any]:
    """The form for a new one, on the lead or customer that the address names."""
    visit.form = Form({**{name: visit.query.get(name, "") for name in ("lead", "customer")}, "status": "open"})
    return visit.page("opportunities/form.html", opportunity=None, **_choices(visit))


@screens.post("/opportunities/new")
def create_opportunity(visit: Visit) -> Response[Any]:
    """Enter an opportunity."""
    try:
        made = visit.hub.post("/opportunities", filled(_body(visit.form)), once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("opportunities/form.html", opportunity=None, **_choices(visit))
    return visit.go(f"/opportunities/{made['id']}", "created")


@screens.get("/opportunities/<opportunity_id>")
def opportunity(visit: Visit, opportunity_id: str) -> Response[Any]:
    """One opportunity, or its timeline."""
    shown = visit.hub.get(f"/opportunities/{opportunity_id}")
    visit.form = Form.showing(shown)
    story = None
    if visit.query.get("tab") == "timeline":
        story = visit.hub.page(f"/opportunities/{opportunity_id}/timeline", **visit.asked())
    return visit.page("opportunities/detail.html", **_told(visit, shown), story=story)


@screens.post("/opportunities/<opportunity_id>/status")
def decide(visit: Visit, opportunity_id: str) -> Response[Any]:
    """Won, lost with its reason (A-LOST-3: it may be left open), or open again."""
    wanted = filled(visit.form.texts("status", "loss_reason"))
    try:
        visit.hub.patch(f"/opportunities/{opportunity_id}", wanted, version=visit.form.version)
    except Refused as refusal:
        shown = visit.hub.get(f"/opportunities/{opportunity_id}")
        visit.form = Form.showing(shown).refused(refusal)
        return visit.again("opportunities/detail.html", **_told(visit, shown), story=None)
    return visit.go(f"/opportunities/{opportunity_id}", "saved")


@screens.get("/opportunities/<opportunity_id>/edit")
def edit_opportunity(visit: Visit, opportunity_id: str) -> Response[Any]:
    """The form with an opportunity in it."""
    shown = visit.hub.get(f"/opportunities/{opportunity_id}")
    visit.form = Form.showing(shown)
    return visit.page("opportunities/form.html", opportunity=shown, **_choices(visit))


@screens.post("/opportunities/<opportunity_id>/edit")
def change_opportunity(visit: Visit, opportunity_id: str) -> Response[Any]:
    """Save the edit, unless somebody else changed the opportunity meanwhile."""
    body = _body(visit.form)
    try:
        visit.hub.patch(f"/opportunities/{opportunity_id}", body, version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        shown = visit.hub.get(f"/opportunities/{opportunity_id}")
        return visit.again("opportunities/form.html", opportunity=shown, **_choices(visit))
    return visit.go(f"/opportunities/{opportunity_id}", "saved")


@screens.post("/opportunities/<opportunity_id>/delete")
def delete_opportunity(visit: Visit, opportunity_id: str) -> Response[Any]:
    """Remove the opportunity; it counts for its lead no more."""
    visit.hub.delete(f"/opportunities/{opportunity_id}")
    return visit.go("/opportunities", "deleted")


def _told(visit: Visit, shown: dict[str, Any]) -> dict[str, Any]:
    visit.call_up(shown[name] for name in NAMED)
    return {"opportunity": shown, "reasons": visit.choices("/catalogues/loss-reasons")}


def _body(form: Form) -> dict[str, Any]:
    """What was typed as the API takes it; the value is shown again as it was understood."""
    form.values["value"] = amount(form.text("value")) or "0"
    return {**form.texts(*TEXTS), "value": form.values["value"]}


def _choices(visit: Visit) -> dict[str, Any]:
    visit.call_up(visit.form.text(name) for name in NAMED)
    return {
        "employees": visit.choices("/employees"),
        "reasons": visit.choices("/catalogues/loss-reasons"),
        "statuses": words.options("opportunity_status", visit.language),
    }
