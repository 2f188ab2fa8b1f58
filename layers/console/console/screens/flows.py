"""Luồng dữ liệu: which connection feeds which, for which records and on what; switched, chosen, added, removed."""

from itertools import groupby
from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import words
from console.forms import Form
from console.hub_api import Refused
from console.platform_steps import CUSTOMERS, GUIDES, ORDERS, PRODUCTS, Both
from console.routing import Screens
from console.visit import Visit
from retailhub.domain.flows import HUB

screens = Screens()

WHEN: dict[str, tuple[Both, Both]] = {
    "created": (("Khi thêm mới", "When created"), ("thêm mới", "is created")),
    "updated": (("Khi sửa", "When edited"), ("sửa", "is edited")),
    "status": (("Khi đổi trạng thái", "When the status changes"), ("đổi trạng thái", "changes its status")),
}
"""On what → what the box is called, and how it stands in a sentence."""
TYPES: dict[str, Both] = {"customer": CUSTOMERS, "product": PRODUCTS, "order": ORDERS}
"""What platforms take."""


@screens.get("/flows")
def flows(visit: Visit) -> Response[Any]:
    """All flows by their two ends, in sentences."""
    connections = {one["id"]: one for one in visit.hub.every("/connections", sort="name")}
    lines = told(visit, connections)
    pairs = [list(some) for _, some in groupby(lines, lambda one: (one["from_connection"], one["to_connection"]))]
    return visit.page("flows/list.html", pairs=pairs, connections=connections)


@screens.get("/flows/new")
def new_flow(visit: Visit) -> Response[Any]:
    """The form for a new one."""
    visit.form = Form({"on": ["created"], "active": True})
    return visit.page("flows/form.html", flow=None, **_choices(visit))


@screens.post("/flows/new")
def create_flow(visit: Visit) -> Response[Any]:
    """Add a flow; what cannot be is said at its field."""
    form = visit.form
    body = {name: form.text(name) or "" for name in ("from_connection", "to_connection", "record_type")}
    wanted = {**body, "on": form.many("on"), "active": form.flag("active")}
    try:
        visit.hub.post("/flows", wanted, once=form.once)
    except Refused as refusal:
        form.refused(refusal)
        return visit.again("flows/form.html", flow=None, **_choices(visit))
    return visit.go("/flows", "created")


@screens.get("/flows/<flow_id>/edit")
def edit_flow(visit: Visit, flow_id: str) -> Response[Any]:
    """The form with a flow in it; its ends and its records are what it is, and do not change."""
    flow = visit.hub.get(f"/flows/{flow_id}")
    visit.form = Form.showing(flow)
    return _edited(visit, flow)


@screens.post("/flows/<flow_id>/edit")
def change_flow(visit: Visit, flow_id: str) -> Response[Any]:
    """Save when it sends, and whether it is on."""
    wanted = {"on": visit.form.many("on"), "active": visit.form.flag("active")}
    try:
        visit.hub.patch(f"/flows/{flow_id}", wanted, version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        return _edited(visit, visit.hub.get(f"/flows/{flow_id}"))
    return visit.go("/flows", "saved")


@screens.post("/flows/<flow_id>/switch")
def switch_flow(visit: Visit, flow_id: str) -> Response[Any]:
    """On or off, by one press in the list."""
    visit.hub.patch(f"/flows/{flow_id}", {"active": visit.form.flag("active")})
    return visit.go("/flows", "switched_on" if visit.form.flag("active") else "switched_off")


@screens.post("/flows/<flow_id>/delete")
def remove_flow(visit: Visit, flow_id: str) -> Response[Any]:
    """Remove a flow; what it sent stays."""
    visit.hub.delete(f"/flows/{flow_id}")
    return visit.go("/flows", "deleted")


def told(visit: Visit, connections: dict[str, dict[str, Any]], of: str = "") -> list[dict[str, Any]]:
    """The flows (of one connection: from it and to it) with their sentence and their ends' names, those of the same
    ends together."""
    found = [one for one in visit.hub.every("/flows") if not of or of in (one["from_connection"], one["to_connection"])]
    lines = [{**one, **_in_words(visit, one, connections)} for one in found]
    order = list(TYPES)
    return sorted(lines, key=lambda one: (one["from"], one["to"], order.index(one["record_type"])))


def _in_words(visit: Visit, flow: dict[str, Any], connections: dict[str, dict[str, Any]]) -> dict[str, str]:
    kind = words.kind(flow["record_type"], visit.language)
    parts = [visit.t(*WHEN[one][1]) for one in flow["on"]]
    last = visit.t(" hoặc ", " or ")
    when = last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    article = "an" if kind.startswith("o") else "a"
    sentence = visit.t(f"Khi {kind} được {when}", f"When {article} {kind} {when}")
    return {
        "records": visit.t(*TYPES[flow["record_type"]]),
        "sentence": sentence,
        "from": named(visit, connections, flow["from_connection"]),
        "to": named(visit, connections, flow["to_connection"]),
    }


def named(visit: Visit, connections: dict[str, dict[str, Any]], one: str) -> str:
    """An end of a flow: a connection with its platform, or people's own edits."""
    if one == HUB:
        return visit.t("RetailHub (nhân viên thêm, sửa ở đây)", "RetailHub (what your staff enters here)")
    known = connections.get(one)
    return f"{known['name']} ({words.platform(known['platform'])})" if known else one


def _edited(visit: Visit, flow: dict[str, Any]) -> Response[Any]:
    connections = {one["id"]: one for one in visit.hub.every("/connections")}
    shown = {**flow, **_in_words(visit, flow, connections)}
    show = visit.again if visit.form.refusal else visit.page
    return show("flows/form.html", flow=shown, **_choices(visit))


def _choices(visit: Visit) -> dict[str, Any]:
    """From where, to where, and when; a destination says what it takes."""
    connections = {one["id"]: one for one in visit.hub.every("/connections", sort="name")}
    takers = [(one, GUIDES[connections[one]["platform"]].takes) for one in connections]
    return {
        "sources": [(one, named(visit, connections, one)) for one in (HUB, *connections)],
        "targets": [
            (one, f"{named(visit, connections, one)}: " + ", ".join(words.kind(kind, visit.language) for kind in takes))
            for one, takes in takers
            if takes
        ],
        "types": [(kind, visit.t(*both)) for kind, both in TYPES.items()],
        "when": [(one, visit.t(*both[0])) for one, both in WHEN.items()],
    }
