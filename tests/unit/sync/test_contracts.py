"""KiotViet's invoices on their way in, in KiotViet's own words (R-KV-10…14, A-KV-5, A-KV-6, A-X-4, A-X-6)."""

from typing import Any

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.records import Record
from retailhub.domain.rules import PointSettings
from retailhub.platforms.kiotviet.mapping import Store, snapshot
from retailhub.platforms.kiotviet.settings import Settings
from retailhub.rules.rulebook import RuleBook
from retailhub.store import points, records
from retailhub.sync.apply import apply
from tests.fakes.world import World
from tests.unit.platforms.kiotviet_samples import CUSTOMER, INVOICE

STORE = "kiotviet1"
BUYER = str(INVOICE["CustomerId"])


def store(**settings: Any) -> World:
    """A KiotViet store, 100,000 đồng a point."""
    world = World()
    platform = world.connect(STORE, "kiotviet", ("customer", "contract"))
    mapping = Store("Cửa hàng mẫu", Settings.model_validate(settings))
    platform.snapshot = lambda record_type, payload: snapshot(record_type, payload, mapping)  # type: ignore[method-assign]
    world.directory.book = RuleBook(points=PointSettings.model_validate({"amount_per_point": 100_000}))
    return world


def told(world: World, minute: int = 0, **said: Any) -> str:
    """The store tells of the invoice: what differs from the sample."""
    payload = {**INVOICE, "ModifiedDate": f"2026-05-14T17:{minute:02d}:00+07:00", **said}
    return apply(Change(STORE, "contract", str(payload["Id"]), payload=payload), world.hub).outcome


def contract(world: World) -> Record:
    found = world.record(STORE, "contract", str(INVOICE["Id"]))
    assert found
    return found


def account(world: World, customer: str = BUYER) -> tuple[int, int]:
    """A customer's balance and purchases."""
    found = world.record(STORE, "customer", customer)
    assert found
    held = points.load(world.table, found.id)
    return held.balance, held.purchases


def test_an_invoice_becomes_its_customer_s_contract() -> None:
    """R-KV-10, R-KV-11, A-X-4: value, paid, debt; the customer may come later."""
    world = store()
    assert told(world) == "applied"

    made, buyer = contract(world), world.record(STORE, "customer", BUYER)
    assert buyer
    assert (made.fields.code, made.fields.customer, int(made.fields.debt)) == ("HD003310", buyer.id, 600_000)
    assert account(world) == (0, 1)
    assert not world.records("order"), "a contract is no order"


def test_an_edit_brings_the_whole_invoice() -> None:
    """R-KV-13, R-KV-14."""
    world = store()
    told(world, 1)
    told(world, 2, Total="720000.0", TotalPayment="720000.0", Status=1, SoldByName="Thu ngân 2")

    fields = contract(world).fields
    assert (int(fields.value), int(fields.debt), fields.status, fields.seller) == (
        720_000,
        0,
        "completed",
        "Thu ngân 2",
    )
    assert account(world) == (7, 1)


def test_several_invoices_of_one_notice_each_count() -> None:
    """R-KV-12, A-KV-9: an import."""
    world = store()
    for number in range(5):
        told(world, 1, Id=5_500_800 + number, Code=f"HD{number}", Total="100000.0", TotalPayment="100000.0")

    assert account(world) == (5, 5)


@pytest.mark.parametrize("status, kept", [(2, "cancelled"), (5, "undeliverable")])
def test_a_cancelled_invoice_is_a_cancelled_contract_without_points(status: int, kept: str) -> None:
    """A-KV-5, A-RWD-3, A-X-6."""
    world = store()
    told(world, 1, TotalPayment="688000.0", Status=1)
    assert account(world) == (6, 1)

    told(world, 2, TotalPayment="688000.0", Status=status)

    assert contract(world).fields.status == kept
    assert account(world) == (0, 0)


def test_late_and_repeated_notices_move_no_points() -> None:
    """F01, F05: the cancellation came first; what preceded it changes nothing."""
    world = store()
    told(world, 2, TotalPayment="688000.0", Status=2)

    assert told(world, 1, TotalPayment="688000.0", Status=1) == "stale"
    assert told(world, 2, TotalPayment="688000.0", Status=2) == "echo"
    assert account(world) == (0, 0)


@pytest.mark.parametrize(
    "sellers, customer_s, store_s, owner",
    [
        ({"12001": "e_seller"}, "e_customer", "e_store", "e_seller"),
        ({}, "e_customer", "e_store", "e_customer"),
        ({}, None, "e_store", "e_store"),
        ({}, None, None, None),
    ],
)
def test_whose_contract_it_is(sellers: dict[str, str], customer_s: str, store_s: str, owner: str) -> None:
    """A-KV-5: the seller mapped to an employee, else the customer's owner, else the store's; type: the store's."""
    world = store(sellers=sellers, default_owner=store_s, default_contract_type="t_retail")
    apply(Change(STORE, "customer", BUYER, payload=CUSTOMER), world.hub)
    buyer = world.record(STORE, "customer", BUYER)
    assert buyer
    owned = buyer.fields.model_copy(update={"owner": customer_s})
    world.table.write(records.put(buyer.revised(owned, by="hub", at="now")))

    told(world)

    assert (contract(world).fields.owner, contract(world).fields.contract_type) == (owner, "t_retail")


def test_an_invoice_without_a_customer_is_the_walk_in_customer_s_and_earns_nobody_s_points() -> None:
    """A-KV-6."""
    world = store()
    told(world, CustomerId=None, TotalPayment="688000.0", Status=1)

    walk_in = world.record(STORE, "customer", "walk-in")
    assert walk_in
    assert (contract(world).fields.customer, walk_in.fields.name) == (walk_in.id, "Khách lẻ – Cửa hàng mẫu")
    assert account(world, "walk-in") == (0, 0)
