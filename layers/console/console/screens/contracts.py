"""Hợp đồng: from KiotViet's invoices (R-KV-10) or entered by hand, and points redeemed for them (R-RWD-01…09)."""

from decimal import Decimal
from itertools import zip_longest
from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import words
from console.amounts import amount, with_sums
from console.formats import field_day
from console.forms import Form, filled
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
FILTERS = ("q", "status", "contract_type", "owner", "customer", "sort")
TEXTS = ("code", "contract_type", "customer", "status", "start_date", "branch", "owner", "seller", "note")
AMOUNTS = ("value", "paid", "discount")
LINE = ("product_source_id", "name", "sku", "quantity", "price", "discount")
COUNTED = ("quantity", "price", "discount")


@screens.get("/contracts")
def contracts(visit: Visit) -> Response[Any]:
    """The list with its search and filters."""
    found = visit.hub.page("/contracts", **visit.asked(*FILTERS))
    named = (one[name] for one in found.items for name in ("customer", "contract_type", "owner"))
    visit.call_up([visit.query.get("customer"), *named])
    return visit.page("contracts/list.html", found=found, **_choices(visit))


@screens.get("/contracts/new")
def new_contract(visit: Visit) -> Response[Any]:
    """The form for a new one, for a customer if the address names them."""
    visit.form = Form({"customer": visit.query.get("customer", ""), "status": "processing"})
    return visit.page("contracts/form.html", contract=None, lines=[], **_choices(visit))


@screens.post("/contracts/new")
def create_contract(visit: Visit) -> Response[Any]:
    """Enter a contract."""
    body = _body(visit.form)
    try:
        made = visit.hub.post("/contracts", _sent(filled(body)), once=visit.form.once)
    except Refused as refusal:
        return _again(visit, None, body, refusal)
    return visit.go(f"/contracts/{made['id']}", "created")


@screens.get("/contracts/<contract_id>")
def contract(visit: Visit, contract_id: str) -> Response[Any]:
    """One contract: value, paid, debt (A-KV-5), lines, and what may be redeemed for it; or its timeline."""
    shown = visit.hub.get(f"/contracts/{contract_id}")
    told: dict[str, Any] = {"story": None, "offer": None}
    if visit.query.get("tab") == "timeline":
        told["story"] = visit.hub.page(f"/contracts/{contract_id}/timeline", **visit.asked())
    else:
        told["offer"] = visit.hub.get(f"/contracts/{contract_id}/points")
    recipient = (shown["recipient"] or {}).get("customer")
    named = (shown[name] for name in ("customer", "contract_type", "owner"))
    visit.call_up([*shown["external_ids"], shown["points"]["customer"], recipient, *named])
    return visit.page("contracts/detail.html", contract=shown, lines=with_sums(shown["items"]), **told)


@screens.get("/contracts/<contract_id>/edit")
def edit_contract(visit: Visit, contract_id: str) -> Response[Any]:
    """The form with a contract in it."""
    shown = visit.hub.get(f"/contracts/{contract_id}")
    visit.form = Form.showing(shown, start_date=field_day(shown["start_date"]))
    return visit.page("contracts/form.html", contract=shown, lines=shown["items"], **_choices(visit))


@screens.post("/contracts/<contract_id>/edit")
def change_contract(visit: Visit, contract_id: str) -> Response[Any]:
    """Save the edit, unless somebody else changed the contract meanwhile. A day left as it was keeps its hour."""
    shown = visit.hub.get(f"/contracts/{contract_id}")
    body = _body(visit.form)
    same_day = body.get("start_date") == (field_day(shown["start_date"]) or None)
    try:
        sent = {name: value for name, value in body.items() if name != "start_date" or not same_day}
        visit.hub.patch(f"/contracts/{contract_id}", _sent(sent), version=visit.form.version)
    except Refused as refusal:
        return _again(visit, shown, body, refusal)
    return visit.go(f"/contracts/{contract_id}", "saved")


@screens.post("/contracts/<contract_id>/delete")
def delete_contract(visit: Visit, contract_id: str) -> Response[Any]:
    """Remove the contract; the API takes its points back (A-RWD-3)."""
    visit.hub.delete(f"/contracts/{contract_id}")
    return visit.go("/contracts", "deleted")


@screens.get("/contracts/<contract_id>/redeem")
def redeeming(visit: Visit, contract_id: str) -> Response[Any]:
    """How many points to redeem; while they are typed the page asks for itself again and shows what they pay."""
    visit.form = Form({"points": visit.query.get("points", "")})
    return visit.page("contracts/redeem.html", **_offered(visit, contract_id))


@screens.post("/contracts/<contract_id>/redeem")
def redeem(visit: Visit, contract_id: str) -> Response[Any]:
    """Redeem points for a discount on the contract (R-RWD-02)."""
    try:
        wanted = {"points": visit.form.number("points")}
        visit.hub.post(f"/contracts/{contract_id}/redeem", wanted, once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("contracts/redeem.html", **_offered(visit, contract_id))
    return visit.go(f"/contracts/{contract_id}", "redeemed")


def _offered(visit: Visit, contract_id: str) -> dict[str, Any]:
    """The contract, what the API offers for it, and what the points that are typed so far would pay."""
    shown = visit.hub.get(f"/contracts/{contract_id}")
    offer = visit.hub.get(f"/contracts/{contract_id}/points")
    point_value = visit.hub.get("/point-settings")["point_value"]
    typed = visit.form.number("points")
    wanted = typed if isinstance(typed, int) and typed > 0 else 0
    discount = wanted * Decimal(str(point_value))
    visit.call_up([shown["customer"]])
    told = {"wanted": wanted, "discount": discount, "left": Decimal(str(offer["payable"])) - discount}
    return {"contract": shown, "offer": offer, "point_value": point_value, **told}


def _again(visit: Visit, shown: dict[str, Any] | None, body: dict[str, Any], refusal: Refused) -> Response[Any]:
    visit.form.values |= {name: body[name] for name in AMOUNTS}
    visit.form.refused(refusal)
    visit.call_up([body.get("customer")])
    return visit.again("contracts/form.html", contract=shown, lines=body["items"], **_choices(visit))


def _body(form: Form) -> dict[str, Any]:
    amounts = {name: amount(form.text(name)) for name in AMOUNTS}
    told = {**form.texts(*TEXTS), "value": amounts["value"], "items": _lines(form)}
    return {**told, **{name: amounts[name] or "0" for name in ("paid", "discount")}}


def _sent(body: dict[str, Any]) -> dict[str, Any]:
    """What goes to the API: of a line only what stands in it, so that it says what is missing."""
    return {**body, "items": [filled(line) for line in body.get("items", [])]}


def _lines(form: Form) -> list[dict[str, Any]]:
    """The rows of goods that something stands in."""
    rows = zip_longest(*(form.rows(f"line_{name}") for name in LINE), fillvalue="")
    lines = [dict(zip(LINE, row, strict=True)) for row in rows if any(row)]
    return [
        {**{name: text or None for name, text in line.items()}, **{name: amount(line[name]) for name in COUNTED}}
        | {"discount": amount(line["discount"]) or "0"}
        for line in lines
    ]


def _choices(visit: Visit) -> dict[str, Any]:
    visit.call_up([str(visit.form.values.get("customer") or "")])
    return {
        "types": visit.choices("/catalogues/contract-types"),
        "employees": visit.choices("/employees"),
        "statuses": words.options("contract_status", visit.language),
    }
