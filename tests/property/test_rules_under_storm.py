"""Seeded storms over a company with rules: points, owners, turns, claims, notes and counts stay right, whatever breaks.

What holds always is checked with every single transaction (`tests.fakes.chronicle`), the rest when all has come to rest
(`tests.fakes.rule_invariants`).
"""

import random

from retailhub.crm import duplicates
from retailhub.store import claims
from tests.fakes import invariants, rule_invariants
from tests.fakes.company import REMEMBERED, WORKERS, Company
from tests.fakes.faults import Rates
from tests.fakes.store_story import STORE, Story, connected, end_of
from tests.fakes.town import CROWDED, HEAVY, Town
from tests.fakes.world import World

BUSY = 0.6
ONCE_BAD = (70044, 70078, 80106)
"""What a person entered against what the shop says; somebody put in charge while their customer was being created."""
HAPPENED = {
    "owner_turn", "owner_employee", "owner_kept", "automation_assigned", "automation_not_empty", "lead_converted",
    "points_earn", "points_reverse", "points_redeem", "points_restore", "duplicate_kept", "linked_by", "claimed_later",
}  # fmt: skip


def storm(seed: int, rates: Rates, steps: int) -> Company:
    """A storm over a town and its company, brought to rest and checked; what fails names its seed."""
    world = World(seed, rates)
    town = Town(world, company=True)
    company = town.company
    assert company
    try:
        world.storm(steps, town.people, BUSY)
        world.rest()
        invariants.check(world)
        rule_invariants.check(company)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error
    return company


def test_after_a_storm_every_rule_has_done_its_work_once() -> None:
    """I5, I5b, I14, I15, I16, F64, F65, F66, F67, F68, F69: points, owners, turns, claims and counts; R-OWN-09,
    R-OWN-20, R-RWD-01..09, R-GA-06, R-DUP-05..08, R-CVR-02, R-CVR-03, R-TKT-11.

    In these storms all that can happen does happen: one in which nobody redeems would prove nothing."""
    seen, refused = set[str](), set[str]()
    for seed in (*range(12), *ONCE_BAD):
        company = storm(seed, CROWDED, 250)
        seen |= {note["code"] for event in company.world.events() for note in event.notes}
        refused |= set(company.refused)
        seen |= {"claimed_later"} if any("claim.email" in key[0] for key in company.world.table.items) else set()
    assert seen >= HAPPENED, HAPPENED - seen
    assert refused >= {"duplicate_phone", "too_few_points", "too_few_purchases", "too_many_points", "in_use"}


def test_after_a_heavy_storm_every_rule_has_done_its_work_once() -> None:
    """The same where almost every step may fail (F35, F36, F37, F38)."""
    for seed in range(4):
        assert sum(storm(seed, HEAVY, 250).world.faults.struck.values()) > 50


def test_no_order_and_no_repetition_of_the_same_notices_changes_the_end() -> None:
    """I12, F01, F04, F05: points, purchases, totals, claims, number of turns and decisions of automations are the same
    for every order, every multiplicity and every crash in between; only who got which turn may differ."""
    for seed in range(12):
        story = Story(seed)
        first, *others = [end_of(*story.heard(random.Random(100 * seed + n))) for n in range(4)]
        for other in others:
            for what, end in first.items():
                assert other[what] == end, f"seed {seed}: {what}"


def test_what_a_worker_with_yesterdays_settings_writes_is_claimed_too() -> None:
    """A-DUP-6: a box is ticked; workers who have not heard of it yet claim nothing of what they write, so the run over
    what is there begins only when all have heard."""
    world = World()
    store = connected(world, STORE)
    company = Company(world)
    world.dice = random.Random(0)
    while len(company.remembering) < WORKERS:
        company.book()

    duplicates.save(company.office("tick"), {"email": {"unique": True}}, None)
    while world.step():
        pass
    world.now += REMEMBERED - 1
    store.make("customer", name="An", email="an@example.vn")
    while world.step():
        pass
    [customer] = world.records("customer")
    assert not world.table.get(claims.unique_key("email", "an@example.vn"))
    world.drain()

    claimed = claims.places(world.table.get(claims.unique_key("email", "an@example.vn")))
    assert claimed == [("customer", customer.id)]
