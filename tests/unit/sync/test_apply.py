from dataclasses import replace

import pytest
from retailhub.domain.changes import Change
from retailhub.domain.errors import Temporary, Throttled, Unavailable, Unwanted
from retailhub.domain.instants import after
from retailhub.store import events
from retailhub.store.table import Conflict
from retailhub.sync.apply import apply, fail

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


def test_a_thin_notice_of_what_is_gone_already_is_ignored() -> None:
    """F15: nothing was ever known of it, so nothing is kept but the event."""
    world, notice = shop(thin=True), Change(SHOP, "customer", "404", uid="u")
    event = apply(notice, world.hub)
    assert (event.outcome, event.reason) == ("ignored", "gone")
    assert not world.records("customer")


def test_a_thin_notice_of_a_known_record_that_is_gone_marks_it() -> None:
    """F15, A-KV-3: a soft mark."""
    world = shop(thin=True)
    platform = world.platforms[SHOP]
    source_id = platform.make("customer", name="An")
    told(world, Change(SHOP, "customer", source_id, uid="u1"))
    platform.remove("customer", source_id)
    assert told(world, Change(SHOP, "customer", source_id, uid="u2")) == ["applied"]
    record = world.record(SHOP, "customer", source_id)
    assert record
    assert record.deleted
    assert record.fields.name == "An"


def test_a_late_update_does_not_bring_the_deleted_back() -> None:
    """F05: delete, then the update that was sent before it. The platform is asked, and has nothing."""
    world = shop()
    delete = Change(SHOP, "customer", "7", "delete", {"removed": "7"})
    assert told(world, customer(at=1), delete, customer(at=2, name="Bình")) == ["applied", "applied", "applied"]
    record = world.record(SHOP, "customer", "7")
    assert record
    assert (record.deleted, record.fields.name) == (True, "Bình")


def test_delete_before_its_create_ends_like_create_before_delete() -> None:
    """I12: a delete that overtakes leaves a mark, and the last words complete it."""
    delete = Change(SHOP, "customer", "7", "delete", {"removed": "7"})
    ends = []
    for changes in ((customer(at=1), delete), (delete, customer(at=1)), (delete, customer(at=1), delete)):
        world = shop()
        told(world, *changes)
        record = world.record(SHOP, "customer", "7")
        assert record
        ends.append((record.deleted, record.fields))
    assert ends[0] == ends[1] == ends[2]
    assert ends[0][0]


def test_what_was_removed_and_is_there_again_lives_again() -> None:
    """The platform decides: a restored record is restored."""
    world = shop()
    world.platforms[SHOP].rows["customer", "7"] = {"id": "7", "updated_at": stamp(9), "fields": {"name": "An"}}
    told(world, customer(at=1), Change(SHOP, "customer", "7", "delete", {"removed": "7"}), customer(at=9))
    record = world.record(SHOP, "customer", "7")
    assert record
    assert not record.deleted


@pytest.mark.parametrize("error, due", [(Throttled("throttled", retry_after=40), 40), (Unavailable("unavailable"), 60)])
def test_a_platform_in_trouble_parks_the_change_in_its_event(error: Temporary, due: int) -> None:
    """Design §2: 429 and outage burn no receive counts; the change waits where it can be seen."""
    world, change = shop(thin=True), Change(SHOP, "customer", "7", uid="u")

    def refuse(_: str) -> None:
        raise error

    world.platforms[SHOP].before = refuse
    event = apply(change, world.hub)
    assert (event.outcome, event.change) == ("parked", change)
    assert after(world.clock(), due - 1) < event.due_at < after(world.clock(), due)


def test_poison_is_parked_at_once_and_others_go_on() -> None:
    """F32: a permanent error is kept with its change and cause on the first try."""
    world = shop()
    poison = Change(SHOP, "customer", "7", payload={"id": "7", "unreadable": True})
    assert told(world, poison, customer("8")) == ["failed", "applied"]
    kept = row(world, poison)
    assert kept
    assert (kept.reason, kept.error["field"], kept.change) == ("unreadable", "fields", poison)


