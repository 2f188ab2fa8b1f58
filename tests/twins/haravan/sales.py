"""What Haravan's invented shop sells: orders, their totals and status words, and refunds."""

from typing import Any

from tests.twins.haravan.goods import BASES, GUEST, LOCATIONS, VARIANTS, address_of
from tests.twins.haravan.texts import spoken
from tests.twins.invented import basket, person

Record = dict[str, Any]
Records = dict[str, dict[Any, Record]]
STATES: tuple[Record, ...] = (
    {"financial_status": "paid", "fulfillment_status": "fulfilled", "confirmed_status": "confirmed"},
    {"financial_status": "paid", "fulfillment_status": "fulfilled", "closed_status": "closed"},
    {"financial_status": "paid", "fulfillment_status": None},
    {"financial_status": "pending", "fulfillment_status": None},
    {"financial_status": "partially_paid", "fulfillment_status": "partial"},
    {"financial_status": "voided", "cancelled_status": "cancelled", "cancel_reason": "customer"},
    {"financial_status": "partially_refunded", "fulfillment_status": "fulfilled"},
    {"financial_status": "refunded", "fulfillment_status": "restocked"},
    {"financial_status": "pending", "confirmed_status": "confirmed"},
    {"financial_status": "authorized", "fulfillment_status": None},
)
COD = {"gateway": "Thanh toán khi giao hàng (COD)", "gateway_code": "COD"}
BANK = {"gateway": "Chuyển khoản", "gateway_code": "BankDeposit"}


def invented_order(number: int, records: Records) -> Record:
    """Order `number`: every ninth a till sale without buyer, another ninth a guest's; a third go to a recipient."""
    count = len(records["customers"]) - (GUEST in records["customers"])
    buyer = BASES["customers"] + number * 3 % count if count and number % 9 not in (0, 4) else None
    receiver = person(number + 500_000) if number % 3 == 1 else None
    lines = [{"product_number": at, "quantity": quantity} for at, quantity in basket(number, len(records["products"]))]
    order: Record = {
        **STATES[number % len(STATES)], **(COD if number % 2 else BANK), "line_items": lines,
        "customer": {"id": buyer} if buyer else None, "source_name": "pos" if number % 9 == 0 else "web",
        "discount_codes": [{"code": "CHAO30", "amount": 30000, "type": "fixed_amount"}] if number % 6 == 2 else [],
        "shipping_lines": [{"code": "GHTC", "price": 30000, "source": None, "title": "Giao tiêu chuẩn"}],
        "note": "Giao giờ hành chính 🎁" if number % 8 == 0 else None,
    }  # fmt: skip
    if receiver:
        order["shipping_address"] = address_of(receiver, False, receiver.spelt_phone)
    return order


def filled_order(order: Record, records: Records, stamp: str, odd: bool) -> Record:
    """Fill up an order as the shop would: lines, totals, addresses, status words. Answers a new record."""
    defaults: Record = {
        "confirmed_at": None, "closed_at": None, "cancelled_at": None, "cancel_reason": None,
        "closed_status": "unclosed", "cancelled_status": "uncancelled", "confirmed_status": "unconfirmed",
        "financial_status": "pending", "fulfillment_status": None, "source_name": "web", "currency": "VND",
        "total_tax": 0.0, "taxes_included": False, **COD, "note": None, "note_attributes": [], "tags": None,
        "customer": None, "billing_address": None, "shipping_address": None, "line_items": [], "shipping_lines": [],
        "discount_codes": [], "fulfillments": [], "refunds": [], "user_id": None, "device_id": None,
        "location_id": LOCATIONS[0]["id"], "redeem_model": None, "omni_order_status": 0, "omni_order_status_name": None,
    }  # fmt: skip
    full = {**defaults, **order}
    full.update(name=f"#{order['id'] - 1499900000}", number=order["id"], source=full["source_name"])
    full.update(order_number=full["name"], token=f"{order['id']:032x}", total_weight=0)
    full["line_items"] = [_line(part, at, full, records) for at, part in enumerate(full["line_items"])]
    _totals(full)
    _addresses(full, records)
    if full["cancelled_status"] == "cancelled" and not full["cancelled_at"]:
        full["cancelled_at"] = stamp
    full["financial_status"] = spoken(full["financial_status"], odd)
    full["fulfillment_status"] = spoken(full["fulfillment_status"], odd)
    full.setdefault("transactions", [_transaction(full, stamp, odd)])
    return full


