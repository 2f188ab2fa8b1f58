"""Haraloyalty's profiles join the shop's customers: by Haravan's id, else by phone (R-HL-05)."""

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.membership import Membership
from retailhub.domain.records import Customer, Record
from retailhub.store import records
from retailhub.sync.apply import apply
from tests.fakes.world import World
from tests.unit.sync.members import LOYALTY, OTHER, PHONE, SHOP, customer, points, profile, town

MEMBER = Membership(activated_at="2026-01-01T00:00:00.000000Z", activated_by="lan", ground="opening_file")


@pytest.fixture
def world() -> World:
    return town()


def member(world: World, phone: str = PHONE) -> Record:
    """A member from the opening file, whom no shop knows."""
    blank = records.born("customer", "c_member", origin="hub", by="lan", at=world.clock())
    made = blank.revised(Customer(name="Hội viên", phone=phone, membership=MEMBER), by="hub", at=world.clock())
    world.table.write(*records.writes(None, made))
    return made


class TestJoined:
    """One customer, evidently."""

    def test_by_haravan_s_id(self, world: World) -> None:
        """R-HL-05: whatever phone the profile has, and however many share it (R-HRV-10)."""
        for vendor_id in ("7", "8"):
            customer(world, vendor_id)

        event = profile(world, ref="8", phone=PHONE, level="Bạc")

        assert (event.outcome, event.changed) == ("applied", ("loyalty",))
        assert (points(world, "7"), points(world, "8")) == (None, 245)

    def test_by_the_phone_of_the_only_one(self, world: World) -> None:
        """R-HL-05: where the profile tells no id."""
        customer(world, "7")
        customer(world, "8", phone="+84912000222")

        assert profile(world, phone=PHONE).outcome == "applied"
        assert (points(world, "7"), points(world, "8")) == (245, None)

    def test_by_the_phone_of_a_member_from_the_opening_file(self, world: World) -> None:
        """R-HL-02, R-HL-05, A-HL-6: Haravan does not know them yet."""
        ours = member(world)

        assert profile(world, ref="8", phone=PHONE).record == ours.id

    def test_the_other_shop_s_customers_are_none_of_it(self, world: World) -> None:
        """One deployment may have several shops, each with a programme of its own."""
        customer(world, "7", OTHER)
        customer(world, "7", SHOP, phone="+84912000222")
        customer(world, "9", SHOP)

        profile(world, "9001", ref="7")
        profile(world, "9002", phone=PHONE)

        assert points(world, "7", OTHER) is None
        assert (points(world, "7"), points(world, "9")) == (245, 245)

    def test_without_a_configured_shop_the_phone_tells(self, world: World) -> None:
        """And of several with the phone Haravan's id, by whichever shop."""
        world.platforms[LOYALTY].haravan = None  # type: ignore[attr-defined]
        customer(world, "7", OTHER)
        customer(world, "8", SHOP)

        profile(world, ref="7", phone=PHONE)

        assert (points(world, "7", OTHER), points(world, "8")) == (245, None)

    def test_later_words_go_straight_to_them(self, world: World) -> None:
        """R-HL-05: by the link; the phone may have changed hands since."""
        customer(world, "7")
        profile(world, phone=PHONE)
        customer(world, "7", phone="+84912000999")
        customer(world, "8")

        profile(world, points=300, phone=PHONE)

        assert (points(world, "7"), points(world, "8")) == (300, None)

    def test_it_says_nothing_but_the_loyalty_part(self, world: World) -> None:
        """R-HL-05, A-X-5: name, phone and version of the shop's own words stay."""
        customer(world, "7", email="an@example.vn")
        before = world.record(SHOP, "customer", "7")
        profile(world, ref="7", phone="+84912000333")
        after = world.record(SHOP, "customer", "7")

        assert before and after
        assert after.fields == before.fields.model_copy(update={"loyalty": after.fields.loyalty})
        assert after.external_ids == {SHOP: "7", LOYALTY: "9001"}
        assert after.origin == SHOP

    def test_the_shop_s_words_keep_the_points(self, world: World) -> None:
        """R-HL-05."""
        customer(world, "7")
        profile(world, ref="7")
        customer(world, "7", name="Tên mới")

        assert points(world, "7") == 245

    def test_a_removed_customer_stays_removed(self, world: World) -> None:
        """A-X-8: points neither bring anybody back nor take anybody away."""
        customer(world, "7")
        apply(Change(SHOP, "customer", "7", "delete", {"removed": "7"}), world.hub)
        profile(world, ref="7")

        record = world.record(SHOP, "customer", "7")
        assert record
        assert (record.deleted, points(world, "7")) == (True, 245)

    def test_a_profile_that_is_gone_removes_nobody(self, world: World) -> None:
        """A-X-8, F15: what was known last stays."""
        customer(world, "7")
        profile(world, ref="7")
        apply(Change(LOYALTY, "customer", "9001", "delete", {"removed": "9001"}), world.hub)

        record = world.record(SHOP, "customer", "7")
        assert record
        assert (record.deleted, points(world, "7")) == (False, 245)

    def test_whoever_replaces_a_profile_that_is_gone_has_its_place(self, world: World) -> None:
        customer(world, "7")
        profile(world, "9001", ref="7")
        apply(Change(LOYALTY, "customer", "9001", "delete", {"removed": "9001"}), world.hub)

        assert profile(world, "9002", points=5, ref="7").outcome == "applied"
        assert points(world, "7") == 5
