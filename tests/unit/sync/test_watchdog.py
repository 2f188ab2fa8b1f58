from dataclasses import replace

import pytest

from retailhub.domain.connections import Secret
from retailhub.domain.errors import Rejected
from retailhub.store import connections, pulls
from retailhub.sync.watchdog import note_proof, pinned, watch
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, shop

SECRET, URL = Secret(current="s3cret"), "https://hub.example.vn/webhooks/haravan/1"


@pytest.fixture
def world() -> World:
    return shop()


def look(world: World) -> dict[str, object]:
    return watch(world.hub, world.directory.known[SHOP], SECRET, URL)


def test_a_vanished_subscription_is_made_anew_and_the_gap_closed(world: World) -> None:
    """F10, design §2: re-registered, and a catch-up begins at once."""
    platform = world.platforms[SHOP]
    platform.subscribed = False
    assert look(world) == {"missing": ["everything"], "registered": True, "error": ""}
    assert platform.subscribed
    began = pulls.load(world.table, f"catch_up.{SHOP}")
    assert began
    assert (began.mode, [message.body for message in world.queues.messages]) == ("catch_up", [f"catch_up.{SHOP}"])


def test_a_subscription_that_lives_is_left_alone(world: World) -> None:
    assert look(world) == {"missing": [], "registered": False, "error": ""}
    assert world.platforms[SHOP].calls["register_webhooks"] == 0


def test_a_paused_connection_is_not_looked_after(world: World) -> None:
    world.pause(SHOP)
    look(world)
    assert not world.platforms[SHOP].calls


def test_a_platform_s_refusal_is_told_not_raised(world: World) -> None:
    """One shop's trouble does not keep the others from being looked after."""

    def refuse(_: str) -> None:
        raise Rejected("unauthorized", status=401)

    world.platforms[SHOP].before = refuse
    assert look(world)["error"] == "unauthorized"


def test_the_reading_of_the_key_that_verified_is_noted_once_and_pinned(world: World) -> None:
    """kiotviet.md §2.4: two readings of the signature key are tried until one has been seen to verify."""
    stored = world.directory.known[SHOP]
    world.table.write(connections.put(stored))
    note_proof(world.hub, stored, "base64")
    note_proof(world.hub, stored, "raw")
    kept = connections.load(world.table, SHOP)
    assert kept
    assert kept.proof_seen == "base64"
    pin = pinned(kept, SECRET)
    assert pin == replace(SECRET, proof="base64")
    assert pinned(kept, replace(SECRET, proof="base64")) is None
    assert pinned(stored, SECRET) is None
