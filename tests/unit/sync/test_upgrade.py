"""Records of an older version of the hub are brought into the present layout, once."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from retailhub.domain.records import Contract, Customer
from retailhub.store import records
from retailhub.store.points import account
from retailhub.store.table import Put, account_key, list_of, standing_of, uses_of, with_code
from retailhub.sync.upgrade import DONE, upgraded
from tests.fakes.world import World


def old_item(record_id: str, **fields: Any) -> dict[str, Any]:
    """A customer as version 1 wrote it: no layout, no place among the members or by its code, no notes of what it
    names."""
    blank = records.born("customer", record_id, origin="shop", by="shop", at="2026-05-14T00:00:00.000000Z")
    item = records.to_item(blank.revised(Customer(**fields), by="shop", at=blank.created_at))
    return {name: value for name, value in item.items() if not name.startswith(("layout", "members_", "due_"))}


def test_an_old_record_finds_its_place_among_the_members_and_what_it_names_is_noted() -> None:
    """R-HL-14, R-SRC-12: without a change of its content."""
    world = World()
    world.table.write(Put(old_item("c_1", name="Hân", vendor_id="7", source="haravan"), expect=0))

    assert upgraded(world.hub) == 1

    assert [row["pk"] for row in world.table.query(standing_of("unregistered"), index="members").items] == [
        "REC#customer#c_1"
    ]
    assert [row["sk"].split("#")[-1] for row in world.table.query(uses_of("source", "haravan")).items] == ["c_1"]
    record = records.load(world.table, "customer", "c_1")
    assert record and (record.version, record.layout) == (1, records.LAYOUT)


def test_a_record_of_the_second_layout_is_found_by_its_code_and_keeps_its_notes() -> None:
    """Nothing but its place is new: what it no longer names is still taken away by the next edit."""
    world = World()
    born = records.born("customer", "c_1", origin="shop", by="shop", at="2026-05-14T00:00:00.000000Z")
    made = born.revised(Customer(name="Hân", code="KH00012", source="haravan"), by="shop", at=born.created_at)
    world.table.write(*records.writes(None, made))
    item = world.table.items["REC#customer#c_1", "REC"]
    world.table.items["REC#customer#c_1", "REC"] = {
        name: value for name, value in item.items() if not name.startswith("due_")
    } | {"layout": 2}

    assert upgraded(world.hub) == 1

    assert [row["id"] for row in world.table.query(with_code("kh00012"), index="due").items] == ["c_1"]
    before = records.load(world.table, "customer", "c_1")
    assert before and before.version == 1
    after = before.revised(before.fields.model_copy(update={"source": None}), by="hub", at="2026-05-15")
    world.table.write(*records.writes(replace(before, layout=2), after))
    assert not world.table.query(uses_of("source", "haravan")).items


def test_a_contract_of_the_second_layout_earns_nothing_anew() -> None:
    """R-RWD-08: its points were posted when it was written; settings of today change nothing about it."""
    world = World()
    at = "2026-05-14T00:00:00.000000Z"
    world.table.write(Put(old_item("c_1", name="Hân"), expect=0))
    blank = records.born("contract", "k_1", origin="shop", by="shop", at=at)
    sold = blank.revised(Contract(customer="c_1", code="HD1", value=Decimal(500_000)), by="shop", at=at)
    world.table.write(Put({**records.to_item(sold), "layout": 2}, expect=0))

    upgraded(world.hub)

    assert world.table.get(account_key("c_1")) is None
    assert len(world.table.query(with_code("hd1"), index="due").items) == 1


def test_the_second_night_reads_one_item_and_nothing_else() -> None:
    world = World()
    world.table.write(Put(old_item("c_1", name="Hân"), expect=0))
    upgraded(world.hub)
    world.table.calls.clear()

    assert upgraded(world.hub) == 0
    assert dict(world.table.calls) == {"get": 1}
    assert world.table.get(DONE)


def test_an_old_record_that_is_edited_first_notes_everything_it_names() -> None:
    """Also what the edit did not touch."""
    world = World()
    world.table.write(Put(old_item("c_1", name="Hân", source="haravan", owner="e1"), expect=0))
    before = records.load(world.table, "customer", "c_1")
    assert before
    after = before.revised(before.fields.model_copy(update={"name": "Hân Phạm"}), by="hub", at="2026-05-15")

    world.table.write(*records.writes(before, after))

    for kind, named in (("source", "haravan"), ("employee", "e1")):
        assert len(world.table.query(uses_of(kind, named)).items) == 1
    assert len(world.table.query(list_of("customer"), index="listing").items) == 1


def test_contracts_of_before_count_as_purchases_from_the_first_night_on() -> None:
    """R-RWD-08, A-RWD-6: they count; they earn only by settings that stand already."""
    world = World()
    at = "2026-05-14T00:00:00.000000Z"
    world.table.write(Put(old_item("c_1", name="Hân"), expect=0))
    blank = records.born("contract", "k_1", origin="shop", by="shop", at=at)
    sold = blank.revised(Contract(customer="c_1", value=Decimal(500_000), paid=Decimal(500_000)), by="shop", at=at)
    item = {name: value for name, value in records.to_item(sold).items() if name != "layout"}
    world.table.write(Put(item, expect=0))

    upgraded(world.hub)

    held = account(world.table.get(account_key("c_1")), "c_1")
    assert (held.purchases, held.balance) == (1, 0)
