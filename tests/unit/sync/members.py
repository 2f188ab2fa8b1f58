"""Two shops and the loyalty programme of the first, for the tests of whose profile it is."""

from dataclasses import replace
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.membership import Loyalty
from retailhub.domain.records import Person, RecordType, Snapshot
from retailhub.store.events import Event
from retailhub.sync.apply import apply
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.world import World

SHOP, OTHER, LOYALTY = "haravan1", "haravan2", "haraloyalty1"
PHONE = "+84912000111"


class Programme(FakePlatform):
    """The loyalty programme of a shop: profiles have points, and tell Haravan's id or not."""

    haravan: str | None = SHOP

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        said = payload["fields"]
        told = Snapshot(record_type, payload["id"], payload["updated_at"])
        loyalty = Loyalty(points_available=said["points"], level=said.get("level"))
        return replace(told, fields={"loyalty": loyalty}, person=Person(said.get("ref"), said.get("phone")))


def town() -> World:
    """Two shops, and the programme of the first."""
    made = World()
    for shop in (SHOP, OTHER):
        made.connect(shop, "haravan", ("customer", "order"), codes=False)
    made.connect(LOYALTY, "haraloyalty", ("customer",))
    made.platforms[LOYALTY] = Programme(LOYALTY, made.clock, merge="part", reads=("customer",), subscribed=False)
    return made


def customer(world: World, vendor_id: str, shop: str = SHOP, phone: str = PHONE, **more: Any) -> None:
    """A customer of a shop, brought in."""
    fields = {"name": f"Khách {vendor_id}", "phone": phone, "vendor_id": vendor_id, **more}
    stamp = world.clock()
    assert apply(Change(shop, "customer", vendor_id, payload={"id": vendor_id, "updated_at": stamp, "fields": fields}),
                 world.hub).outcome == "applied"  # fmt: skip


def profile(world: World, source_id: str = "9001", points: int = 245, attempt: int = 0, **said: Any) -> Event:
    """What the programme tells of a profile now; what became of it."""
    payload = {"id": source_id, "updated_at": world.clock(), "fields": {"points": points, **said}}
    return apply(Change(LOYALTY, "customer", source_id, payload=payload, attempt=attempt), world.hub)


def points(world: World, vendor_id: str, shop: str = SHOP) -> int | None:
    record = world.record(shop, "customer", vendor_id)
    assert record
    loyalty: Loyalty | None = record.fields.loyalty
    return loyalty.points_available if loyalty else None
