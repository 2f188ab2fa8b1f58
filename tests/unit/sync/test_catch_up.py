"""Listings and webhooks beside each other, and the gap that an outage left (F05, F06, F61)."""

from retailhub.domain.changes import Change
from retailhub.domain.instants import after
from retailhub.store import pulls
from retailhub.sync import pull
from retailhub.sync.apply import apply
from tests.unit.sync.runs import apply_all, backfill, run, stocked
from tests.unit.sync.shop import SHOP, buyer_of


def test_a_catch_up_looks_back_behind_the_last_complete_one() -> None:
    """Design §2: overlap, because clocks differ and listings lag; a failed one counts for nothing."""
    world = stocked(1)
    assert pull.catch_up(world.hub, "haravan") == [SHOP]
    first = pulls.load(world.table, f"catch_up.{SHOP}")
    assert first
    assert first.since == after(world.directory.known[SHOP].created_at, -900)
    run(world, f"catch_up.{SHOP}")
    world.now += 3600
    assert pull.catch_up(world.hub, "haravan") == [SHOP]
    second = pulls.load(world.table, f"catch_up.{SHOP}")
    assert second
    assert second.since == after(first.started_at, -900)


def test_a_catch_up_closes_the_gap_after_an_outage() -> None:
    """F06: webhooks that never came are found by the listing."""
    world = stocked(0)
    pull.catch_up(world.hub, "haravan")
    run(world, f"catch_up.{SHOP}")
    world.now += 7200
    source_id = world.platforms[SHOP].make("customer", name="An")
    pull.catch_up(world.hub, "haravan")
    run(world, f"catch_up.{SHOP}")
    assert buyer_of(world, source_id).name == "An"


def test_what_the_listing_reports_as_removed_is_marked_once() -> None:
    """A-KV-3."""
    world = stocked(2)
    backfill(world)
    run(world)
    world.platforms[SHOP].remove("customer", "101")
    for changes in (1, 0):
        backfill(world)
        pull.step(world.hub, "b1", lambda: True)
        assert apply_all(world) == changes
    record = world.record(SHOP, "customer", "101")
    assert record
    assert record.deleted


def test_webhooks_during_a_backfill_are_not_overwritten_by_older_pages() -> None:
    """F61, I13: backfill beside webhooks, webhooks alone, backfill alone: the same end."""
    ends = []
    for way in ("both", "webhooks", "backfill"):
        world = stocked(0)
        platform = world.platforms[SHOP]
        notices: list[Change] = []
        platform.tell, platform.subscribed = notices.append, True
        for n in range(12):
            platform.make("customer", name=f"Khách {n}")
        if way != "webhooks":
            backfill(world)
            pull.step(world.hub, "b1", lambda: True)  # what it queued is of now, and comes last
        world.now += 10
        for row in list(platform.live("customer"))[:6]:
            platform.edit("customer", row["id"], name="Mới")
        if way != "backfill":
            for notice in notices:
                apply(notice, world.hub)
        apply_all(world)
        if way == "backfill":
            backfill(world)
            run(world)
        ends.append(sorted((r.id, r.fields.name) for r in world.records("customer")))
    assert ends[0] == ends[1] == ends[2]


def test_a_stamp_that_moved_without_news_is_remembered_too() -> None:
    """F05: a webhook from between two equal states, hours late, must not win over what a listing has shown since."""
    world = stocked(1)
    platform = world.platforms[SHOP]
    backfill(world)
    run(world)
    world.now += 60
    platform.edit("customer", "101", name="Bình")
    late = platform.notice("customer", "101")
    world.now += 60
    platform.edit("customer", "101", name="Khách 0")
    backfill(world)
    run(world)
    assert apply(late, world.hub).outcome == "stale"
    assert buyer_of(world, "101").name == "Khách 0"
