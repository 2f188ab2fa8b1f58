"""Customers, products, orders and contracts as the admin API shows them and takes them."""

from typing import Annotated, Any, Literal

from pydantic import Field, computed_field

from retailhub.api.shapes.base import (
    Answer,
    Asking,
    Day,
    Email,
    Moment,
    Name,
    Note,
    NotNull,
    RecordMarks,
    Text,
    content_of,
)
from retailhub.domain.money import Money
from retailhub.domain.records import ZERO, Address, Contract, ContractStatus, Customer, Line, Order, Product, Record

Amount = Annotated[Money, Field(ge=0)]
Funnel = Literal["lead", "customer"]


class CustomerAnswer(RecordMarks, Customer):
    """A customer. Revenue, orders and the fields after them follow from orders."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def last_purchase_at(self) -> str | None:
        """When the newest successful order was made, ISO 8601, or null."""
        return super().last_purchase_at


class ProductAnswer(RecordMarks, Product):
    """A product."""


class OrderAnswer(RecordMarks, Order):
    """An order."""


class ContractAnswer(RecordMarks, Contract):
    """A contract. points_redeemed, points_discount: what points paid of it. points: what it posted to its customer's
    points."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def debt(self) -> Money:
        """What is left to pay."""
        return super().debt


def customer(record: Record) -> CustomerAnswer:
    """A customer as shown."""
    return CustomerAnswer(**content_of(record))


def product(record: Record) -> ProductAnswer:
    """A product as shown."""
    return ProductAnswer(**content_of(record))


def order(record: Record) -> OrderAnswer:
    """An order as shown."""
    return OrderAnswer(**content_of(record))


def contract(record: Record) -> ContractAnswer:
    """A contract as shown."""
    return ContractAnswer(**content_of(record))


class AddressEntry(Asking):
    """An address entered by hand."""

    source_id: Text | None = None
    name: Text | None = None
    phone: Text | None = None
    line: Text | None = None
    ward: Text | None = None
    district: Text | None = None
    province: Text | None = None
    country: Text | None = None
    default: bool = False


class CustomerEdit(Asking):
    """What a person may change of a customer; what is not sent stays. `funnel` null: let the orders decide again."""

    name: Name | None = None
    code: Text | None = None
    phone: Annotated[str, Field(max_length=30)] | None = None
    email: Email | None = None
    birthday: Day | None = None
    gender: Literal["male", "female"] | None = None
    tax_code: Annotated[str, Field(max_length=20)] | None = None
    website: Text | None = None
    fax: Text | None = None
    bank_account: Text | None = None
    custom: Annotated[dict[Name, Text] | None, Field(max_length=50), NotNull] = None
    note: Note | None = None
    addresses: Annotated[list[AddressEntry] | None, Field(max_length=100), NotNull] = None
    source: Text | None = None
    groups: Annotated[list[Name] | None, Field(max_length=100), NotNull] = None
    social_page: Text | None = None
    owner: Text | None = None
    account_manager: Text | None = None
    funnel: Funnel | None = None

    def spoken(self) -> dict[str, Any]:
        """The sent fields as the record takes them."""
        told = self.given()
        if "addresses" in told:
            told["addresses"] = tuple(Address(**entry.model_dump()) for entry in told["addresses"])
        return told


class ProductEdit(Asking):
    """What a person may change of a product: its type; null or `default` for none. Everything else is the shop's."""

    product_type: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class LineEntry(Asking):
    """A line of a contract entered by hand: price per unit, discount for the whole line."""

    product_source_id: Text | None = None
    sku: Text | None = None
    name: Text | None = None
    quantity: Amount
    price: Amount
    discount: Amount = ZERO


class ContractEdit(Asking):
    """What a person may change of a contract; what is not sent stays."""

    code: Name | None = None
    contract_type: Text | None = None
    customer: Text | None = None
    value: Annotated[Amount | None, NotNull] = None
    paid: Annotated[Amount | None, NotNull] = None
    discount: Annotated[Amount | None, NotNull] = None
    status: Annotated[ContractStatus | None, NotNull] = None
    start_date: Moment | None = None
    branch: Text | None = None
    owner: Text | None = None
    seller: Text | None = None
    note: Note | None = None
    items: Annotated[list[LineEntry] | None, Field(max_length=1000), NotNull] = None

    def spoken(self) -> dict[str, Any]:
        """The sent fields as the record takes them."""
        told = self.given()
        if "items" in told:
            told["items"] = tuple(Line(**{n: getattr(e, n) for n in Line.model_fields}) for e in told["items"])
        return told


class NewContract(ContractEdit):
    """A contract entered by hand: its code and its value are needed."""

    code: Name
    value: Amount


class InBoth(Answer):
    """A sentence in Vietnamese and in English."""

    vi: str
    en: str


class TimelineLine(Answer):
    """One line of a record's story: an event that touched it, what was decided because of it, what a delivery of it
    did; for a customer also an order or contract, and what it counts for. details: the raw facts."""

    at: str
    kind: Literal["event", "decision", "delivery", "order", "contract"]
    what: str
    connection: str
    text: InBoth
    details: dict[str, Any]


class Pushed(Answer):
    """Where the customer was sent; what came of it stands in the timeline."""

    queued: list[str]
