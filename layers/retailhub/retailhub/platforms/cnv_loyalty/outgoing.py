"""The hub's records as CNV's partner API takes them; beyond customers its fields are our assumption (§A.2, §A.3)."""

from decimal import Decimal
from typing import Any

from retailhub.domain.identity import remote_code
from retailhub.domain.instants import VIETNAM, parse
from retailhub.domain.phones import local
from retailhub.domain.records import Customer, Line, Order, Product, Record
from retailhub.platforms.base import Remote, View
from retailhub.platforms.cnv_loyalty.settings import Settings
from retailhub.platforms.outgoing import filled, home, number, one_line, split_name

STATUSES = {"open": "new", "confirmed": "approved", "closed": "delivered", "cancelled": "cancelled"}
"""Order status → neutral word (§5); one that we do not understand ourselves is not passed on."""

SHIPPING = frozenset({"packing", "delivering", "delivered", "returned", "cancelled"})


def customer_view(record: Record) -> View:
    """Body of `POST /api/webhook/customers` (§A.2)."""
    customer: Customer = record.fields
    last, first = split_name(customer.name)
    place = home(customer)
    content = {
        "ref_id": remote_code(record.id),
        "first_name": first,
        "last_name": last,
        "phone": local(customer.phone),
        "email": customer.email,
        "full_address": one_line(place),
        "address": place.line if place else None,
        "sex": customer.gender,
        "birthday": customer.birthday,
    }
    return {"content": filled(content)}


def product_view(record: Record) -> View:
    """Body of `POST /api/webhook/products`."""
    product: Product = record.fields
    content = {
        "ref_id": remote_code(record.id),
        "sku": product.code,
        "name": product.name,
        "price": None if product.price is None else number(product.price),
        "unit": product.unit,
        "category": product.category,
        "barcode": product.barcode,
    }
    return {"content": filled(content)}


def order_view(record: Record, buyer: tuple[Record, Remote] | None, settings: Settings) -> View:
    """Body of `POST /api/webhook/orders` in two parts; statuses travel alone after approval (A-CNV-2, A-CNV-3)."""
    order: Order = record.fields
    lines = sum((line.quantity * line.price - line.discount for line in order.items), Decimal(0))
    content = {
        "ref_id": remote_code(record.id),
        "customer": _buyer(buyer[0]) if buyer else None,
        "created_at": parse(order.order_created).astimezone(VIETNAM).isoformat() if order.order_created else None,
        "subtotal": number(lines if order.subtotal is None else order.subtotal),
        "discount": number(order.discount_total),
        "shipping_fee": number(order.shipping_total),
        "total": number(order.total_price),
        "items": [_line(line) for line in order.items],
    }
    status = {
        "status": STATUSES.get(order.order_status),
        "payment_status": None if order.payment_status == "other" else order.payment_status,
        "shipping_status": order.shipping_status if order.shipping_status in SHIPPING else None,
    }
    words = {name: settings.words.get(word, word) for name, word in status.items() if word}
    return {"content": filled(content), "status": words}


def _buyer(customer: Record) -> dict[str, Any]:
    view = customer_view(customer)["content"]
    return {name: view[name] for name in ("ref_id", "phone", "first_name", "last_name") if name in view}


def _line(line: Line) -> dict[str, Any]:
    figures = {"quantity": number(line.quantity), "price": number(line.price)}
    return filled({"sku": line.sku, "name": line.name, **figures, "discount": number(line.discount) or None})
