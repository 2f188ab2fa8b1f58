"""Đơn hàng: found and looked at, as the shops told of them (R-HRV-23…37)."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console import words
from console.amounts import with_sums
from console.routing import Screens
from console.visit import Visit

screens = Screens()
FILTERS = ("q", "payment_status", "order_status", "shipping_status", "order_store", "order_source", "buyer", "sort")
STATUSES = ("payment_status", "order_status", "shipping_status")
SUGGESTED = ("order_store", "order_source")


@screens.get("/orders")
def orders(visit: Visit) -> Response[Any]:
    """The list with the fields that R-HRV-24…29 name."""
    found = visit.hub.page("/orders", **visit.asked(*FILTERS))
    visit.call_up([visit.query.get("buyer"), *(_buyer(one) for one in found.items)])
    statuses = {kind: words.options(kind, visit.language) for kind in STATUSES}
    suggested = {name: sorted({one[name] for one in found.items if one[name]}) for name in SUGGESTED}
    return visit.page("orders/list.html", found=found, statuses=statuses, suggested=suggested)


@screens.get("/orders/<order_id>")
def order(visit: Visit, order_id: str) -> Response[Any]:
    """One order with its products, values and recipient (R-HRV-30), or its timeline."""
    shown = visit.hub.get(f"/orders/{order_id}")
    story = None
    if visit.query.get("tab") == "timeline":
        story = visit.hub.page(f"/orders/{order_id}/timeline", **visit.asked())
    recipient = (shown["recipient"] or {}).get("customer")
    visit.call_up([*shown["external_ids"], _buyer(shown), recipient, shown["contribution"]["buyer"]])
    return visit.page("orders/detail.html", order=shown, lines=with_sums(shown["items"]), story=story)


def _buyer(order: dict[str, Any]) -> str | None:
    """The customer who bought, by hub id."""
    return order["buyer"]["customer"] if order["buyer"] else None