def refund_record(wish: Record, order: Record, key: int, stamp: str, odd: bool) -> Record:
    """A refund: `amount` VND given back (0: goods only) and `line_items` [{line_item_id, quantity}] come back."""
    items = [
        {"id": key * 10 + at, "line_item_id": part["line_item_id"], "quantity": part["quantity"],
         "line_item": {"id": 0, "quantity": part["quantity"]}}
        for at, part in enumerate(wish.get("line_items") or [])
    ]  # fmt: skip
    amount = wish["amount"] if "amount" in wish else 0 if items else order["total_price"]
    money = {
        "id": key + 890_000_000, "order_id": order["id"], "parent_id": None, "kind": "refund",
        "status": spoken("success", odd), "amount": -abs(amount), "gateway": order["gateway"], "currency": "VND",
        "created_at": stamp, "test": False, "is_cod_gateway": False,
    }  # fmt: skip
    return {
        "id": key, "order_id": order["id"], "created_at": stamp, "note": wish.get("note"), "user_id": 200000555001,
        "location_id": None, "restock": wish.get("restock"), "refund_line_items": items or None,
        "transactions": [money] if amount else [],
    }  # fmt: skip


def paid_back(order: Record) -> float:
    """VND given back so far, a positive number."""
    return -sum(part["amount"] for refund in order["refunds"] for part in refund["transactions"])


def _line(part: Record, at: int, order: Record, records: Records) -> Record:
    product, variant = _article(part, records)
    price = part.get("price", variant.get("price", 0))
    title, kind = product.get("title", "Hàng lẻ"), variant.get("title")
    return {
        "id": order["id"] * 10 + at, "product_id": product.get("id"), "variant_id": variant.get("id"),
        "sku": variant.get("sku"), "barcode": variant.get("barcode"), "title": title, "variant_title": kind,
        "name": f"{title} - {kind}", "vendor": product.get("vendor"), "type": product.get("product_type"),
        "quantity": 1, "fulfillable_quantity": part.get("quantity", 1), "price": price, "price_original": price,
        "price_promotion": 0.0, "total_discount": 0, "applied_discounts": [], "grams": variant.get("grams", 0),
        "fulfillment_status": "notfulfilled", "requires_shipping": True, "taxable": True, "gift_card": False,
        "product_exists": bool(product), "properties": None,
        **{key: value for key, value in part.items() if key != "product_number"},
    }  # fmt: skip


def _article(part: Record, records: Records) -> tuple[Record, Record]:
    key = part.get("product_id") or BASES["products"] + part.get("product_number", -1)
    if part.get("variant_id"):
        key = BASES["products"] + (part["variant_id"] - VARIANTS) // 10
    product = records["products"].get(key, {})
    variants = product.get("variants") or [{}]
    return product, next((row for row in variants if row.get("id") == part.get("variant_id")), variants[0])


def _totals(order: Record) -> None:
    goods = sum(line["price"] * line["quantity"] for line in order["line_items"])
    discounts = sum(part["amount"] for part in order["discount_codes"])
    shipping = sum(part["price"] for part in order["shipping_lines"])
    order.update(total_line_items_price=goods, total_discounts=discounts, subtotal_price=goods - discounts)
    order["total_price"] = order["subtotal_price"] + shipping


def _addresses(order: Record, records: Records) -> None:
    buyer = records["customers"].get((order["customer"] or {}).get("id"))
    if buyer is None:
        order["customer"] = None
        return
    order["customer"] = {**buyer, "addresses": [], "default_address": None}
    order["email"] = order["contact_email"] = buyer["email"]
    place = buyer.get("default_address") or {}
    if place and not order["billing_address"]:
        order["billing_address"] = {**place, "id": buyer["id"], "default": True}
    if place and not order["shipping_address"]:
        order["shipping_address"] = {key: value for key, value in place.items() if key not in ("id", "default")}
    if order["shipping_address"]:
        order["shipping_address"].update(latitude=0.0, longitude=0.0)


def _transaction(order: Record, stamp: str, odd: bool) -> Record:
    paid = order["financial_status"] in ("paid", "refunded", "partially_refunded")
    return {
        "id": order["id"] + 400_000_000, "order_id": order["id"], "parent_id": None,
        "kind": "capture" if paid else "pending", "status": spoken("success", odd) if paid else None,
        "amount": order["total_price"], "gateway": order["gateway"], "currency": "VND", "created_at": stamp,
        "is_cod_gateway": order["gateway_code"] == "COD",
    }  # fmt: skip
