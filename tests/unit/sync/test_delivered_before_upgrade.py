"""A record of an older version that is delivered before the night comes into the new layout by that."""

from dataclasses import replace

from retailhub.domain.deliveries import wish
from retailhub.domain.records import Customer
from retailhub.store import records
from retailhub.store.table import uses_of
from retailhub.sync.deliver import deliver
from retailhub.sync.upgrade import upgraded
from tests.fakes.world import World


def test_a_delivery_notes_whom_an_old_record_names() -> None:
    """R-TKT-11, F44: its item says from then on that notes are there, so no upgrade would write them any more."""
    world = World()
    for name, platform in (("getfly1", "getfly"), ("cnv1", "cnv_loyalty")):
        world.connect(name, platform, phone_is_identity=True, writes=("customer",))  # type: ignore[arg-type]
    world.flow("getfly1", "cnv1", "customer", "created")
    born = records.born("customer", "c_1", origin="getfly1", by="getfly1", at=world.clock())
    told = Customer(name="Trần Thị An", phone="+84912000111", owner="employee_lan")
    world.table.write(records.put(replace(born, fields=told, version=1, external_ids={"getfly1": "7"})))
    del world.table.items["REC#customer#c_1", "REC"]["layout"]
    [old] = world.records("customer")

    assert deliver(wish(old, world.directory.known["cnv1"]), world.hub) == "created"

    assert upgraded(world.hub) == 0
    assert [key for key in world.table.items if key[0] == uses_of("employee", "employee_lan")]
