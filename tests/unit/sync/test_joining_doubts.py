"""Whose profile is it, if nobody or several are meant: it waits, it is asked, it is never guessed (R-HL-05)."""

from dataclasses import replace
from typing import Any

import pytest

from retailhub.domain.records import Customer
from retailhub.rules.drafts import Draft
from retailhub.store import records, reviews
from retailhub.sync import joining, matching
from retailhub.sync.reconcile import reconcile
from tests.fakes.world import World
from tests.unit.sync.members import LOYALTY, PHONE, SHOP, customer, points, profile, town


@pytest.fixture
def world() -> World:
    return town()


class TestNobody:
    """Their customer is not here yet, or never comes."""

    def test_it_waits_and_finds_them_once_they_come(self, world: World) -> None:
        """R-HL-05: profiles may come before the shop's own data."""
        event = profile(world, ref="7", phone=PHONE)
        assert (event.outcome, event.reason) == ("parked", "customer_not_here_yet")
        assert world.records("customer") == [], "nobody without a name is made"

        customer(world, "7")
        world.drain()

        assert points(world, "7") == 245
        assert [one.outcome for one in world.events() if one.connection == LOYALTY] == ["applied"]

    def test_it_is_tried_a_few_times_with_growing_waits_and_then_fails_where_people_see_it(self, world: World) -> None:
        """R-HL-05: not for ever, and over before the next night's comparison."""
        profile(world, ref="7", phone=PHONE)
        begun = world.now
        world.drain()

        [event] = world.events()
        assert (event.outcome, event.reason, event.attempts) == ("failed", "customer_not_here_yet", joining.TRIES)
        assert 12 < (world.now - begun) / 3600 < 20
        assert event.message, "it is kept, to be tried again by hand"

    def test_the_night_s_comparison_tries_once_more(self, world: World) -> None:
        """R-HL-05: whoever came meanwhile is found without anybody's help."""
        world.platforms[LOYALTY].make("customer", points=245, ref="7", phone=PHONE)
        reconcile(world.hub)
        world.drain()
        customer(world, "7")

        reconcile(world.hub)
        world.drain()

        assert points(world, "7") == 245
        assert {one.outcome for one in world.events() if one.connection == LOYALTY} == {"applied"}

    def test_a_profile_that_names_nobody_fails_at_once(self, world: World) -> None:
        event = profile(world)

        assert (event.outcome, event.reason, event.error["field"]) == ("failed", "nobody_told", "phone")

    @pytest.mark.parametrize("who", [{"recipient_of": "c_1", "vendor_id": None}, {"guest": True}, {"vendor_id": None}])
    def test_recipients_and_strangers_with_the_phone_are_nobody(self, world: World, who: dict[str, Any]) -> None:
        """R-HL-14: only members and Haravan's customers have points."""
        blank = records.born("customer", "c_x", origin="kiotviet1", by="kiotviet1", at=world.clock())
        fields = Customer.model_validate({"name": "Người khác", "phone": PHONE, "vendor_id": "5", **who})
        world.table.write(*records.writes(None, blank.revised(fields, by="kiotviet1", at=world.clock())))

        assert profile(world, phone=PHONE).reason == "customer_not_here_yet"


class TestSeveral:
    """Nobody guesses."""

    def test_several_with_the_phone_wait_for_a_person(self, world: World) -> None:
        """R-HRV-10, R-HL-05: on the review list, with who it may be."""
        for vendor_id in ("7", "8"):
            customer(world, vendor_id)

        event = profile(world, phone=PHONE)

        assert (event.outcome, event.reason) == ("parked", "several_matches")
        [asked] = [reviews.from_item(i) for i in world.table.query(reviews.partition(), index="listing").items]
        ours = {found.id for one in ("7", "8") if (found := world.record(SHOP, "customer", one))}
        assert asked.candidates == {one: ["phone"] for one in ours}
        assert (points(world, "7"), points(world, "8")) == (None, None)

    def test_whom_a_person_chose_gets_the_points(self, world: World) -> None:
        """R-HL-05; the review is over with that."""
        for vendor_id in ("7", "8"):
            customer(world, vendor_id)
        profile(world, phone=PHONE)
        eight = world.record(SHOP, "customer", "8")
        assert eight
        asked = matching.review_of(Draft(world.table), LOYALTY, "customer", "9001")
        world.table.write(reviews.put(replace(asked, decision=eight.id, decided_by="lan")))

        profile(world, phone=PHONE, attempt=1)

        assert (points(world, "7"), points(world, "8")) == (None, 245)
        assert reviews.load(world.table, asked.id) is None

    def test_nobody_of_ours_is_a_decision_too(self, world: World) -> None:
        """The profile is ignored from then on; nobody is made for it."""
        for vendor_id in ("7", "8"):
            customer(world, vendor_id)
        profile(world, phone=PHONE)
        asked = matching.review_of(Draft(world.table), LOYALTY, "customer", "9001")
        world.table.write(reviews.put(replace(asked, decision=reviews.NEW, decided_by="lan")))

        event = profile(world, points=300, phone=PHONE, attempt=1)

        assert (event.outcome, event.reason) == ("ignored", "nobody_of_ours")
        assert len(world.records("customer")) == 2

    def test_a_customer_has_one_profile(self, world: World) -> None:
        """A second one is shown to people instead of changing points back and forth."""
        customer(world, "7")
        profile(world, "9001", ref="7")

        event = profile(world, "9002", points=1, phone=PHONE)

        assert (event.outcome, event.reason) == ("failed", "has_another_profile")
        assert points(world, "7") == 245

    def test_an_id_that_is_told_excludes_everybody_else_s(self, world: World) -> None:
        """R-HRV-10: the same phone at the shop, but another Id Vendor."""
        customer(world, "8")

        assert profile(world, ref="7", phone=PHONE).reason == "customer_not_here_yet"
        assert points(world, "8") is None
