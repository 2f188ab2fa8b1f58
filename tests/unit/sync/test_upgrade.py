"""Records of an older version of the hub are brought into the present layout, once."""

from decimal import Decimal
from typing import Any

from retailhub.domain.records import Contract, Customer
from retailhub.store import records
from retailhub.store.points import account
from retailhub.store.table import Put, account_key, list_of, standing_of, uses_of
from retailhub.sync.upgrade import DONE, upgraded
from tests.fakes.world import World


def old_item(record_id: str, **fields: Any) -> dict[str, Any]:
    """A customer as version 1 wrote it: no layout, no place among the members, no notes of what it names."""
    blank = records.born("customer", record_id, origin="shop", by="shop", at="2026-05-14T00:00:00.000000Z")
    item = records.to_item(blank.revised(Customer(**fields), by="shop", at=blank.created_at))
    return {name: value for name, value in item.items() if name not in ("layout", "members_pk", "members_sk")}


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
