"""KiotViet's records as far as both of its voices carry them: REST pages (camelCase) and webhooks (PascalCase).

A webhook lacks barcode, ward, groups, second phone (customers, products), and a page of invoices lacks discount and
description (kiotviet.md §2.6, §4). Only what both say is read, so that the same version of a record means the same
whoever tells it: otherwise every webhook would seem to contradict the page before it, and blank what it does not know.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from retailhub.platforms.payloads import Amount, AnyCase, Day, MaybeAmount, Moment, Rows, Text


class Said(AnyCase):
    """Members are PascalCase but for some (kiotviet.md §2.3)."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", ""))


class Dated(Said):
    """What every record carries: its id and its stamps, Vietnamese wall time where they have no offset."""

    id: int = Field(gt=0)
    code: Text
    created_date: Moment
    modified_date: Moment

    @property
    def version(self) -> str:
        """The instant of the last change; a record that was never changed has only that of its making."""
        return self.modified_date or self.created_date


class CustomerSaid(Dated):
    """A customer; `location_name` is "province - district"."""

    name: Text
    gender: bool | None = None
    birth_date: Day
    contact_number: Text
    address: Text
    location_name: Text
    email: Text
    tax_code: Text
    comments: Text


class ProductSaid(Dated):
    """A product; a variant or another unit is a product of its own that names its master."""

    name: Text
    full_name: Text
    category_id: int | None = None
    category_name: Text
    master_product_id: int | None = None
    master_unit_id: int | None = None
    base_price: MaybeAmount = None
    unit: Text
    is_active: bool | None = None


class LineSaid(Said):
    """One line of an invoice; the discount is taken as that of the whole line."""

    product_id: int | None = None
    product_code: Text
    product_name: Text
    quantity: Amount = Decimal(0)
    price: Amount = Decimal(0)
    discount: Amount = Decimal(0)


class DeliverySaid(Said):
    """Where an invoice is delivered to."""

    receiver: Text
    contact_number: Text
    address: Text
    location_name: Text
    status: int | None = None


class InvoiceSaid(Dated):
    """An invoice (hóa đơn): the sale itself, with or without an order before it (kiotviet.md §5)."""

    purchase_date: Day
    branch_id: int | None = None
    branch_name: Text
    sold_by_id: int | None = None
    sold_by_name: Text
    customer_id: int | None = None
    customer_code: Text
    customer_name: Text
    total: Amount
    total_payment: Amount = Decimal(0)
    status: int | None = None
    status_value: Text
    invoice_delivery: DeliverySaid | None = None
    invoice_details: Annotated[list[LineSaid], Rows] = Field(default_factory=list)
