"""CNV's JSON of the open platform, with the traps that integrators met (cnv_loyalty.md §B.2, §B.3)."""

import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from retailhub.domain.phones import e164, tidy
from retailhub.platforms.payloads import EARLIEST_YEAR, Amount, MaybeAmount, Moment, Payload, Rows, Text
from retailhub.platforms.webhooks import written

NO_NAME = "."
"""What stands in first_name when the whole name is in last_name (§B.3.4)."""


def _part(value: Any) -> int | None:
    """A day, month or year; any of the three may be null or text (§B.3.5)."""
    spelt = written(value).strip()
    return int(spelt) if spelt.isdecimal() and len(spelt) <= 4 and int(spelt) else None


def _identity(value: Any) -> str:
    spelt = written(value).strip()
    if not spelt.isdecimal() or int(spelt[:30]) == 0:
        raise ValueError("no id")
    return spelt


def _tags(value: Any) -> str | None:
    return ",".join(str(tag) for tag in value) if isinstance(value, list) else value


Id = Annotated[str, BeforeValidator(_identity)]
Part = Annotated[int | None, BeforeValidator(_part), Field(default=None)]
Tags = Annotated[Text, BeforeValidator(_tags)]


class Person(Payload):
    """A name in two parts, and a phone."""

    first_name: Text
    last_name: Text
    phone: Text

    @property
    def name(self) -> str | None:
        """The whole name, family name first, without the placeholder."""
        return tidy(" ".join(part for part in (self.last_name, self.first_name) if part and part != NO_NAME))

    @property
    def number(self) -> str | None:
        """The phone in the form in which people are told apart; None for what no network could have."""
        return e164(self.phone)


class Member(Person):
    """A customer who is a member. Points are CNV's own business and are not read (S000, §0.4)."""

    id: Id
    email: Text
    gender: Text
    birthday_day: Part
    birthday_month: Part
    birthday_year: Part
    tags: Tags
    source: Text
    ref_id: Text
    updated_at: Moment

    @property
    def birthday(self) -> str | None:
        """`1995-11-02`, if all three parts are there and make a day."""
        if not (self.birthday_year and self.birthday_month and self.birthday_day) or self.birthday_year < EARLIEST_YEAR:
            return None
        try:
            return datetime.date(self.birthday_year, self.birthday_month, self.birthday_day).isoformat()
        except ValueError:
            return None


class Buyer(Person):
    """Who an order is for; a guest has no id (A-CNV-10)."""

    id: Text
    email: Text


class Line(Payload):
    """A line of an order."""

    product_id: Text
    sku: Text
    name: Text
    quantity: Amount = Decimal(0)
    price: Amount = Decimal(0)


class Purchase(Payload):
    """An order; some of its names were also met in camelCase (§B.2)."""

    id: Id
    name: Text = Field(default=None, validation_alias=AliasChoices("name", "orderCode"))
    customer: Buyer | None = None
    created_at: Moment = Field(default="", validation_alias=AliasChoices("created_at", "orderDate"))
    updated_at: Moment
    cancelled_at: Text
    financial_status: Text = Field(default=None, validation_alias=AliasChoices("financial_status", "paymentStatus"))
    order_status: Text = Field(default=None, validation_alias=AliasChoices("status", "orderStatus"))
    subtotal_price: MaybeAmount = None
    total_discounts: Amount = Decimal(0)
    shipment_fee: Amount = Decimal(0)
    total_price: Amount = Decimal(0)
    store_name: Text = Field(default=None, validation_alias=AliasChoices("store_name", "storeName"))
    source: Text = Field(default=None, validation_alias=AliasChoices("source", "source_name", "channel"))
    tags: Tags
    notes: Text
    ref_id: Text
    line_items: Annotated[list[Line], Rows] = Field(default=[])
