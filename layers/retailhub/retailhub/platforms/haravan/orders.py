"""Haravan's orders in the hub's words (R-HRV-23…32, A-HRV-8, A-HRV-11, A-HRV-12, A-HRV-14)."""

from typing import Any

from retailhub.domain.identity import same_person
from retailhub.domain.records import ZERO, Line, Party, Ref, Snapshot
from retailhub.platforms.haravan import amounts, customers, statuses
from retailhub.platforms.haravan.settings import Settings
from retailhub.platforms.haravan.shapes import CustomerSaid, LineSaid, OrderSaid
from retailhub.platforms.payloads import amount, checked, spoken


def snapshot(payload: Any, settings: Settings) -> Snapshot:
    """An order in the hub's words. Raises Malformed.

    An order of nobody, or of the shared guest, has no buyer and counts for nobody (A-HRV-14).
    """
    said = OrderSaid.of(payload)
    buyer = said.customer if said.customer and not customers.is_guest(said.customer) else None
    fields = {**_figures(said), **_parties(said, buyer), "order_store": _store(said, settings)}
    return checked(
        Snapshot(
            "order",
            str(said.id),
            said.updated_at or said.created_at,
            fields,
            buyer=_ref(said, buyer) if buyer else None,
            recipient=_contact(said, buyer) if buyer else None,
        )
    )


def _figures(said: OrderSaid) -> dict[str, Any]:
    return {
        "order_number": said.order_number or said.name,
        "order_created": said.created_at or None,
        "payment_status": statuses.payment_status(said),
        "order_status": statuses.order_status(said),
        "shipping_status": statuses.shipping_status(said),
        "raw_statuses": statuses.raw_statuses(said),
        "subtotal": amount(said.subtotal_price),
        "discount_total": amount(said.total_discounts),
        "total_price": amount(said.total_price),
        "paid_total": amount(amounts.paid_total(said)),
        "shipping_total": amount(amounts.shipping_total(said)),
        "refunded_total": amount(amounts.refunded_total(said)),
        "refunded_goods": amount(amounts.refunded_goods(said)),
        "order_source": said.source_name,
        "tracking_code": said.fulfillments[-1].tracking_number if said.fulfillments else None,
        "note": said.note,
        "items": tuple(_line(line) for line in said.line_items),
    }


def _line(said: LineSaid) -> dict[str, Any]:
    article = said.variant_id or said.product_id
    return spoken(
        Line(
            product_source_id=str(article) if article else None,
            sku=said.sku,
            name=said.name or said.title,
            quantity=said.quantity,
            price=said.price or ZERO,
            discount=said.total_discount,
        )
    )


def _store(said: OrderSaid, settings: Settings) -> str | None:
    """The location's name as our client found it or as the settings know it, else the shop's name (A-HRV-12)."""
    return said.shop_location or settings.locations.get(str(said.location_id)) or settings.shop_name


def _parties(said: OrderSaid, buyer: CustomerSaid | None) -> dict[str, Any]:
    """Buyer and recipient as the order names them; the recipient is whoever stands at the shipping address."""
    recipient = customers.party(said.shipping_address) if said.shipping_address else None
    return {
        "buyer": spoken(_buyer(said, buyer)) if buyer else None,
        "recipient": spoken(recipient) if recipient else None,
    }


def _buyer(said: OrderSaid, buyer: CustomerSaid) -> Party:
    billing = said.billing_address
    name = buyer.joined or (billing and (billing.name or billing.joined)) or None
    return Party(
        name=name,
        phone=customers.phone_of(buyer, billing)[0],
        email=buyer.email or said.email,
        address=customers.address(billing) if billing else None,
    )


def _ref(said: OrderSaid, buyer: CustomerSaid) -> Ref:
    """The buyer by Id Vendor (R-HRV-09), with enough for a stub where the customer has not come yet."""
    party = _buyer(said, buyer)
    known = {
        "vendor_id": str(buyer.id),
        "name": party.name,
        "phone": party.phone,
        "phone_source": customers.phone_of(buyer, said.billing_address)[1],
        "email": buyer.email,
        "source": customers.SOURCE,
    }
    return Ref("customer", str(buyer.id), {name: value for name, value in known.items() if value is not None})


def _contact(said: OrderSaid, buyer: CustomerSaid) -> Party | None:
    """The recipient if that is somebody else (A-HRV-8). What the shipping address leaves out is no difference."""
    if said.shipping_address is None:
        return None
    there, here = customers.party(said.shipping_address), _buyer(said, buyer)
    if same_person(there.phone or here.phone, there.name or here.name, here.phone, here.name):
        return None
    return there
