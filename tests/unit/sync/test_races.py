"""Two workers on one record: deliver beside apply, each on readings of its own (F38)."""

from dataclasses import replace
from typing import Any

from retailhub.domain.deliveries import Delivery
from retailhub.domain.errors import Malformed, Throttled, Unavailable
from retailhub.domain.records import Record
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.sync.deliver import deliver
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, order, shop, stamp, told


def edited(world: World, **fields: Any) -> Record:
    """A person edits the only customer in the hub; the shop has them under id 7."""
    [record] = world.records("customer")
    changed = record.revised(record.fields.model_copy(update=fields), by="hub", at="now", edited_here=True)
    world.table.write(records.put(changed))
    return changed


def push(world: World, *, asked: bool = True) -> str:
    [record] = [r for r in world.records("customer") if r.edited_here]
    return deliver(Delivery("haravan", SHOP, "customer", record.id, record.id, asked=asked), world.hub)


def link_of(world: World) -> Link:
    [record] = [r for r in world.records("customer") if r.edited_here]
    found = links.load(world.table, "customer", record.id, SHOP)
    assert found
    return found


def known_there() -> World:
    """A customer of the shop, known to the hub and edited in it."""
    world = shop()
    world.platforms[SHOP].rows["customer", "7"] = {**customer(at=1).payload, "code": None}
    told(world, customer(at=1))
    edited(world, name="Bình")
    return world


def only_here() -> World:
    """A customer whom only the hub has."""
    world = shop()
    world.connect("kiotviet1", "kiotviet")
    told(world, replace(customer(at=1), connection="kiotviet1"))
    edited(world, name="Bình")
    return world


def test_what_the_platform_says_during_an_update_is_not_forgotten() -> None:
    """The link that we read is not the link any more: its news is kept, and the update is judged anew."""
    world = known_there()

    def meanwhile(call: str) -> None:
        if call == "update":
            world.platforms[SHOP].after = lambda _: None
            told(world, customer(at=9, name="Chi"))

    world.platforms[SHOP].after = meanwhile
    push(world)
    assert link_of(world).heard_version == stamp(9)


def test_a_platform_s_id_belongs_to_one_record_whoever_is_quicker() -> None:
    """F56: the shop's webhook made another record of it between our look and our write; that is shown."""
    world = only_here()
    platform = world.platforms[SHOP]

    def meanwhile(operation: str) -> None:
        if operation == "transaction" and platform.calls["create"]:
            world.table.before = lambda _: None
            told(world, customer("101", at=9, name="Chi", phone=None))

    world.table.before = meanwhile
    assert push(world) == "failed"
    assert link_of(world).error["code"] == "already_linked"
    theirs = world.record(SHOP, "customer", "101")
    assert theirs
    assert theirs.fields.name == "Chi"


def test_only_the_version_that_was_sent_counts_as_sent() -> None:
    """A record that moves on while its older state is written stays behind, so that reconcile would find it."""
    world = only_here()
    platform = world.platforms[SHOP]

    def lost(call: str) -> None:
        if call == "create":
            raise Unavailable("no_answer")

    def meanwhile(call: str) -> None:
        if call == "find":
            platform.after = lambda _: None
            [record] = world.records("customer")
            fields = record.fields.model_copy(update={"email": "binh@example.vn"})
            world.table.write(records.put(record.revised(fields, by="hub", at="now")))

    platform.after = lost
    assert push(world) == "waiting"
    platform.after = meanwhile
    assert push(world) == "updated"
    assert (link_of(world).version, world.records("customer")[0].version) == (2, 3)
    assert push(world) == "updated"
    assert platform.live("customer")[0]["fields"]["email"] == "binh@example.vn"


def test_a_push_of_a_change_that_had_to_wait_is_still_a_push() -> None:
    """A-HRV-15: also where the customer is there already and no flow leads there."""
    world = known_there()
    platform = world.platforms[SHOP]

    def refuse(_: str) -> None:
        raise Throttled("throttled")

    platform.before = refuse
    assert push(world) == "waiting"
    platform.before = lambda _: None
    assert push(world, asked=False) == "updated"
    assert platform.rows["customer", "7"]["fields"]["name"] == "Bình"


def test_words_of_which_we_could_send_nothing_back_are_applied_all_the_same() -> None:
    """A-HRV-14: an order without a buyer comes in, though the platform would not take such a one from us."""
    world = shop()
    platform = world.platforms[SHOP]
    platform.writes = ("customer", "order")

    def unsendable(*_: Any) -> Any:
        raise Malformed("buyer_without_account_code", field="buyer")

    platform.view = unsendable  # type: ignore[method-assign, assignment]
    assert told(world, order(buyer=None)) == ["applied"]
