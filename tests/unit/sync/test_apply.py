from dataclasses import replace

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.errors import Temporary
from retailhub.store import events
from retailhub.store.table import Conflict
from retailhub.sync.apply import TRIES, apply
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, buyer_of, customer, shop, stamp, told


def row(world: World, change: Change) -> events.Event | None:
    return events.load(world.table, change.event_id)


def test_a_new_customer_stands_in_the_hub_with_its_event() -> None:
    """R-HRV-06, F39: record, link, pointer and event are one transaction."""
    world, change = shop(), customer()
    event = apply(change, world.hub)
    record = world.record(SHOP, "customer", "7")
    assert record
    assert (record.fields.name, record.version, record.origin) == ("Trần Thị An", 1, SHOP)
    assert (event.outcome, event.record, event.changed) == ("applied", record.id, ("name", "phone"))
    assert row(world, change) == replace(event, rev=1)
    assert world.table.calls["transaction"] == world.table.writes == 1


def test_the_same_change_again_does_nothing() -> None:
    """F01, F02: a repeat is an echo, and what the first one did stays told."""
    world, change = shop(), customer()
    assert told(world, change, change) == ["applied", "echo"]
    kept = row(world, change)
    assert kept
    assert kept.outcome == "applied"


def test_older_words_never_win() -> None:
    """F05: a late webhook changes nothing and says so."""
    world = shop()
    assert told(world, customer(at=5, name="Bình"), customer(at=3, name="An")) == ["applied", "stale"]
    assert buyer_of(world).name == "Bình"


def test_a_repeat_that_is_stale_by_now_leaves_its_own_event_alone() -> None:
    """I2: what was applied stays applied, though a copy of it comes a month later."""
    world, first = shop(), customer(at=1)
    assert told(world, first, customer(at=2, name="Bình"), first) == ["applied", "applied", "stale"]
    kept = row(world, first)
    assert kept
    assert kept.outcome == "applied"


def test_equal_stamps_with_other_content_are_settled_by_the_platform() -> None:
    """F12: neither first nor last wins by luck; the record is read."""
    world = shop()
    platform = world.platforms[SHOP]
    platform.rows["customer", "7"] = {"id": "7", "updated_at": stamp(3), "fields": {"name": "Chi"}}
    assert told(world, customer(at=3, name="An"), customer(at=3, name="Bình")) == ["applied", "applied"]
    assert buyer_of(world).name == "Chi"
    assert platform.calls["read"] == 1


def test_unchanged_words_with_a_newer_stamp_are_remembered() -> None:
    """An in-between change that comes late must not win over words that were said again after it."""
    world = shop()
    assert told(world, customer(at=1), customer(at=9), customer(at=5, name="Bình")) == ["applied", "echo", "stale"]


def test_a_thin_notice_is_read_from_the_platform() -> None:
    """Design §1: Getfly and CNV say only which record changed."""
    world = shop(thin=True)
    source_id = world.platforms[SHOP].make("customer", name="An")
    assert told(world, Change(SHOP, "customer", source_id, uid="u1")) == ["applied"]
    assert buyer_of(world, source_id).name == "An"


def test_a_notice_may_name_its_record_by_another_key() -> None:
    """Getfly's notices may hold a code only; what is read says the id, and the record is found by it."""
    world = shop(thin=True)
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An")
    told(world, Change(SHOP, "customer", source_id, uid="u1"))
    platform.rows["customer", "code:KH1"] = platform.rows["customer", source_id]
    platform.edit("customer", source_id, name="Bình")
    assert told(world, Change(SHOP, "customer", "code:KH1", uid="u2")) == ["applied"]
    assert buyer_of(world, source_id).name == "Bình"
    assert len(world.records("customer")) == 1


def test_a_race_that_is_lost_again_and_again_goes_back_to_the_queue() -> None:
    """F38: bounded tries, then the queue's turn."""
    world = shop()

    def busy(operation: str) -> None:
        if operation == "transaction":
            raise Conflict

    world.table.before = busy
    with pytest.raises(Temporary, match="contended"):
        apply(customer(), world.hub)
    assert world.table.calls["transaction"] == TRIES


def test_an_order_of_a_thousand_lines_fits() -> None:
    """F40: a record of 1,000 lines is stored, read and changed."""
    world = shop()
    lines = [{"sku": f"A{n}", "name": "Áo dài lụa tơ tằm", "quantity": 1, "price": 1000} for n in range(1000)]
    change = Change(SHOP, "order", "55", payload={"id": "55", "updated_at": stamp(1), "fields": {"items": lines}})
    assert told(world, change) == ["applied"]
    record = world.record(SHOP, "order", "55")
    assert record
    assert len(record.fields.items) == 1000


def test_of_two_readers_the_later_reading_stands() -> None:
    """F58, I3: where a platform tells no stamps, who read it first but writes last must not win."""
    world = shop(thin=True, stamped=False)
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An")
    told(world, Change(SHOP, "customer", source_id, uid="u1"))
    platform.edit("customer", source_id, name="Bình")

    def overtaken(call: str) -> None:
        platform.after = lambda _: None
        platform.edit("customer", source_id, name="Chi")
        assert told(world, Change(SHOP, "customer", source_id, uid="u3")) == ["applied"]

    platform.after = overtaken
    told(world, Change(SHOP, "customer", source_id, uid="u2"))
    assert buyer_of(world, source_id).name == "Chi"
