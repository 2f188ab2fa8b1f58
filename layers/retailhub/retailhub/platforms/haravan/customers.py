"""Haravan's customers in the hub's words: who they are, where they live, which phone is theirs (R-HRV-07…17)."""

from typing import Any, Literal

from retailhub.domain.records import Address, Party, Snapshot
from retailhub.platforms.haravan.shapes import AddressSaid, CustomerSaid
from retailhub.platforms.payloads import phone, spoken

SOURCE = "haravan"
GENDERS = {1: "male", 0: "female"}
GUEST_EMAIL = "guest@haravan.com"
GUEST_NAME = "---"
PhoneSource = Literal["contact", "default_address", "order"]


def snapshot(payload: Any) -> Snapshot:
    """A customer in the hub's words. Raises Malformed. The Id Vendor is the identity (R-HRV-07).

    The shared guest comes with `fields["guest"]` True: it is no person and is not kept (haravan.md §0.6).
    """
    said = CustomerSaid.of(payload)
    number, number_source = phone_of(said)
    fields = {
        "vendor_id": str(said.id),
        "name": said.joined,
        "phone": number,
        "phone_source": number_source,
        "email": said.email,
        "birthday": said.birthday,
        "gender": GENDERS.get(said.gender) if said.gender is not None else None,
        "note": said.note,
        "addresses": _addresses(said),
        **({"guest": True} if is_guest(said) else {}),
    }
    return Snapshot("customer", str(said.id), said.updated_at or said.created_at, fields, first={"source": SOURCE})


def is_guest(said: CustomerSaid) -> bool:
    """True for the one customer on whom orders without a customer hang."""
    return (said.email or "").casefold() == GUEST_EMAIL or said.joined == GUEST_NAME


def phone_of(said: CustomerSaid, billing: AddressSaid | None = None) -> tuple[str | None, PhoneSource | None]:
    """The contact's phone, else that of the default address (R-HRV-12), else the one on an order's billing address."""
    default = default_address(said)
    candidates: tuple[tuple[PhoneSource, str | None], ...] = (
        ("contact", said.phone),
        ("default_address", default.phone if default else None),
        ("order", billing.phone if billing else None),
    )
    return next(((phone(number), source) for source, number in candidates if number), (None, None))


def default_address(said: CustomerSaid) -> AddressSaid | None:
    """The default address; it may stand only among the addresses, marked as such."""
    return said.default_address or next((address for address in said.addresses if address.default), None)


def _addresses(said: CustomerSaid) -> tuple[dict[str, Any], ...]:
    """All addresses (R-HRV-14), the default one among them exactly once."""
    default = default_address(said)
    missing = [default] if default and all(row.id != default.id for row in said.addresses) else []
    chosen = default.id if default else -1
    return tuple(spoken(address(row, default=row.id == chosen)) for row in (*missing, *said.addresses))


def address(said: AddressSaid, *, default: bool = False) -> Address:
    """One address in the hub's words."""
    line = ", ".join(part for part in (said.address1, said.address2) if part)
    return Address(
        source_id=str(said.id) if said.id else None,
        name=said.name or said.joined,
        phone=phone(said.phone),
        line=line or None,
        ward=said.ward,
        district=said.district,
        province=said.province,
        country=said.country,
        default=default,
    )


def party(said: AddressSaid) -> Party:
    """The person at an address of an order."""
    return Party(name=said.name or said.joined, phone=phone(said.phone), address=address(said))
