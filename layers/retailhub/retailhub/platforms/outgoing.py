"""Records on their way out: what the views of several platforms have in common (A-HRV-15, A-HRV-16)."""

from decimal import Decimal
from typing import Any

from retailhub.domain.phones import tidy
from retailhub.domain.records import Address, Customer


def filled(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the fields that have no value: a blank would wipe what the platform has (A-HRV-15)."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}


def number(value: Decimal) -> int | float:
    """A JSON number: whole đồng stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def split_name(name: str | None) -> tuple[str | None, str | None]:
    """Last and first name of `Trần Thu Hà`: (`Trần Thu`, `Hà`), for the last word is the first name (A-HRV-16)."""
    rest, _, last_word = (tidy(name) or "").rpartition(" ")
    return rest or None, last_word or None


def home(customer: Customer) -> Address | None:
    """The default address, else the first one."""
    return next((address for address in customer.addresses if address.default), next(iter(customer.addresses), None))


def one_line(address: Address | None) -> str | None:
    """An address in one line."""
    parts = (address.line, address.ward, address.district, address.province) if address else ()
    return ", ".join(part for part in parts if part) or None
