"""Getfly's customers, products and orders in the hub's words (getfly.md §4.1, §5, §6.1)."""

from decimal import Decimal
from typing import Any

from retailhub.domain.errors import Malformed
from retailhub.domain.identity import hub_id_of
from retailhub.domain.instants import instant
from retailhub.domain.records import RecordType, Ref, Snapshot
from retailhub.platforms.getfly import words
from retailhub.platforms.getfly.settings import Settings
from retailhub.platforms.getfly.shapes import Account, Detail, Line, OrderInfo, Product
from retailhub.platforms.payloads import amount

KEY = "getfly"
"""The source key of customers that say nothing else."""

_SIX = Decimal("0.000001")


def snapshot(record_type: RecordType, payload: Any, settings: Settings) -> Snapshot:
    """A record as Getfly shows it. v3 tells no time of change, so the version is "": apply re-reads where it matters.

    Raises Malformed with the field's name and none of its content.
    """
    try:
        if record_type == "customer":
            return _customer(Account.of(_flat_account(payload)))
        if record_type == "product":
            return _product(Product.of(_inner(payload, "data")))
        if record_type == "order":
            return _order(Detail.of(payload), settings)
    except ArithmeticError:
        raise Malformed("number_out_of_bounds") from None
    raise Malformed("unknown_type", field="type")


def _inner(payload: Any, name: str) -> Any:
    inner = payload.get(name) if isinstance(payload, dict) else None
    return inner if isinstance(inner, dict) else payload


def _flat_account(payload: Any) -> Any:
    """The detail `{info, contacts}` in the shape of the lists."""
    if not isinstance(payload, dict) or not isinstance(payload.get("info"), dict):
        return payload
    return {"contacts": payload.get("contacts"), **payload["info"]}


def _customer(theirs: Account) -> Snapshot:
    """Only fields that this answer speaks of: `gender` and the person in charge are not in every tenant's answers."""
    said: dict[str, Any] = {"name": theirs.account_name, **_reachable(theirs)}
    named = {"birthday": theirs.birthday, "gender": theirs.gender, "note": theirs.description}
    given = theirs.model_fields_set
    said |= {ours: value for ours, value in named.items() if _theirs(ours) in given}
    if {"manager_user_name", "manager_email"} & given:
        said["account_manager"] = theirs.manager_user_name or theirs.manager_email
    if theirs.account_type:
        said["groups"] = tuple(group.strip() for group in theirs.account_type.split(",") if group.strip())
    if theirs.address:
        said["addresses"] = ({"line": theirs.address, "province": theirs.province_name, "default": True},)
    return Snapshot(
        "customer",
        theirs.account_id,
        fields=said | _own_code("code", theirs.account_code),
        first={"source": theirs.account_source or KEY},
        code=theirs.account_code,
    )


def _theirs(ours: str) -> str:
    return {"note": "description"}.get(ours, ours)


def _reachable(theirs: Account) -> dict[str, Any]:
    """Phone and e-mail of the account, else of its first contacts who have one."""
    numbers = [theirs.phone, *(number for c in theirs.contacts for number in (c.phone_mobile, c.phone_home))]
    number = next(filter(None, numbers), None)
    email = next(filter(None, [theirs.email, *(c.email for c in theirs.contacts)]), None)
    return {"phone": number, "phone_source": "contact" if number else None, "email": email}


def _own_code(field: str, code: str | None) -> dict[str, Any]:
    """A code that Getfly or its people gave; one of ours says who the record is, not what it is called."""
    return {} if hub_id_of(code) else {field: code}


def _product(theirs: Product) -> Snapshot:
    said = {
        "code": theirs.product_code,
        "name": theirs.product_name,
        "price": amount(theirs.cover_price),
        "unit": theirs.unit,
        "category": theirs.category_name,
        "barcode": theirs.barcode,
    }
    return Snapshot(
        "product", theirs.product_id, fields={n: v for n, v in said.items() if v is not None}, code=theirs.product_code
    )


def _order(theirs: Detail, settings: Settings) -> Snapshot:
    info = theirs.order_info
    said = _amounts(theirs) | _statuses(theirs, settings)
    said |= {"order_type": "purchase" if info.order_type == "1" else "sale", "tracking_code": info.lading_code}
    said |= {"seller": info.assigned_user_email or info.assigned_name, "buyer": _party(info)}
    said["items"] = tuple(_line(line) for line in theirs.products)
    if "source_name" in info.model_fields_set:
        said["order_source"] = info.source_name
    if not hub_id_of(info.order_code):  # an order that we made here keeps the number and the time of its birthplace
        said |= {"order_number": info.order_code, "order_created": instant(info.order_date) or None}
    return Snapshot("order", info.order_id, fields=said, code=info.order_code, buyer=_buyer(info))


def _amounts(theirs: Detail) -> dict[str, Any]:
    info = theirs.order_info
    return {
        "subtotal": amount(sum((_worth(line) for line in theirs.products), Decimal(0))),
        "discount_total": amount(info.discount_amount),
        "total_price": amount(info.amount),
        "paid_total": amount(sum((payment.amount for payment in theirs.payments), Decimal(0))),
        "shipping_total": amount(info.transport_amount),
    }


def _statuses(theirs: Detail, settings: Settings) -> dict[str, Any]:
    info = theirs.order_info
    code, title = words.carrier(info.lading_info)
    paid = sum((payment.amount for payment in theirs.payments), Decimal(0))
    raw = {
        "order_status": info.order_status,
        "status_label": info.status_label,
        "payment_status": info.payment_status,
        "lading_status": info.lading_status or code,
        "lading_title": title,
    }
    return {
        "order_status": words.order_status(info.status_label, info.order_status, settings.order_statuses),
        "shipping_status": words.shipping_status(
            info.lading_status or code, title, info.status_label, settings.shipping_statuses
        ),
        "payment_status": words.payment_status(
            info.payment_status, paid, info.amount, returned=info.is_repay not in (None, "0")
        ),
        "raw_statuses": {name: value for name, value in raw.items() if value},
    }


def _worth(line: Line) -> Decimal:
    """A line after its own discounts."""
    if line.amount is not None:
        return line.amount
    gross = line.quantity * line.price
    return (gross - gross * line.product_sale_off / 100 - line.cash_discount).quantize(_SIX)


def _line(line: Line) -> dict[str, Any]:
    given = {"sku": line.product_code, "name": line.product_name, "product_source_id": line.product_id}
    discount = line.quantity * line.price - _worth(line)
    figures = {"quantity": line.quantity, "price": line.price, "discount": discount.quantize(_SIX)}
    words = {name: value for name, value in given.items() if value and value != "0"}
    return words | {name: amount(figure) for name, figure in figures.items()}


def _party(info: OrderInfo) -> dict[str, Any]:
    address = {"line": info.account_address} if info.account_address else None
    return {"name": info.account_name, "phone": info.account_phone, "email": info.account_email, "address": address}


def _buyer(info: OrderInfo) -> Ref | None:
    if not info.account_id or info.account_id == "0":
        return None
    known = {"name": info.account_name, "phone": info.account_phone, "email": info.account_email}
    stub = {name: value for name, value in known.items() if value}
    return Ref("customer", info.account_id, stub | {"source": KEY}, info.account_code)
