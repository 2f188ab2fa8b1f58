"""Orders as they came in."""

from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api import stories
from retailhub.api.routes import Routes
from retailhub.api.shapes import records as shapes
from retailhub.api.shapes.base import ByTime, Cursor, Limit, ListOf, Search, Word
from retailhub.api.shapes.records import OrderAnswer, TimelineLine
from retailhub.api.visit import Here
from retailhub.crm import filters, listings, records
from retailhub.domain.records import Order, OrderStatus, PaymentStatus, ShippingStatus

routes = Routes("orders")


@routes.get("/orders", "viewer")
def list_orders(
    here: Here,
    order_number: Word = None,
    order_status: Annotated[OrderStatus | None, Query()] = None,
    payment_status: Annotated[PaymentStatus | None, Query()] = None,
    shipping_status: Annotated[ShippingStatus | None, Query()] = None,
    order_source: Word = None,
    order_store: Word = None,
    buyer: Word = None,
    q: Search = None,
    sort: ByTime = "-created_at",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ListOf[OrderAnswer]:
    """Tìm đơn hàng / Find orders"""
    equal = {
        "order_number": order_number,
        "order_status": order_status,
        "payment_status": payment_status,
        "shipping_status": shipping_status,
        "order_source": order_source,
        "order_store": order_store,
        "buyer.customer": buyer,
    }
    page: dict[str, Any] = {"limit": limit, "cursor": here.opened(cursor), "sort": sort}
    if buyer:
        keep = filters.keeping(equal, q, _words)
        found = listings.of_customer(here.office, buyer, "order", keep=keep, **page)
    else:
        found = filters.filtered(here.office, "order", equal, q, _words, **page)
    return ListOf[OrderAnswer](**here.page(found, [shapes.order(record) for record in found.items]))


def _words(one: Order) -> tuple[str | None, ...]:
    """What a search for an order looks into: its number, and the people it names."""
    parties = [party for party in (one.buyer, one.recipient) if party]
    return (one.order_number, one.tracking_code, *(text for p in parties for text in (p.name, p.phone)))


@routes.get("/orders/<order_id>", "viewer")
def get_order(here: Here, order_id: str) -> OrderAnswer:
    """Một đơn hàng / One order"""
    return shapes.order(records.find(here.office, "order", order_id))


@routes.get("/orders/<order_id>/timeline", "viewer")
def get_order_timeline(here: Here, order_id: str, limit: Limit = 50, cursor: Cursor = None) -> ListOf[TimelineLine]:
    """Những gì đã xảy ra với đơn hàng, theo thứ tự / What happened to the order, in order"""
    return stories.told(here, "order", order_id, limit, cursor)
