"""Getfly's JSON as it really comes: numbers as text, `0000-00-00`, empty text for nothing (getfly.md §3, §10)."""

import datetime
import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from retailhub.domain.phones import e164, tidy
from retailhub.platforms.payloads import EARLIEST_YEAR, Payload

Sex = Literal["male", "female"]

_GENDERS: dict[str, Sex] = {
    "1": "female",
    "2": "male",
    "nữ": "female",
    "nam": "male",
    "female": "female",
    "male": "male",
}
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_SIX = Decimal("0.000001")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WRITTEN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def text(value: Any) -> str | None:
    """Tidy text, or None for nothing; numbers are written out."""
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, str | int):
        raise ValueError("no text")
    return tidy(str(value))


def amount(value: Any) -> Decimal:
    """`1,000,000.0`, `1000000`, 1000000 → the same amount; nothing → 0 (§6.1: the list and the detail differ)."""
    spelt = (text(value) or "0").replace(",", "")
    if not _AMOUNT.fullmatch(spelt):
        raise ValueError("no amount")
    return Decimal(spelt).quantize(_SIX)


def day(value: Any) -> str | None:
    """`1991-08-23`, `1991-08-23 00:00:00`, `23/08/1991` → `1991-08-23`; None for `0000-00-00`, `0001-…` and rubbish."""
    spelt = text(value) or ""
    if iso := _ISO.match(spelt):
        year, month, date = iso.groups()
    elif written := _WRITTEN.match(spelt):
        date, month, year = written.groups()
    else:
        return None
    try:
        found = datetime.date(int(year), int(month), int(date))
    except ValueError:
        return None
    return found.isoformat() if found.year >= EARLIEST_YEAR else None


def gender(value: Any) -> Sex | None:
    """1 is female, 2 is male: the reverse of many systems (§10.4)."""
    return _GENDERS.get((text(value) or "").lower())


def phone(value: Any) -> str | None:
    """The first possible number in the field, as +84…; a clerk may have typed two."""
    candidates = re.split(r"[,;/]", text(value) or "")
    return next((number for candidate in candidates if (number := e164(candidate))), None)


def rows(value: Any) -> list[Any]:
    """A PHP list: a list, an object with numbered keys, or anything empty."""
    if isinstance(value, dict):
        value = list(value.values())
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _identity(value: Any) -> str:
    spelt = text(value)
    if not spelt or spelt == "0":
        raise ValueError("no id")
    return spelt


Text = Annotated[str | None, BeforeValidator(text)]
Id = Annotated[str, BeforeValidator(_identity)]
Amount = Annotated[Decimal, BeforeValidator(amount)]
Day = Annotated[str | None, BeforeValidator(day)]
Gender = Annotated[Sex | None, BeforeValidator(gender)]
Phone = Annotated[str | None, BeforeValidator(phone)]


class Contact(Payload):
    """A contact person of an account."""

    phone_mobile: Phone = None
    phone_home: Phone = None
    email: Text = None


class Account(Payload):
    """A customer; `model_fields_set` tells which fields this answer speaks of (lists, details and tenants differ)."""

    account_id: Id
    account_code: Text = None
    account_name: Text = None
    address: Text = None
    province_name: Text = None
    phone: Phone = None
    email: Text = None
    birthday: Day = None
    gender: Gender = None
    description: Text = None
    account_type: Text = None
    account_source: Text = None
    manager_user_name: Text = None
    manager_email: Text = None
    contacts: Annotated[list[Contact], BeforeValidator(rows)] = Field(default=[])


class Product(Payload):
    """A product of the list or of the detail's `data`."""

    product_id: Id
    product_code: Text = None
    product_name: Text = None
    cover_price: Amount | None = None
    unit: Text = None
    category_name: Text = None
    barcode: Text = None


class Line(Payload):
    """A line of an order; `amount` is after its own discounts."""

    product_id: Text = None
    product_code: Text = None
    product_name: Text = None
    quantity: Amount = Decimal(0)
    price: Amount = Decimal(0)
    product_sale_off: Amount = Decimal(0)
    cash_discount: Amount = Decimal(0)
    amount: Amount | None = None


class Payment(Payload):
    """Money received for an order."""

    amount: Amount = Decimal(0)


class OrderInfo(Payload):
    """The head of an order's detail."""

    order_id: Id
    order_code: Text = None
    order_date: Day = None
    order_type: Text = None
    order_status: Text = None
    status_label: Text = None
    payment_status: Text = None
    lading_status: Text = None
    lading_code: Text = None
    lading_info: Any = None
    amount: Amount = Decimal(0)
    discount_amount: Amount = Decimal(0)
    transport_amount: Amount = Decimal(0)
    source_name: Text = None
    is_repay: Text = None
    assigned_name: Text = None
    assigned_user_email: Text = None
    account_id: Text = None
    account_code: Text = None
    account_name: Text = None
    account_phone: Phone = None
    account_email: Text = None
    account_address: Text = None


class Detail(Payload):
    """An order as `GET /orders/detail` answers it."""

    order_info: OrderInfo
    products: Annotated[list[Line], BeforeValidator(rows)] = Field(default=[])
    payments: Annotated[list[Payment], BeforeValidator(rows)] = Field(default=[])
