"""KiotViet's customers, products and invoices in the hub's words (R-KV-10…14, A-KV-5, A-KV-6, A-KV-8)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retailhub.domain.errors import Malformed, Unwanted
from retailhub.domain.identity import record_id
from retailhub.domain.phones import tidy
from retailhub.domain.records import Address, ContractStatus, Line, Party, RecordType, Ref, Snapshot
from retailhub.platforms.kiotviet.settings import Settings
from retailhub.platforms.kiotviet.shapes import CustomerSaid, DeliverySaid, InvoiceSaid, LineSaid, ProductSaid
from retailhub.platforms.payloads import amount, checked, phone, spoken

SOURCE = "retailer"
"""The source of every customer from KiotViet (R-SRC-07)."""

WALK_IN = "walk-in"
"""Source id of the one customer to whom invoices without a customer belong (A-KV-6)."""

STATUSES: dict[int, ContractStatus] = {1: "completed", 2: "cancelled", 3: "processing", 5: "undeliverable"}
GENDERS = {True: "male", False: "female", None: None}


@dataclass(frozen=True)
class Store:
    """What the mapping must know of the connection: its display name, its settings and the shop's code."""

    name: str
    settings: Settings
    retailer: str = ""


def snapshot(record_type: RecordType, payload: Any, store: Store) -> Snapshot:
    """KiotViet's JSON of one record, from a page or a webhook, in the hub's words.

    Raises Malformed, or Unwanted for an invoice of a branch that the store does not take.
    """
    if record_type not in READERS:
        raise Malformed("unknown_record_type", field=record_type)
    return checked(READERS[record_type](payload, store))


def _customer(payload: Any, _: Store) -> Snapshot:
    said = CustomerSaid.of(payload)
    fields = {
        "name": said.name,
        "code": said.code,
        "phone": phone(said.contact_number),
        "email": said.email,
        "birthday": said.birth_date,
        "gender": GENDERS[said.gender],
        "tax_code": said.tax_code,
        "note": said.comments,
        "addresses": _addresses(said),
    }
    return Snapshot("customer", str(said.id), said.version, fields, first={"source": SOURCE}, code=said.code)


def _addresses(said: CustomerSaid) -> tuple[dict[str, Any], ...]:
    """KiotViet keeps one address; it is the default one."""
    address = _address(said.address, said.location_name)
    return (spoken(address.model_copy(update={"default": True})),) if address else ()


def _address(line: str | None, location: str | None) -> Address | None:
    """`Hà Nội - Quận Ba Đình` → province and district; since 2025 the second part may be missing (kiotviet.md §5)."""
    province, _, district = (location or "").partition(" - ")
    if not (line or province):
        return None
    return Address(line=line, province=tidy(province), district=tidy(district))


def _product(payload: Any, store: Store) -> Snapshot:
    """A product; its category stands for a product type of the code `KV-{store}-{id}` (A-PT-6)."""
    said = ProductSaid.of(payload)
    parent = said.master_unit_id or said.master_product_id
    fields = {
        "code": said.code,
        "name": said.full_name or said.name,
        "price": amount(said.base_price),
        "unit": said.unit,
        "category": said.category_name,
        "active": said.is_active is not False,
        "parent": str(parent) if parent else None,
        **_category(said, store),
    }
    return Snapshot("product", str(said.id), said.version, fields, code=said.code)


def _category(said: ProductSaid, store: Store) -> dict[str, str]:
    """The id of the type follows from its code, so that the goods can name it before anybody has made it. What is told
    without a category leaves the type to the admin."""
    if not said.category_id:
        return {}
    code = f"KV-{store.retailer}-{said.category_id}"
    return {"category_code": code, "product_type": record_id("product_type", code)}


def _contract(payload: Any, store: Store) -> Snapshot:
    """An invoice as a contract: value is the total after discount, what is not paid is debt (A-KV-5).

    The owner is the seller's employee; `first` holds what stands in for it and for the type where nobody knows better.
    """
    said = InvoiceSaid.of(payload)
    settings = store.settings
    if settings.branches and said.branch_id not in settings.branches:
        raise Unwanted("other_branch", "the invoice belongs to a branch that this store does not take")
    owner = settings.sellers.get(str(said.sold_by_id))
    fields = {
        "code": said.code,
        "value": amount(said.total),
        "paid": amount(said.total_payment),
        "status": STATUSES.get(said.status or 0, "other"),
        "raw_statuses": _raw_statuses(said),
        "start_date": said.purchase_date,
        "branch": said.branch_name,
        "seller": said.sold_by_name,
        "recipient": _recipient(said.invoice_delivery),
        "items": tuple(_line(line) for line in said.invoice_details),
        **({"owner": owner} if owner else {}),
    }
    defaults = {"contract_type": settings.default_contract_type, "owner": None if owner else settings.default_owner}
    return Snapshot(
        "contract",
        str(said.id),
        said.version,
        fields,
        first={name: value for name, value in defaults.items() if value},
        code=said.code,
        buyer=_buyer(said, store.name),
    )


def _raw_statuses(said: InvoiceSaid) -> dict[str, str]:
    delivery = said.invoice_delivery.status if said.invoice_delivery else None
    raw = {"status": said.status, "status_value": said.status_value, "delivery_status": delivery}
    return {name: str(value) for name, value in raw.items() if value is not None}


def _recipient(said: DeliverySaid | None) -> dict[str, Any] | None:
    if said is None or not (said.receiver or said.contact_number or said.address):
        return None
    address = _address(said.address, said.location_name)
    return spoken(Party(name=said.receiver, phone=phone(said.contact_number), address=address))


def _line(said: LineSaid) -> dict[str, Any]:
    return spoken(
        Line(
            product_source_id=str(said.product_id) if said.product_id else None,
            sku=said.product_code,
            name=said.product_name,
            quantity=said.quantity,
            price=said.price,
            discount=said.discount,
        )
    )


def _buyer(said: InvoiceSaid, store_name: str) -> Ref:
    """The invoice's customer, or the store's one walk-in customer (A-KV-6)."""
    if said.customer_id and said.customer_id > 0:
        stub = {"name": said.customer_name, "code": said.customer_code, "source": SOURCE}
        return Ref("customer", str(said.customer_id), stub)
    return Ref("customer", WALK_IN, {"name": f"Khách lẻ – {store_name}", "guest": True, "source": SOURCE})


READERS: dict[RecordType, Callable[[Any, Store], Snapshot]] = {
    "customer": _customer,
    "product": _product,
    "contract": _contract,
}
