"""Seeded storms: people work everywhere while everything breaks; then all is healed, and nothing is lost or doubled."""

import pytest

from tests.fakes import invariants
from tests.fakes.faults import Rates
from tests.fakes.town import HEAVY, MODERATE, Town
from tests.fakes.world import World


def storm(seed: int, rates: Rates, steps: int) -> World:
    world = World(seed, rates)
    town = Town(world)
    world.storm(steps, town.people)
    world.rest()
    return world


@pytest.mark.parametrize("block", range(4))
def test_after_a_storm_all_is_in_step(block: int) -> None:
    """I1…I4, I6…I9, I16, I18 at rest, over 15 seeds a block; a failing seed is a bug report."""
    for seed in range(block * 15, block * 15 + 15):
        world = storm(seed, MODERATE, 150)
        try:
            invariants.check(world)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


def test_after_a_heavy_storm_all_is_in_step() -> None:
    """The same where almost every step may fail."""
    for seed in range(15):
        world = storm(seed, HEAVY, 120)
        assert sum(world.faults.struck.values()) > 50
        try:
            invariants.check(world)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


def test_in_fair_weather_nothing_is_sent_twice() -> None:
    """I10: without faults, one call per thing that is news, and none for echoes."""
    for seed in range(10):
        world = storm(seed, Rates(), 120)
        invariants.check(world)
        for platform in world.platforms.values():
            created = {row["code"] for row in platform.rows.values() if row["code"]}
            assert platform.calls["create"] == len(created) or not platform.codes
        told = len(world.queues.accepted)
        sent = sum(p.calls["create"] + p.calls["update"] for p in world.platforms.values())
        assert sent <= 2 * told


def test_a_seed_is_a_whole_story() -> None:
    """The same seed breaks the same things: a failure can be told again."""
    first, again = storm(7, MODERATE, 100), storm(7, MODERATE, 100)
    assert first.outcomes == again.outcomes
    assert first.faults.struck == again.faults.struck
