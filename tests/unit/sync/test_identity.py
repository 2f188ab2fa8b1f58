"""Who is it? One phone, several systems (A-X-1, A-CNV-4, R-HRV-10)."""

from typing import Any

from retailhub.domain.changes import Change
from retailhub.sync.apply import apply
from tests.fakes.world import World

PHONE = "+84912000111"


def town(**second: Any) -> World:
    """Two systems that know people by phone."""
    world = World()
    world.connect("getfly1", "getfly", phone_is_identity=True)
    world.connect("cnv1", "cnv_loyalty", phone_is_identity=True, merge="blanks", **second)
    return world


def person(connection: str, source_id: str, phone: str = PHONE, at: int = 0, **fields: object) -> Change:
    row = {"id": source_id, "updated_at": f"2026-05-14T02:{at:02d}:00.000000Z", "fields": {"phone": phone} | fields}
    return Change(connection, "customer", source_id, payload=row)


def test_one_phone_in_two_systems_is_one_customer() -> None:
    """A-CNV-4: spelt differently, still found; the second system fills blanks only."""
    world = town()
    apply(person("getfly1", "1", name="An"), world.hub)
    apply(person("cnv1", "2", phone="0912 000 111", name="AN", email="an@example.vn"), world.hub)
    [record] = world.records("customer")
    assert record.external_ids == {"getfly1": "1", "cnv1": "2"}
    assert (record.fields.name, record.fields.email) == ("An", "an@example.vn")


def test_two_first_sightings_at_the_same_moment_are_one_customer() -> None:
    """F70, I16: the claim on the phone is part of the transaction; the loser adopts the winner."""
    world = town()

    def meanwhile(operation: str) -> None:
        if operation == "transaction":
            world.table.before = lambda _: None
            apply(person("cnv1", "2", name="An"), world.hub)

    world.table.before = meanwhile
    apply(person("getfly1", "1", name="An"), world.hub)
    [record] = world.records("customer")
    assert record.external_ids == {"getfly1": "1", "cnv1": "2"}


def test_systems_with_their_own_identity_keep_people_apart() -> None:
    """R-HRV-10, I16b: KiotViet and Haravan never match by phone."""
    world = World()
    for name in ("haravan1", "kiotviet1"):
        world.connect(name, "haravan")
        apply(person(name, "1"), world.hub)
    assert len(world.records("customer")) == 2


def test_a_phone_that_somebody_else_holds_is_shown_not_overwritten() -> None:
    """F56: two accounts of one system with one phone stay two, and the event says why."""
    world = town()
    apply(person("getfly1", "1"), world.hub)
    event = apply(person("getfly1", "2"), world.hub)
    assert (event.outcome, event.reason) == ("applied", "phone_taken")
    assert len(world.records("customer")) == 2


def test_the_claim_moves_with_the_phone() -> None:
    """Who changed their number is found by the new one, and the old one is free."""
    world = town()
    apply(person("getfly1", "1", name="An"), world.hub)
    apply(person("getfly1", "1", phone="+84912000999", at=1, name="An"), world.hub)
    apply(person("cnv1", "7", phone="+84912000999"), world.hub)
    apply(person("cnv1", "8", phone=PHONE), world.hub)
    ids = {record.fields.phone: record.external_ids for record in world.records("customer")}
    assert ids == {"+84912000999": {"getfly1": "1", "cnv1": "7"}, PHONE: {"cnv1": "8"}}


def test_the_claim_moves_whoever_changes_the_phone() -> None:
    """A shop without identity by phone corrects the number of a customer whom Getfly knows by it."""
    world = town()
    world.connect("haravan1", "haravan")
    apply(person("getfly1", "1", name="An"), world.hub)
    [record] = world.records("customer")
    world.platforms["haravan1"].merge = "whole"
    code = "RH-" + record.id.upper()
    pushed = {"id": "5", "code": code, "updated_at": "2026-05-14T03:00:00.000000Z", "fields": {"phone": "+84912000999"}}
    apply(Change("haravan1", "customer", "5", payload=pushed), world.hub)
    apply(person("cnv1", "8", phone="+84912000999"), world.hub)
    [record] = world.records("customer")
    assert set(record.external_ids) == {"getfly1", "haravan1", "cnv1"}


def test_somebody_removed_gives_their_phone_free() -> None:
    """F73: who comes anew is not mistaken for the record that was removed."""
    world = town()
    apply(person("getfly1", "1", name="An"), world.hub)
    apply(Change("getfly1", "customer", "1", "delete", {"removed": "1"}), world.hub)
    apply(person("getfly1", "2", name="An"), world.hub)
    living = [record for record in world.records("customer") if not record.deleted]
    assert [record.external_ids for record in living] == [{"getfly1": "2"}]
    apply(person("cnv1", "9"), world.hub)
    assert {"getfly1": "2", "cnv1": "9"} in [record.external_ids for record in world.records("customer")]


def test_our_own_code_leads_back_to_our_record() -> None:
    """F50: what we created there is recognised before its id is known."""
    world = town()
    apply(person("getfly1", "1", name="An"), world.hub)
    [record] = world.records("customer")
    row = {"id": "44", "code": "RH-" + record.id.upper(), "updated_at": "2026-05-14T03:00:00.000000Z", "fields": {}}
    apply(Change("cnv1", "customer", "44", payload=row), world.hub)
    assert [r.external_ids for r in world.records("customer")] == [{"getfly1": "1", "cnv1": "44"}]


def test_the_buyer_of_an_order_is_found_by_phone_too() -> None:
    """A-CNV-10: an order of somebody whom another system knows belongs to them."""
    world = town()
    apply(person("getfly1", "1", name="An"), world.hub)
    row = {
        "id": "70",
        "updated_at": "2026-05-14T03:00:00.000000Z",
        "fields": {"total_price": "100000"},
        "buyer": {"id": "9", "stub": {"name": "An", "phone": PHONE}},
    }
    apply(Change("cnv1", "order", "70", payload=row), world.hub)
    [record] = world.records("customer")
    assert (record.external_ids, record.fields.total_orders) == ({"getfly1": "1", "cnv1": "9"}, 1)
