"""A member of the opening file who turns out to be a customer in Haravan (A-HL-6)."""

from typing import Any

import pytest

from retailhub.domain.membership import Membership, Opening
from retailhub.domain.records import Customer, Record
from retailhub.store import records
from retailhub.sync.resolve import Lookup
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, buyer_of, customer, order, shop, told

PHONE = "+84912000111"
MEMBER = Membership(activated_at="2026-05-01T00:00:00.000000Z", activated_by="lan", ground="opening_file")

pytestmark = pytest.mark.skipif(
    not hasattr(Lookup, "_opening_members"), reason="Haravan's customers do not look for members of the file"
)


def member(world: World, hub_id: str = "c_file", **fields: Any) -> Record:
    """Somebody of the opening file, who is in no other system."""
    told: dict[str, Any] = {
        "name": "An (tệp)",
        "phone": PHONE,
        "membership": MEMBER,
        "opening": Opening(points=250),
    } | fields
    born = records.born("customer", hub_id, origin="hub", by="lan", at="2026-05-01T00:00:00.000000Z")
    made = born.revised(Customer(**told), by="hub", at=born.created_at)
    world.table.write(records.put(made))
    return made


def said(source_id: str, **fields: Any) -> Any:
    """What Haravan says of a customer: the Id Vendor among it."""
    return customer(source_id, vendor_id=source_id, **fields)


def test_the_first_haravan_customer_with_the_phone_is_the_member() -> None:
    """A-HL-6: Haravan's values win, but for the opening balances and the activation."""
    world = shop()
    member(world)

    told(world, said("7", name="Trần Thị An"))

    (only,) = world.records("customer")
    assert (only.id, only.fields.name, only.fields.vendor_id) == ("c_file", "Trần Thị An", "7")
    assert (only.fields.opening, only.fields.membership) == (Opening(points=250), MEMBER)


def test_the_next_customer_with_the_phone_is_another_one() -> None:
    """R-HRV-10, A-X-1: same phone, different Id Vendor: two customers."""
    world = shop()
    member(world)

    told(world, said("7"), said("8"), said("7", at=1))

    assert len(world.records("customer")) == 2
    assert buyer_of(world, "8").opening is None


def test_a_customer_with_another_phone_or_none_is_another_one() -> None:
    """A-HL-6: the phone is the key of the file."""
    world = shop()
    member(world)

    told(world, said("7", phone="+84912000112"), said("8", phone=None))

    assert len(world.records("customer")) == 3


def test_nobody_but_a_member_of_the_file_is_found_by_phone() -> None:
    """R-HRV-08, R-HRV-10: neither a customer of another system nor a recipient."""
    world = shop()
    member(world, "c_other", opening=None, membership=None)
    member(world, "c_recipient", recipient_of="c_9")

    told(world, said("7"))

    assert len(world.records("customer")) == 3


def test_an_order_that_comes_before_its_customer_finds_the_member_too() -> None:
    """A-HL-6, A-HRV-14: the stub of the order's buyer."""
    world = shop()
    member(world)
    change = order(buyer="7")
    change.payload["buyer"]["stub"] |= {"phone": PHONE, "vendor_id": "7"}

    told(world, change, said("7"))

    assert [record.id for record in world.records("customer")] == ["c_file"]
    assert world.record(SHOP, "customer", "7") is not None
