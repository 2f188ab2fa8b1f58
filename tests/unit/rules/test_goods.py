"""Goods that come in by webhook: their shop's category becomes a product type, and they are counted under it."""

from dataclasses import replace
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.identity import record_id
from retailhub.domain.records import Record
from retailhub.platforms.kiotviet.mapping import Store, snapshot
from retailhub.platforms.kiotviet.settings import Settings
from retailhub.store import records
from tests.fakes.world import World
from tests.unit.api.desk import Desk
from tests.unit.sync.shop import SHOP, shop, stamp, told

CODE = "KV-cuahangmau-77120"
TYPE = record_id("product_type", CODE)
TREE = "/catalogues/product-types/tree"


def goods(source_id: str, at: int = 0, code: str = CODE, **fields: Any) -> Change:
    """What a shop says of a product in the category Áo."""
    said = {"name": f"Hàng {source_id}", "category": "Áo", "category_code": code}
    said |= {"product_type": record_id("product_type", code)} | fields
    return Change(SHOP, "product", source_id, payload={"id": source_id, "updated_at": stamp(at), "fields": said})


def entry(world: World, type_id: str = TYPE) -> Record:
    """The product type as it is stored."""
    found = records.load(world.table, "product_type", type_id)
    assert found
    return found


def office_of(world: World) -> Desk:
    """The admin's desk over the same table."""
    desk = Desk()
    desk.table = world.table
    desk.office = replace(desk.office, table=world.table)
    return desk


def test_kiotviets_category_is_a_type_by_its_code() -> None:
    """A-PT-6: store and id of the category; what is told without one leaves the type alone."""
    store = Store("Cửa hàng mẫu", Settings(), "cuahangmau")
    found = snapshot("product", {"Id": 1, "CategoryId": 77120, "CategoryName": "Áo"}, store).fields

    assert (found["category_code"], found["product_type"], found["category"]) == (CODE, TYPE, "Áo")
    assert not {"product_type", "category_code"} & set(snapshot("product", {"Id": 1}, store).fields)


def test_a_new_category_becomes_a_type_of_the_outermost_level() -> None:
    """A-PT-6: once, however many goods come in it; the product's story says so."""
    world = shop()

    assert told(world, goods("1"), goods("2"), goods("1", 1, name="Áo thun")) == ["applied"] * 3

    fields = entry(world).fields
    assert (fields.name, fields.code, fields.parent, entry(world).version) == ("Áo", CODE, None, 1)
    notes = [event.notes for event in world.events() if event.notes]
    assert notes == [({"code": "product_type_added", "product_type": TYPE, "category": CODE},)]


def test_its_goods_are_counted_and_keep_it() -> None:
    """R-PT-08, A-PT-1, A-PT-3: data that came in by webhook; a removed product does not count."""
    world = shop()
    told(world, goods("1"), goods("2"), goods("3"), goods("4", category=None, category_code=None, product_type=None))
    told(world, Change(SHOP, "product", "3", "delete", {"removed": "3"}))
    desk = office_of(world)

    tree = desk.get(TREE).json
    refused = desk.delete(f"/catalogues/product-types/{TYPE}")

    assert [(one["name"], one["goods"]) for one in tree["items"]] == [("Áo", 2)]
    assert (tree["goods"], tree["without_type"]) == (3, 1)
    assert refused.json["error"]["details"]["counts"] == {"product": 2}


def test_what_the_admin_made_of_it_stays() -> None:
    """A-PT-6: another name and another place, while goods go on coming."""
    world = shop()
    told(world, goods("1"))
    desk = office_of(world)
    clothes = desk.post("/catalogues/product-types", {"name": "Quần áo", "code": "QA"}).json["id"]
    desk.patch(f"/catalogues/product-types/{TYPE}", {"name": "Áo các loại", "parent": clothes})

    told(world, goods("2"), goods("3", category="Áo mới"))

    assert (entry(world).fields.name, entry(world).fields.parent) == ("Áo các loại", clothes)
    [outermost] = desk.get(TREE).json["items"]
    assert (outermost["goods"], outermost["all_goods"]) == (0, 3)


def test_a_removed_one_comes_back_with_its_goods() -> None:
    """Goods are never of a type that is not there."""
    world = shop()
    told(world, goods("1"), Change(SHOP, "product", "1", "delete", {"removed": "1"}))
    desk = office_of(world)
    assert desk.delete(f"/catalogues/product-types/{TYPE}").status == 204

    told(world, goods("2"))

    assert not entry(world).deleted
    assert [one["goods"] for one in desk.get(TREE).json["items"]] == [1]


def test_a_name_that_is_taken_is_told_apart_by_the_code() -> None:
    """A-PT-6: names are unique among siblings, and no product is turned away for it."""
    world = shop()
    desk = office_of(world)
    desk.post("/catalogues/product-types", {"name": "áo", "code": "AO"})

    assert told(world, goods("1"), goods("2", code="KV-khac-1")) == ["applied", "applied"]

    assert entry(world).fields.name == f"Áo ({CODE})"
    assert entry(world, record_id("product_type", "KV-khac-1")).fields.name == "Áo (KV-khac-1)"


def test_a_product_whose_type_is_known_costs_no_further_read() -> None:
    """Only a product that is new to its category asks for the type."""
    world = shop()
    told(world, goods("1"))
    world.table.calls.clear()

    told(world, goods("1", 1, name="Áo thun"))

    assert (world.table.reads, world.table.writes) == (2, 1)
