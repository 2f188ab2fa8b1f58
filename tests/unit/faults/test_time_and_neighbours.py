"""F02, F14, F33, F54, F60, F75, F78: late, early, all at once, beside a broken neighbour, and after a restore."""

import copy
import itertools

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.errors import Throttled, Unavailable
from retailhub.domain.identity import remote_code
from retailhub.store import records
from retailhub.store.table import event_key, link_key, remote_key
from retailhub.sync.apply import apply
from retailhub.sync.deliver import deliver
from retailhub.sync.reconcile import reconcile
from tests.fakes import invariants
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.world import World
from tests.unit.sync.pair import PHONE, Pair
from tests.unit.sync.shop import SHOP, buyer_of, customer, order, shop, stamp, told, totals

DAY = 86_400.0


@pytest.mark.parametrize("days", [32, 500])
def test_a_copy_outlives_every_window(days: int) -> None:
    """F02: even when the event's own row has aged away, the link knows the words."""
    world, paid = shop(), order(payment_status="paid")
    told(world, customer(), paid)
    world.now += days * DAY
    world.table.items.pop(event_key(paid.event_id))
    before = copy.deepcopy({key: item for key, item in world.table.items.items() if key[1] != "EVENT"})
    assert told(world, paid) == ["echo"]
    assert {key: item for key, item in world.table.items.items() if key[1] != "EVENT"} == before
    assert totals(world) == (530_000, 1)


def test_a_refund_before_its_order_brings_the_order() -> None:
    """F14: the notice names an order that was never heard of; it is read, with its buyer, and counts once."""
    world = shop()
    refunded = order(at=3, payment_status="partially_refunded", refunded_goods="100000", refunded_total="100000")
    world.platforms[SHOP].rows["order", "55"] = {"code": None, **refunded.payload}
    assert told(world, Change(SHOP, "order", "55", topic="refunds/create", uid="1")) == ["applied"]
    assert totals(world) == (400_000, 1)
    assert told(world, order(at=1), refunded, customer()) == ["stale", "echo", "applied"]
    assert totals(world) == (400_000, 1)
    assert buyer_of(world).name == "Trần Thị An"


def test_a_refund_while_the_shop_is_down_is_not_lost() -> None:
    """F14, F15: it waits in its event; if the order is gone by then, that is said."""
    world = shop()
    platform = world.platforms[SHOP]

    def down(_: str) -> None:
        raise Unavailable("unavailable")

    platform.before = down
    notice = Change(SHOP, "order", "55", topic="refunds/create", uid="1")
    assert told(world, notice) == ["parked"]
    platform.before = lambda _: None
    world.now += 120
    world.drain()
    [event] = world.events()
    assert (event.outcome, event.reason, event.message) == ("ignored", "gone", "")


def test_a_stopped_destination_holds_up_nobody_else() -> None:
    """F33, F75: one platform throttles every call; the other gets everything at once."""
    pair = Pair()
    other = pair.world.connect("haravan1", "haravan", ("customer",), codes=False, writes=("customer",))
    pair.world.flow("getfly1", "haravan1", "customer", "created")

    def never(_: str) -> None:
        raise Throttled("throttled", retry_after=600)

    pair.cnv.before = never
    for n in range(20):
        pair.getfly.make("customer", name=f"Khách {n}", phone=f"+8491200{n:04d}")
    began = pair.world.now
    while pair.world.step():
        pass
    assert len(other.live("customer")) == 20
    assert pair.world.now - began < 60
    assert pair.cnv.live("customer") == []
    pair.cnv.before = lambda _: None
    pair.world.rest()
    assert len(pair.cnv.live("customer")) == 20
    invariants.check(pair.world)


@pytest.mark.parametrize("turn", list(itertools.permutations(("hub", "shop"))), ids="-".join)
def test_both_sides_edit_one_customer_at_once(turn: tuple[str, ...]) -> None:
    """F60, I9: a person edits here while the shop's own people edit there; the later word stands
    for the whole record, and both end with the same."""
    world = shop()
    world.flow("hub", SHOP, "customer", "created", "updated")
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An", phone=PHONE, email="an@example.vn")
    world.drain()
    for side in turn:
        if side == "hub":
            _edit_here(world, source_id)
        else:
            platform.edit("customer", source_id, email="an.moi@example.vn")
        world.now += 5
    world.rest()
    there, here = platform.rows["customer", source_id]["fields"], buyer_of(world, source_id)
    assert (here.name, here.phone, here.email) == (there["name"], there["phone"], there["email"])
    assert here.email in ("an@example.vn", "an.moi@example.vn")
    assert platform.calls["update"] <= 2
    assert len(platform.live("customer")) == 1


