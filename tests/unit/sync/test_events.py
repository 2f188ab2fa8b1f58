"""What becomes of a change that is not simply applied stands in its event (I1, I2, F32)."""

from dataclasses import replace

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.errors import Temporary, Throttled, Unavailable, Unwanted
from retailhub.domain.instants import after
from retailhub.store import events
from retailhub.sync.apply import apply, fail
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, shop, told


def row(world: World, change: Change) -> events.Event | None:
    return events.load(world.table, change.event_id)


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
