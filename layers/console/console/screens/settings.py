"""Cài đặt: the way to everything that is set; duplicate and required fields (R-DUP), reward points (R-RWD)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aws_lambda_powertools.event_handler import Response
from pydantic import ValidationError

from console.forms import Form
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit
from retailhub.api.messages import said
from retailhub.domain import points
from retailhub.domain.fields import Contract
from retailhub.domain.rules import PointSettings

screens = Screens()
ASKED = {"unique": ("unique",), "required": ("required",), "both": ("unique", "required")}
"""What may be asked of a field of the business's own, as its row offers it."""
NUMBERS = ("amount_per_point", "point_value", "min_purchases", "min_points_left")
SAMPLE_VALUE = Decimal(1_299_000)
SAMPLE_POINTS = 50


@screens.get("/settings")
def settings(visit: Visit) -> Response[Any]:
    """Everything that can be set, in the groups of the documents: Cài đặt and Danh mục."""
    return visit.page("settings/home.html")


@screens.get("/settings/duplicates")
def duplicates(visit: Visit) -> Response[Any]:
    """What is asked of each field, and whether old values are all known yet (R-DUP-04, A-DUP-6)."""
    return _duplicates(visit, visit.hub.get("/duplicate-settings"), editing=False)


@screens.get("/settings/duplicates/edit")
def edit_duplicates(visit: Visit) -> Response[Any]:
    """The same table with boxes to tick (R-DUP-05…08)."""
    told = visit.hub.get("/duplicate-settings")
    ticked = {name: [row["field"] for row in told["fields"] if row[name]] for name in ("unique", "required")}
    visit.form = Form.showing(told, **ticked)
    return _duplicates(visit, told, editing=True)


@screens.post("/settings/duplicates/edit")
def change_duplicates(visit: Visit) -> Response[Any]:
    """Save what is ticked (R-DUP-09)."""
    told = visit.hub.get("/duplicate-settings")
    try:
        visit.hub.patch("/duplicate-settings", {"fields": _ticks(visit.form, told)}, version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _duplicates(visit, told, editing=True)
    return visit.go("/settings/duplicates", "saved")


@screens.get("/settings/points")
def point_settings(visit: Visit) -> Response[Any]:
    """A, B, N and M in plain words, with an example."""
    told = visit.hub.get("/point-settings")
    visit.call_up([told["updated_by"]])
    return visit.page("settings/points.html", told=told, example=_example(told, visit))


@screens.get("/settings/points/edit")
def edit_points(visit: Visit) -> Response[Any]:
    """The form of the four parameters (R-RWD-04…09)."""
    told = visit.hub.get("/point-settings")
    visit.form = Form.showing(told)
    return visit.page("settings/points_form.html", example=_example(told, visit))


@screens.post("/settings/points/edit")
def change_points(visit: Visit) -> Response[Any]:
    """Save the parameters; they hold from now on (R-RWD-05, A-RWD-6)."""
    body = _parameters(visit.form)
    try:
        visit.hub.patch("/point-settings", body, version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("settings/points_form.html", example=_example(body, visit))
    return visit.go("/settings/points", "saved")


@screens.get("/settings/points/example")
def example_of_points(visit: Visit) -> Response[Any]:
    """What the parameters that stand in the form would come to; nothing is saved."""
    return visit.page("settings/points_example.html", example=_example(_parameters(Form(dict(visit.query))), visit))


def _duplicates(visit: Visit, told: dict[str, Any], *, editing: bool) -> Response[Any]:
    visit.call_up([told["updated_by"]])
    own = list(zip(visit.form.rows("own_name"), visit.form.rows("own_ask"), strict=False))
    shown: dict[str, Any] = {"told": told, "own": own, "editing": editing}
    if visit.form.refusal:
        return visit.again("settings/duplicates.html", **shown)
    return visit.page("settings/duplicates.html", **shown)


def _ticks(form: Form, told: dict[str, Any]) -> dict[str, dict[str, bool]]:
    """Every listed field with its boxes; the name's second box cannot be changed. Own fields come from their rows."""
    ticks = {}
    for row in told["fields"]:
        names = ("unique",) if row["always_required"] else ("unique", "required")
        ticks[row["field"]] = {name: row["field"] in form.many(name) for name in names}
    for name, asked in zip(form.rows("own_name"), form.rows("own_ask"), strict=False):
        if name:
            ticks[f"custom.{name}"] = {one: one in ASKED.get(asked, ()) for one in ("unique", "required")}
    return ticks


def _parameters(form: Form) -> dict[str, Any]:
    return {name: form.number(name) for name in NUMBERS} | {"net_of_points": form.flag("net_of_points")}


@dataclass(frozen=True)
class Example:
    """A purchase told in numbers by the very rules that post points. earned: for a contract of `value`. maximum: points
    that a customer with `balance` may redeem at purchase number `purchases`; if none, `refused` tells why."""

    value: Decimal
    earned: int
    balance: int
    purchases: int
    maximum: int
    discount: Decimal
    refused: str

    @property
    def payable(self) -> Decimal:
        """What is still to be paid in money."""
        return self.value - self.discount

    @property
    def left(self) -> int:
        """Points that stay with the customer."""
        return self.balance - self.maximum


def _example(told: dict[str, Any], visit: Visit) -> Example | None:
    """None for parameters that are none."""
    try:
        terms = PointSettings(**{name: told[name] for name in PointSettings.model_fields})
    except ValidationError:
        return None
    value = max(SAMPLE_VALUE, 3 * (terms.amount_per_point or Decimal(0)))
    balance, purchases = terms.min_points_left + SAMPLE_POINTS, terms.min_purchases + 1
    offer = points.offer(balance, purchases, value, terms)
    return Example(
        value=value,
        earned=points.earned(Contract(value=value, paid=value), terms.amount_per_point, net=terms.net_of_points),
        balance=balance,
        purchases=purchases,
        maximum=offer.maximum,
        discount=offer.maximum * terms.point_value,
        refused=said(offer.refused, visit.language) if offer.refused else "",
    )
