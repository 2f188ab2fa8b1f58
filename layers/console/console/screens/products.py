"""Sản phẩm: found, looked at, and given their type (R-PT-01, R-PT-08)."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.forms import Form
from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
FILTERS = ("q", "product_type", "active", "sort")
INDENT = "\u00a0\u00a0\u00a0"
"""What sets a type off below its parent: a choice drops plain blanks at its beginning."""


@screens.get("/products")
def products(visit: Visit) -> Response[Any]:
    """The list with its search and filters."""
    found = visit.hub.page("/products", **visit.asked(*FILTERS))
    visit.call_up(one["product_type"] for one in found.items)
    return visit.page("products/list.html", found=found, types=_types(visit))


@screens.get("/products/<product_id>")
def product(visit: Visit, product_id: str) -> Response[Any]:
    """One product with the choice of its type, or its timeline."""
    shown = visit.hub.get(f"/products/{product_id}")
    visit.form = Form.showing(shown)
    story = None
    if visit.query.get("tab") == "timeline":
        story = visit.hub.page(f"/products/{product_id}/timeline", **visit.asked())
    visit.call_up([*shown["external_ids"], shown["product_type"]])
    return visit.page("products/detail.html", product=shown, types=_types(visit), story=story)


@screens.post("/products/<product_id>")
def give_type(visit: Visit, product_id: str) -> Response[Any]:
    """Give the product its type, or none."""
    try:
        wanted = {"product_type": visit.form.text("product_type")}
        visit.hub.patch(f"/products/{product_id}", wanted, version=visit.form.version)
    except Refused as refusal:
        visit.form.refused(refusal)
        shown = visit.hub.get(f"/products/{product_id}")
        visit.call_up([*shown["external_ids"], shown["product_type"]])
        return visit.again("products/detail.html", product=shown, types=_types(visit), story=None)
    return visit.go(f"/products/{product_id}", "saved")


def _types(visit: Visit) -> list[tuple[str, str]]:
    """The tree of types as options, each below its parent and a step to the right of it (R-PT-07)."""
    return _options(visit.hub.get("/catalogues/product-types/tree")["items"], "")


def _options(nodes: list[dict[str, Any]], indent: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for node in nodes:
        code = f" ({node['code']})" if node["name"] and node["code"] else ""
        found.append((node["id"], f"{indent}{node['name'] or node['code'] or node['id']}{code}"))
        found += _options(node["children"], indent + INDENT)
    return found
