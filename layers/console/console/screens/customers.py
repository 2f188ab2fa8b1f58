"""Khách hàng: found, looked at, entered and edited (R-HRV-14…23, R-DUP, R-OWN)."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.forms import Form, filled
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
FILTERS = ("q", "phone", "email", "vendor_id", "owner", "source", "group", "is_buyer", "sort")
TEXTS = ("name", "code", "phone", "email", "birthday", "gender", "tax_code", "website", "note", "source", "owner")


@screens.get("/customers")
def customers(visit: Visit) -> Response[Any]:
    """The list with its search and filters."""
    found = visit.hub.page("/customers", **visit.asked(*FILTERS))
    visit.call_up(customer[name] for customer in found.items for name in ("owner", "source"))
    return visit.page("customers/list.html", found=found, **_choices(visit))


@screens.get("/customers/new")
def new_customer(visit: Visit) -> Response[Any]:
    """The form for a new one."""
    return visit.page("customers/form.html", customer=None, **_choices(visit))


@screens.post("/customers/new")
def create_customer(visit: Visit) -> Response[Any]:
    """Enter a customer; what the settings forbid is said at the field."""
    try:
        made = visit.hub.post("/customers", filled(_body(visit.form)), once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("customers/form.html", customer=None, **_choices(visit))
    return visit.go(f"/customers/{made['id']}", "created")


@screens.get("/customers/<customer_id>/edit")
def edit_customer(visit: Visit, customer_id: str) -> Response[Any]:
    """The form with a customer in it."""
    customer = visit.hub.get(f"/customers/{customer_id}")
    visit.form = Form.showing(customer)
    return visit.page("customers/form.html", customer=customer, **_choices(visit))


@screens.post("/customers/<customer_id>/edit")
def change_customer(visit: Visit, customer_id: str) -> Response[Any]:
    """Save the edit, unless somebody else changed the customer meanwhile."""
    try:
        visit.hub.patch(f"/customers/{customer_id}", _body(visit.form), version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        customer = visit.hub.get(f"/customers/{customer_id}")
        return visit.again("customers/form.html", customer=customer, **_choices(visit))
    return visit.go(f"/customers/{customer_id}", "saved")


def _body(form: Form) -> dict[str, Any]:
    return {**form.texts(*TEXTS), "groups": form.many("groups")}


def _choices(visit: Visit) -> dict[str, Any]:
    return {
        "employees": visit.choices("/employees"),
        "sources": visit.choices("/catalogues/sources"),
        "groups": visit.choices("/customer-groups"),
    }
