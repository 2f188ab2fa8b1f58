"""What makes a member, and who says what of one."""

from decimal import Decimal
from typing import Any

import pytest

from retailhub.domain.membership import Loyalty, Membership, Opening, Teller, awaits_haravan, obstacle, standing, told
from retailhub.domain.records import Customer, Purchase

AT = "2024-07-31T03:00:00.000000Z"
PHONE = "+84912000111"
MEMBER = Membership(activated_at=AT, activated_by="lan")


@pytest.mark.parametrize(
    "fields, stands",
    [
        ({}, None),
        ({"vendor_id": "7"}, "unregistered"),
        ({"vendor_id": "7", "membership": MEMBER}, "registered"),
        ({"membership": MEMBER}, "opening"),
    ],
)
def test_where_a_customer_stands(fields: dict[str, Any], stands: str | None) -> None:
    """R-HL-02, R-HL-03, R-HL-06, R-HL-14, R-HL-17."""
    assert standing(Customer(**fields)) == stands


@pytest.mark.parametrize(
    "fields, deleted, code",
    [
        ({"phone": PHONE}, False, None),
        ({}, False, "no_phone"),
        ({"phone": PHONE}, True, "removed_not_activated"),
        ({"phone": PHONE, "guest": True}, False, "guest_not_activated"),
        ({"phone": PHONE, "email": "Guest@haravan.com"}, False, "guest_not_activated"),
        ({"phone": PHONE, "recipient_of": "c_9"}, False, "recipient_not_activated"),
    ],
)
def test_who_cannot_become_a_member(fields: dict[str, Any], deleted: bool, code: str | None) -> None:
    """A-HL-8: needs a phone; guests are refused."""
    assert obstacle(Customer(**fields), deleted=deleted) == code


def values(customer: Customer) -> dict[str, tuple[Any, Teller | None]]:
    return {name: (one.value, one.by) for name, one in told(customer).items()}


def test_the_loyalty_programme_speaks_first_the_opening_file_next_the_hub_last() -> None:
    """R-HL-05: each value says who tells it."""
    opening = Opening(card="HL1", points=250, total_spent=Decimal(1_250_000), level="Bạc", last_order_at=AT)
    loyalty = Loyalty(points_available=40, points_used=5, level="Vàng", total_spent=Decimal(9), total_orders=2)
    both = values(Customer(revenue=Decimal(7), total_orders=1, opening=opening, loyalty=loyalty))

    assert both["points_available"] == (40, "haraloyalty")
    assert both["level"] == ("Vàng", "haraloyalty")
    assert both["card"] == ("HL1", "opening_file")
    assert (both["total_spent"], both["total_orders"]) == ((9, "haraloyalty"), (2, "haraloyalty"))
    assert both["last_purchase_at"] == (AT, "opening_file")


def test_without_a_loyalty_programme_the_opening_balances_stand() -> None:
    """R-HL-02, R-HL-05, A-X-5: balances of two sources are never added up."""
    opening = Opening(points=250, total_spent=Decimal(1_250_000))
    shown = values(Customer(revenue=Decimal(500_000), total_orders=3, opening=opening))

    assert shown["points_available"] == (250, "opening_file")
    assert shown["total_spent"] == (1_250_000, "opening_file")
    assert shown["total_orders"] == (3, "hub")
    assert shown["points_used"] == (None, None)


def test_what_the_file_left_blank_the_hub_tells() -> None:
    """R-HL-05: a blank is no zero."""
    shown = values(Customer(revenue=Decimal(500_000), opening=Opening(card="HL1")))

    assert shown["total_spent"] == (500_000, "hub")
    assert shown["points_available"] == (None, None)


def test_the_last_purchase_is_the_hubs_own_where_it_knows_one() -> None:
    """A-HL-4, A-X-6: the hub's log follows cancellations, other figures do not."""
    older = Opening(last_order_at="2024-07-30T17:00:00.000000Z")
    shown = values(Customer(opening=older, last_purchases=(Purchase(order="o_1", at=AT),)))
    loyal = values(Customer(opening=older, loyalty=Loyalty(last_order_at=AT)))

    assert shown["last_purchase_at"] == (AT, "hub")
    assert loyal["last_purchase_at"] == (AT, "haraloyalty")


@pytest.mark.parametrize(
    "fields, phone, waits",
    [
        ({}, PHONE, True),
        ({}, "+84912000112", False),
        ({}, None, False),
        ({"vendor_id": "7"}, PHONE, False),
        ({"opening": None}, PHONE, False),
        ({"recipient_of": "c_9"}, PHONE, False),
        ({"phone": None}, None, False),
    ],
)
def test_a_member_of_the_file_waits_for_the_first_haravan_customer(
    fields: dict[str, Any], phone: str | None, waits: bool
) -> None:
    """A-HL-6, R-HRV-10: linked by the phone once; whoever has an Id Vendor stays apart from every other."""
    customer = Customer(**{"phone": PHONE, "membership": MEMBER, "opening": Opening(), **fields})

    assert awaits_haravan(customer, phone, deleted=False) is waits
    assert not awaits_haravan(customer, phone, deleted=True)
