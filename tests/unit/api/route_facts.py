"""What the routes and their description tell of every route: its shape, its kind of record, a body that it takes."""

from typing import Any

import pytest

from retailhub.api.routes import Route
from retailhub.domain.kinds import SINGLE
from retailhub.domain.records import MODELS, RecordType
from tests.unit.api.desk import CREDENTIALS, Desk

DOCUMENT = Desk.api.openapi()

KINDS: dict[str, RecordType] = {
    **{kind.replace("_", "-") + "s": kind for kind in MODELS},
    "opportunities": "opportunity",
    "ticket-priorities": "ticket_priority",
}
"""Collection → kind of record."""

BODIES: dict[str, Any] = {
    "POST /api/connections": {"platform": "haravan", "name": "Shop", "credentials": CREDENTIALS["haravan"]},
    "PATCH /api/duplicate-settings": {"fields": {}},
    "PUT /api/duplicate-settings": {"fields": {}},
    "POST /api/customers": {"name": "Lan"},
    "POST /api/contracts": {"code": "HD1", "value": 1},
    "POST /api/leads": {"name": "Lan"},
    "POST /api/contacts": {"name": "Lan"},
    "POST /api/opportunities": {"name": "Bán lẻ"},
    "POST /api/tickets": {"title": "Hỏng hàng"},
    "POST /api/contracts/<contract_id>/redeem": {"points": 1},
    "POST /api/members/activate": {"ids": ["customer_1"]},
    "POST /api/dead-letters/redrive": {"filter": {}},
    "POST /api/api-keys": {"name": "quầy", "employee": "mai", "role": "viewer"},
    "POST /api/catalogues/ticket-priorities": {"name": "Gấp", "resolve_time": 2, "resolve_unit": "hours"},
    "POST /api/catalogues/sources": {"key": "hoi-cho", "name": "Hội chợ"},
    "POST /api/catalogues/product-types": {"code": "A", "name": "Áo"},
    "POST /api/catalogues/supplier-types": {"code": "A", "name": "Xưởng"},
    "POST /api/suppliers": {"code": "A", "name": "Xưởng May"},
}
"""Bodies that are taken, for routes that take none without one."""

NEEDING_OTHERS = {"/api/flows", "/api/ownership-rules", "/api/order-automations", "/api/opportunities"}
"""What can only be made of things that are there already; their own tests make them."""

FILE = {"raw": "phone,name\n0912000111,Lan\n", "content_type": "text/csv"}
UPLOADS = {"/api/members/import", "/api/members/import/preview"}
"""Routes that take a file as their body."""

NEEDED: dict[str, dict[str, str]] = {"/api/reports/conversion/rows": {"number": "leads"}}
"""Query parameters that a list cannot do without."""

OWN_CHOICES = {"/api/members/columns", "/api/members/settings", "/api/reports/conversion/filter"}
"""A choice that replaces the one before as a whole: it has no version, the last word stands."""


def named(routes: list[Route]) -> Any:
    """The routes as parameters of a test."""
    return pytest.mark.parametrize("route", routes, ids=[f"{one.method} {one.rule}" for one in routes])


def operation(route: Route) -> dict[str, Any]:
    """The route's description."""
    found: dict[str, Any] = DOCUMENT["paths"][route.rule.replace("<", "{").replace(">", "}")][route.method.lower()]
    return found


def answered(route: Route) -> dict[str, Any]:
    """The properties of the route's JSON answer."""
    content = operation(route)["responses"][str(route.status)].get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return dict(DOCUMENT["components"]["schemas"].get(name, {}).get("properties", {}))


def asked(route: Route) -> set[str]:
    """The names of the route's query parameters."""
    return {one["name"] for one in operation(route).get("parameters", []) if one["in"] == "query"}


def kind_of(route: Route) -> RecordType | None:
    """The kind of the record whose id stands in the address, or of which the collection is."""
    parts = route.rule.removeprefix("/api/").split("/")
    collections = [part for part in parts if part in KINDS]
    single = parts[0].replace("-", "_")
    return KINDS[collections[0]] if collections else next((kind for kind in SINGLE if kind == single), None)


def address(route: Route, record_id: str = "nothing") -> str:
    """An address of the route."""
    parts = (record_id if part.startswith("<") else part for part in route.rule.split("/"))
    return "/".join(parts).removeprefix("/api")


def body_of(route: Route) -> Any:
    """A body that the route takes as far as the shape goes."""
    if route.rule in {f"/api/{collection}" for collection in ("employees", "departments", "customer-groups")}:
        return {"name": "Mẫu"}
    given = BODIES.get(f"{route.method} {route.rule}")
    if given is None and route.rule.startswith("/api/catalogues/"):
        return {"name": "Mẫu"}
    return {} if given is None else given