def _edit_here(world: World, source_id: str) -> None:
    record = world.record(SHOP, "customer", source_id)
    assert record
    fields = record.fields.model_copy(update={"name": "An Nguyễn"})
    edited = record.revised(fields, by="hub", at=world.clock(), edited_here=True)
    world.table.write(records.put(edited))


def bought(where: FakePlatform, name: str, phone: str, number: str) -> str:
    """A customer with an order, as people make them; answers the customer's id."""
    made = where.make("customer", name=name, phone=phone)
    buyer = {"id": made, "code": None, "stub": {"name": name, "phone": phone}}
    where.make("order", order_number=number, total_price="530000", buyer=buyer)
    return made


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_a_table_restored_to_yesterday_catches_up_and_doubles_nothing(seed: int, empty: bool) -> None:
    """F78: the platforms moved on, or all is begun anew with an empty table. What we made there once is not taken for
    new, and what we would make is found by its code, in whatever order the listings come."""
    pair = Pair(World(seed))
    world = pair.world
    first = bought(pair.getfly, "An", PHONE, "D1")
    world.rest()
    yesterday = {} if empty else copy.deepcopy(world.table.items)
    bought(pair.getfly, "Bình", "+84912000222", "D2")
    pair.getfly.edit("customer", first, name="An Nguyễn")
    bought(pair.cnv, "Chi", "+84912000333", "APP3")
    world.rest()
    there = {name: {kind: len(p.live(kind)) for kind in p.reads} for name, p in world.platforms.items()}

    world.table.items.clear()
    world.table.items.update(yesterday)
    world.now += DAY
    reconcile(world.hub)
    world.rest()

    assert {name: {kind: len(p.live(kind)) for kind in p.reads} for name, p in world.platforms.items()} == there
    assert len(world.records("customer")) == 3
    assert len(world.records("order")) == 3
    invariants.check(world)


def test_a_code_that_is_taken_by_ourselves_leads_to_what_we_made() -> None:
    """F78: the link was lost with yesterday, so nobody knows that a create was begun; its refusal makes us look."""
    pair = Pair()
    pair.product()
    pair.world.rest()
    link, record = pair.link("product"), pair.only("product")
    pair.cnv.rows["product", str(link.remote_id)]["code"] = remote_code(record.id)
    del pair.world.table.items[link_key("product", record.id, "cnv1")]
    del pair.world.table.items[remote_key("cnv1", "product", str(link.remote_id))]
    assert deliver(pair.wish("product"), pair.world.hub) in ("updated", "nothing")
    assert (pair.link("product").remote_id, pair.link("product").status) == (link.remote_id, "settled")
    assert len(pair.cnv.live("product")) == 1


def test_what_we_made_from_a_record_that_is_lost_is_shown_in_the_end() -> None:
    """F78: its original never comes; the change waits sixteen hours, then a person sees it, and nothing is made."""
    pair = Pair()
    lost = "RH-O_" + "A" * 24
    pair.cnv.rows["order", "7"] = {"id": "7", "code": lost, "fields": {"order_number": "D7"}, "updated_at": stamp(1)}
    change = pair.cnv.notice("order", "7")
    assert apply(change, pair.world.hub).outcome == "parked"
    pair.world.drain(hours=100)
    [event] = [event for event in pair.world.events() if event.connection == "cnv1"]
    assert (event.outcome, event.reason, event.error["field"]) == ("failed", "original_unknown", "code")
    assert (pair.world.records("order"), pair.getfly.live("order")) == ([], [])


def test_an_older_copy_after_the_restore_is_still_no_news() -> None:
    """F78, F05: messages that were on their way when the table was set back tell an old state."""
    world = shop()
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An")
    late = platform.notice("customer", source_id)
    world.drain()
    yesterday = copy.deepcopy(world.table.items)
    world.now += 60
    platform.edit("customer", source_id, name="Bình")
    world.drain()
    world.table.items.clear()
    world.table.items.update(yesterday)
    world.rest()
    assert buyer_of(world, source_id).name == "Bình"
    assert apply(late, world.hub).outcome == "stale"
    assert late.payload["updated_at"] > stamp(0)
