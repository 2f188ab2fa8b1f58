"""Haravan's customers and orders as its REST API and its webhooks write them (haravan.md §4)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from retailhub.domain.phones import tidy
from retailhub.platforms.payloads import Amount, Day, MaybeAmount, Moment, Note, Payload, Rows, Text


class Named(Payload):
    """A Vietnamese name is often all in `first_name`; joined, the last name comes first (A-HRV-16)."""

    first_name: Text
    last_name: Text

    @property
    def joined(self) -> str | None:
        """Last name and first name."""
        return tidy(f"{self.last_name or ''} {self.first_name or ''}")


class AddressSaid(Named):
    """A postal address with the person there; the shipping address of an order has no id."""

    id: int | None = None
    name: Text
    phone: Text
    address1: Text
    address2: Text
    ward: Text
    district: Text
    province: Text
    country: Text
    default: bool | None = None


class CustomerSaid(Named):
    """A customer; inside an order only what the order keeps of it."""

    id: int = Field(gt=0)
    email: Text
    phone: Text
    birthday: Day
    gender: int | None = None
    note: Note
    addresses: Annotated[list[AddressSaid], Rows] = Field(default_factory=list)
    default_address: AddressSaid | None = None
    created_at: Moment
    updated_at: Moment


class LineSaid(Payload):
    """A line of an order; `total_discount` is of the whole line. SKUs may repeat, variants do not (haravan.md §4)."""

    id: int | None = None
    product_id: int | None = None
    variant_id: int | None = None
    sku: Text
    name: Text
    title: Text
    quantity: Amount = Decimal(0)
    price: MaybeAmount = None
    total_discount: Amount = Decimal(0)


class ShippingLineSaid(Payload):
    """A part of the shipping fee."""

    price: Amount = Decimal(0)


class TransactionSaid(Payload):
    """A movement of money; refunds have a negative amount."""

    id: int | None = None
    kind: Text
    status: Text
    amount: Amount = Decimal(0)


class RefundLineSaid(Payload):
    """Goods that came back: which line, how many; the line inside has id 0."""

    line_item_id: int | None = None
    quantity: Amount = Decimal(0)
    line_item: LineSaid | None = None


class RefundSaid(Payload):
    """Goods returned and money returned are separate refunds of an order."""

    refund_line_items: Annotated[list[RefundLineSaid], Rows] = Field(default_factory=list)
    transactions: Annotated[list[TransactionSaid], Rows] = Field(default_factory=list)


class FulfillmentSaid(Payload):
    """A parcel and how far its carrier has come."""

    carrier_status_code: Text
    tracking_number: Text


class OrderSaid(Payload):
    """An order; `shop_location` is the location's name that our client puts beside `location_id`."""

    id: int = Field(gt=0)
    name: Text
    order_number: Text
    created_at: Moment
    updated_at: Moment
    confirmed_at: Moment
    closed_at: Moment
    cancelled_at: Moment
    closed_status: Text
    cancelled_status: Text
    confirmed_status: Text
    financial_status: Text
    fulfillment_status: Text
    source_name: Text
    subtotal_price: MaybeAmount = None
    total_discounts: Amount = Decimal(0)
    total_price: Amount
    email: Text
    note: Note
    customer: CustomerSaid | None = None
    billing_address: AddressSaid | None = None
    shipping_address: AddressSaid | None = None
    line_items: Annotated[list[LineSaid], Rows] = Field(default_factory=list)
    shipping_lines: Annotated[list[ShippingLineSaid], Rows] = Field(default_factory=list)
    transactions: Annotated[list[TransactionSaid], Rows] = Field(default_factory=list)
    fulfillments: Annotated[list[FulfillmentSaid], Rows] = Field(default_factory=list)
    refunds: Annotated[list[RefundSaid], Rows] = Field(default_factory=list)
    location_id: int | None = None
    shop_location: Text = Field(default=None, alias="_location_name")
