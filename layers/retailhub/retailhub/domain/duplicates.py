"""Which fields of customers and leads can be unique or required, and in which form their values are compared."""

from collections.abc import Iterable
from typing import Any

from retailhub.domain.fields import Address
from retailhub.domain.phones import e164, tidy
from retailhub.domain.records import Record
from retailhub.domain.rules import DuplicateSettings

FIELDS: dict[str, tuple[str, str]] = {
    "name": ("Tên khách hàng", "Name"),
    "phone": ("Số điện thoại", "Phone"),
    "email": ("E-mail", "E-mail"),
    "tax_code": ("Mã số thuế", "Tax code"),
    "address": ("Địa chỉ", "Address"),
    "website": ("Website", "Website"),
    "fax": ("Fax", "Fax"),
    "bank_account": ("Tài khoản ngân hàng", "Bank account"),
    "birthday": ("Ngày sinh / ngày thành lập", "Date of birth or founding"),
    "source": ("Nguồn gốc", "Source"),
    "group": ("Nhóm khách hàng", "Customer group"),
}
"""The listed fields in the order of the screen, in Vietnamese and English (A-DUP-1); custom ones come behind them."""
CUSTOM = "custom."
NAME = "name"
"""Always required of what people enter (A-DUP-1)."""
CHECKED = ("customer", "lead")
MATCHING = ("kiotviet", "crmviet", "crmviet_cloud")
"""Platforms whose unknown records are matched by the unique fields (A-DUP-2, A-X-1). Getfly and CNV go by the phone,
whatever is ticked; Haravan's customers are told apart by their Id Vendor alone (R-HRV-10)."""
MOST_VALUES = 10
"""Addresses or groups of one record that are looked at: one transaction holds a hundred items."""
_ATTRIBUTES = {"address": "addresses", "group": "groups"}


def label(field: str) -> tuple[str, str]:
    """What the field is called, in Vietnamese and English; a custom one has its own name."""
    own = field.removeprefix(CUSTOM)
    return FIELDS.get(field) or (own, own)


def asked(field: str, fields: Any) -> bool:
    """Whether this kind of record has the field at all: a lead has no bank account, so none is asked of it."""
    if field.startswith(CUSTOM):
        return hasattr(fields, "custom")
    return hasattr(fields, _ATTRIBUTES.get(field, field))


def values(field: str, fields: Any) -> tuple[str, ...]:
    """The field's values as they are compared (A-DUP-4): none for a blank, several for addresses and groups."""
    spoken = (_compared(field, value) for value in _raw(field, fields))
    return tuple(dict.fromkeys(value for value in spoken if value))[:MOST_VALUES]


def of_record(field: str, record: Record | None) -> tuple[str, ...]:
    """The values that a record has a claim on: none if it is removed or went on as a customer."""
    return values(field, record.fields) if record and living(record) else ()


def living(record: Record) -> bool:
    """Whether the record counts as one that has its values: a removed one does not (A-DUP-5), nor does a lead that
    became a customer, for then the customer has them."""
    return not (record.deleted or (record.type == "lead" and record.fields.status == "converted"))


def unique(settings: DuplicateSettings) -> list[str]:
    """The fields that are checked against duplicates, in their order."""
    return ordered(field for field, setting in settings.fields.items() if setting.unique)


def required(settings: DuplicateSettings) -> list[str]:
    """The fields that must be entered, in their order; the name always."""
    return ordered({NAME} | {field for field, setting in settings.fields.items() if setting.required})


def missing(settings: DuplicateSettings, fields: Any) -> tuple[str, ...]:
    """The required fields that are blank."""
    return tuple(field for field in required(settings) if asked(field, fields) and not values(field, fields))


def ordered(fields: Iterable[str]) -> list[str]:
    """Listed fields as the screen has them, then custom ones by name."""
    places = {field: place for place, field in enumerate(FIELDS)}
    return sorted(fields, key=lambda field: (places.get(field, len(places)), field))


def _raw(field: str, fields: Any) -> Iterable[Any]:
    if field.startswith(CUSTOM):
        return (getattr(fields, "custom", {}).get(field.removeprefix(CUSTOM)),)
    value = getattr(fields, _ATTRIBUTES.get(field, field), None)
    return value if isinstance(value, tuple) else (value,)


def _compared(field: str, value: Any) -> str:
    if isinstance(value, Address):
        value = _in_one_line(value)
    text = (tidy(value) or "").casefold()
    return (e164(value) or text) if field in ("phone", "fax") else text


def _in_one_line(address: Address) -> str:
    """An address without a street names no place that only one customer could have."""
    parts = (address.line, address.ward, address.district, address.province, address.country)
    return ", ".join(filled for part in parts if (filled := tidy(part))) if tidy(address.line) else ""