def test_fields_that_no_record_can_hold_are_poison_with_the_field_named() -> None:
    """F25: pydantic's refusal tells the field and none of the value."""
    world, change = shop(), customer(gender="unknown person")
    assert told(world, change) == ["failed"]
    kept = row(world, change)
    assert kept
    assert kept.error == {"code": "invalid", "field": "gender"}


def test_what_a_connection_does_not_take_is_ignored_with_its_reason() -> None:
    """A-KV-2: another branch, a type that was not ticked, an unknown connection: nothing is wrong."""
    world = shop()

    def foreign(*_: object) -> None:
        raise Unwanted("other_branch")

    assert apply(Change(SHOP, "contract", "1", payload={}), world.hub).reason == "type_not_chosen"
    assert apply(Change(SHOP, "voucher", "1", payload={}), world.hub).reason == "type_not_chosen"
    assert apply(Change("nobody", "customer", "1", payload={}), world.hub).reason == "unknown_connection"
    assert apply(Change(SHOP, "customer", "1", "ignore", reason="unknown_topic"), world.hub).reason == "unknown_topic"
    assert apply(customer(guest=True), world.hub).reason == "guest"
    world.platforms[SHOP].snapshot = foreign  # type: ignore[method-assign, assignment]
    assert apply(customer(), world.hub).reason == "other_branch"
    assert {event.outcome for event in world.events()} == {"ignored"}


def test_a_quarantined_body_waits_for_a_person() -> None:
    """F16: it is kept whole and never due by itself."""
    world = shop()
    forged = Change(SHOP, "customer", "", "quarantine", {"body": "…"}, reason="bad_signature")
    assert told(world, forged) == ["parked"]
    kept = row(world, forged)
    assert kept
    assert (kept.reason, kept.due_at, kept.change) == ("bad_signature", "", forged)


def test_a_taken_up_change_always_closes_its_event() -> None:
    """F77: resumed or redriven, whatever became of it meanwhile: stale, known already, or not wanted any more."""
    late, same, unwanted = customer(at=1, name="Cũ"), customer(at=5), Change(SHOP, "contract", "1", payload={})
    for change, outcome in ((late, "stale"), (same, "echo"), (unwanted, "ignored")):
        world = shop()
        fail(change, ValueError("yesterday's bug"), world.hub)
        told(world, replace(same, event_id="another"))
        assert apply(replace(change, attempt=1), world.hub).outcome == outcome
        kept = row(world, change)
        assert kept
        assert (kept.outcome, kept.message, kept.attempts) == (outcome, "", 1)


def test_a_second_redrive_leaves_the_first_one_s_result() -> None:
    """F77: an operator who redrives twice changes nothing."""
    world, change = shop(), customer()
    fail(change, ValueError("yesterday's bug"), world.hub)
    again = replace(change, attempt=1)
    assert told(world, again, again) == ["applied", "echo"]
    kept = row(world, change)
    assert kept
    assert kept.outcome == "applied"


def test_too_large_a_change_is_kept_thin_when_it_fails() -> None:
    """F40: an item holds 400 kB; what failed is then read from the platform when its time comes."""
    world = shop()
    noise = [{"sku": f"{n * 7919 % 10**9}", "name": f"{n * n * 104729 % 10**12}"} for n in range(40_000)]
    change = Change(SHOP, "customer", "7", payload={"id": "7", "unreadable": True, "noise": noise})
    assert told(world, change) == ["failed"]
    kept = row(world, change)
    assert kept
    assert kept.change == replace(change, payload=None)


def test_a_race_that_is_lost_again_and_again_goes_back_to_the_queue() -> None:
    """F38: bounded tries, then the queue's turn."""
    world = shop()
    def busy(operation: str) -> None:
        if operation == "transaction":
            raise Conflict

    world.table.before = busy
    with pytest.raises(Temporary, match="contended"):
        apply(customer(), world.hub)
    assert world.table.calls["transaction"] == 6


def test_an_order_of_a_thousand_lines_fits() -> None:
    """F40, issue: a record of 1,000 lines is stored, read and changed."""
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
