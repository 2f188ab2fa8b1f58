"""Haraloyalty's profiles as it sends them, read with its quirks (mini_crm_haraloyalty.md §2.1)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from retailhub.platforms.payloads import Amount, Moment, Payload, Rows, Text


class AttributeSaid(Payload):
    """One of a profile's attributes; `ref_id` holds Haravan's customer id."""

    key: Text
    value: Text


class ProfileSaid(Payload):
    """A member as far as the hub keeps them: who they are stays the business of the shop that they belong to."""

    id: int = Field(gt=0)
    phone: Text
    profile_card_number: Text
    point_used: Amount = Decimal(0)
    point_available: Amount = Decimal(0)
    point_incoming: Amount = Decimal(0)
    point_ranking: Amount = Decimal(0)
    level_name: Text
    total_spent: Amount = Decimal(0)
    total_order: Amount = Decimal(0)
    status: Text
    attributes: Annotated[tuple[AttributeSaid, ...], Rows] = ()
    last_order_at: Moment
    created_at: Moment
    updated_at: Moment

    def attribute(self, key: str) -> str | None:
        """The value of an attribute, or None."""
        return next((one.value for one in self.attributes if one.key == key and one.value), None)
