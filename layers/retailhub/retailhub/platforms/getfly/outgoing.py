"""The hub's customers and orders as Getfly's API v3 takes them: other names than it reads (getfly.md §4.1, §6.1)."""

from typing import Any

from retailhub.domain.identity import remote_code
from retailhub.domain.instants import vietnam_day
from retailhub.domain.phones import local
from retailhub.domain.records import Customer, Line, Order, Party, Record
from retailhub.platforms.base import Remote, View
from retailhub.platforms.getfly.settings import Settings
from retailhub.platforms.outgoing import filled, home, number, one_line

GENDERS = {"female": 1, "male": 2}
SOURCES = {"cnv": "CNV", "retailer": "KiotViet", "haravan": "Haravan", "getfly": "Getfly"}
"""Source keys as people in Getfly read them; other texts ("CNV – Zalo OA", A-CNV-9) go as they are."""


def customer_view(record: Record) -> View:
    """The body of POST and PUT /account without its code. `referer` (the source) goes only with a new account; the part
    `manager` is who is in charge there."""
    customer: Customer = record.fields
    account = {
        "account_name": customer.name or local(customer.phone) or remote_code(record.id),
        "phone_office": local(customer.phone),
        "email": customer.email,
        "gender": GENDERS.get(customer.gender or ""),
        "billing_address_street": one_line(home(customer)),
        "birthday": written_day(customer.birthday),
        "description": customer.note,
    }
    content: dict[str, Any] = {"account": filled(account)}
    if customer.source:
        content["referer"] = SOURCES.get(customer.source, customer.source)
    return {"content": content} | _in_charge(customer)


def _in_charge(customer: Customer) -> View:
    """A part of its own: it has a call of its own, and goes there without the content too (R-GA-06)."""
    return {"manager": {"account_manager": customer.account_manager}} if customer.account_manager else {}


def order_view(record: Record, buyer: tuple[Record, Remote] | None, settings: Settings) -> View:
    """The body of POST and PUT /orders without its code; `Writing` refuses to send one without the buyer's
    `account_code`, because Getfly would make a new customer of it (§6.1)."""
    order: Order = record.fields
    customer, account = buyer or (None, None)
    info = {
        "account_code": account.code if account else None,
        **_party(order.buyer or Party(), customer.fields if customer else Customer()),
        "order_date": written_day(_day(order.order_created)),
        "discount_amount": number(order.discount_total),
        "transport_amount": number(order.shipping_total),
        "amount": number(order.total_price),
        "source_name": SOURCES.get(order.order_source or "", order.order_source),
    }
    lines = [_line(line, settings.code_of_lines_without_one) for line in order.items]
    return {"content": {"order_info": filled(info), "products": lines}}


def written_day(iso: str | None) -> str | None:
    """`1991-08-23` → `23/08/1991`: Getfly reads ISO days and writes d/m/Y."""
    return "/".join(reversed(iso[:10].split("-"))) if iso else None


def _day(moment: str | None) -> str | None:
    return vietnam_day(moment).isoformat() if moment else None


def _party(party: Party, customer: Customer) -> dict[str, Any]:
    """The buyer as the order names them, else as their record does."""
    return {
        "account_name": party.name or customer.name,
        "account_phone": local(party.phone or customer.phone),
        "account_email": party.email or customer.email,
        "account_address": one_line(party.address) or one_line(home(customer)),
    }


def _line(line: Line, code_without_one: str) -> dict[str, Any]:
    return {
        "product_code": line.sku or code_without_one,
        "product_name": line.name or line.sku or code_without_one,
        "quantity": number(line.quantity),
        "price": number(line.price),
        "product_sale_off": 0,
        "cash_discount": number(line.discount),
    }
