"""Order automations on the way of the data: a new order's source puts somebody in charge of its buyer."""

from collections import Counter
from typing import Any

import pytest

from retailhub.domain.records import Customer, Record
from retailhub.store import events
from retailhub.store.table import story_of
from tests.fakes.staffed import automation, book, employee, rule
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, buyer_of, customer, order, shop, told

WEB = "https://www.getfly.vn/dang-ky-dung-thu-phan-mem.html"
PAGE = "https://www.facebook.com/getfly"
MINH = employee("minh", users={"gf1example": "12", "gf2example": "nv.minh"})
LAN = employee("lan", users={"gf1example": "13"})
BY_SOURCE = automation((WEB, MINH.id), (PAGE, LAN.id))


def automated(*rules: Record, staff: tuple[Record, ...] = (MINH, LAN), **platforms: str) -> World:
    """A shop with a customer, and automations for its orders."""
    world = shop()
    told(world, customer())
    world.directory.book = book(*rules, staff=staff, platforms={SHOP: "haravan", **platforms})
    return world


def note(world: World, change: Any) -> dict[str, Any]:
    """The one decision that was made because of an order."""
    event = events.load(world.table, change.event_id)
    assert event
    [only] = [note for note in event.notes if not note["code"].startswith("order_")]
    return only


def stories(world: World) -> list[events.Event]:
    """What the buyer's own story tells of automations."""
    record = world.record(SHOP, "customer", "7")
    assert record
    told_of = world.table.query(story_of("customer", record.id), index="related").items
    return [one for item in told_of if (one := events.from_item(item)).reason == "order_automation"]


@pytest.mark.parametrize("source, owner", [(WEB, MINH.id), (f" {PAGE}/ ", LAN.id)])
def test_a_new_order_s_source_decides_who_is_in_charge(source: str, owner: str) -> None:
    """R-GA-01, R-GA-03, R-GA-06…09, R-GA-11, R-GA-12, A-GA-8: each source its employee."""
    world = automated(BY_SOURCE)
    told(world, order(order_source=source))
    assert buyer_of(world).owner == owner
    assert note(world, order(order_source=source))["new"] == owner


def test_every_channel_has_its_specialists_and_can_be_counted() -> None:
    """R-GA-02, R-GA-04, R-GA-05: orders keep their source, however many platforms and teams there are."""
    world = automated(BY_SOURCE)
    sources = [WEB, PAGE, PAGE, "Zalo"]
    told(world, *(order(str(n), buyer=f"1{n}", order_source=source) for n, source in enumerate(sources)))
    assert Counter(one.fields.order_source for one in world.records("order")) == {WEB: 1, PAGE: 2, "Zalo": 1}
    owners = Counter(one.fields.owner for one in world.records("customer") if one.external_ids[SHOP] != "7")
    assert owners == {MINH.id: 1, LAN.id: 2, None: 1}


def test_the_buyer_s_story_tells_it_too() -> None:
    """R-GA-06: one line with its cause, once, however often the order is told again."""
    world = automated(BY_SOURCE)
    told(world, order(order_source=WEB), order(order_source=WEB), order(at=3, order_source=WEB, payment_status="paid"))
    [line] = stories(world)
    assert (line.changed, line.topic, line.via) == (("owner",), "assigned", "rule")
    assert {name: line.notes[0][name] for name in ("code", "name", "old", "new", "order_source")} == {
        "code": "automation_assigned", "name": "Theo nguồn", "old": None, "new": MINH.id, "order_source": WEB,
    }  # fmt: skip


def test_only_the_creation_counts() -> None:
    """A-GA-5, A-GA-9: a later change of the source does nothing, nor does the order told again."""
    world = automated(BY_SOURCE)
    told(world, order(order_source=WEB), order(at=2, order_source=PAGE), order(at=3, order_source=PAGE, note="gấp"))
    assert buyer_of(world).owner == MINH.id
    assert len(stories(world)) == 1


def test_a_source_without_a_branch_changes_nothing() -> None:
    """A-GA-2: and is told on the order's event."""
    world = automated(BY_SOURCE)
    told(world, order(order_source="Zalo"))
    assert buyer_of(world).owner is None
    assert note(world, order(order_source="Zalo"))["code"] == "automation_no_branch"


def test_who_is_in_charge_already_is_replaced_unless_told_otherwise() -> None:
    """A-GA-3: "(re)take charge"; only_if_empty spares them."""
    world = automated(BY_SOURCE)
    told(world, order("1", order_source=WEB), order("2", order_source=PAGE))
    assert buyer_of(world).owner == LAN.id
    world.directory.book = book(automation((WEB, MINH.id), only_if_empty=True), staff=(MINH, LAN))
    told(world, order("3", order_source=WEB))
    assert buyer_of(world).owner == LAN.id
    assert note(world, order("3", order_source=WEB))["code"] == "automation_not_empty"


def test_only_if_empty_also_spares_whom_the_platform_put_in_charge() -> None:
    """A-GA-3: a manager at Getfly is somebody, though the hub knows no employee for them."""
    world = automated(automation((WEB, MINH.id), only_if_empty=True))
    told(world, customer(at=2, account_manager="nv.phuc"), order(order_source=WEB))
    assert buyer_of(world).owner is None


def test_only_if_empty_asks_getfly_where_the_order_is_quicker_than_its_buyer() -> None:
    """A-GA-3, A-HRV-14: the whole customer is asked for, and the manager whom they have there is spared."""
    for manager, owner in (("nv.phuc", None), (None, MINH.id)):
        world = automated(automation((WEB, MINH.id), only_if_empty=True), haravan1="getfly")
        late = customer("8", account_manager=manager)
        world.platforms[SHOP].rows["customer", "8"] = late.payload
        told(world, order(buyer="8", order_source=WEB))
        buyer = world.record(SHOP, "customer", "8")
        assert buyer
        assert buyer.fields.owner == owner


@pytest.mark.parametrize("order_type, wanted, owner", [("sale", "sale", MINH.id), ("purchase", "sale", None)])
def test_the_initial_condition_keeps_other_orders_away(order_type: str, wanted: str, owner: str | None) -> None:
    """R-GA-10, A-GA-10: sales orders only."""
    world = automated(automation((WEB, MINH.id), order_type=wanted))
    told(world, order(order_source=WEB, order_type=order_type))
    assert buyer_of(world).owner == owner


def test_an_employee_who_left_is_put_in_charge_of_nobody() -> None:
    """F64: noted on the order's event."""
    world = automated(BY_SOURCE, staff=(employee("minh", active=False), LAN))
    told(world, order(order_source=WEB))
    assert buyer_of(world).owner is None
    assert note(world, order(order_source=WEB))["code"] == "automation_employee_gone"


def test_an_order_without_a_buyer_is_told_and_left() -> None:
    """R-GA-06: there is nobody to be in charge of."""
    world = automated(BY_SOURCE)
    told(world, order(buyer=None, order_source=WEB))
    assert note(world, order(buyer=None, order_source=WEB))["code"] == "automation_no_buyer"


def test_a_buyer_who_has_not_come_yet_is_given_too() -> None:
    """A-HRV-14, A-GA-4: the customer's person in charge, not the order's."""
    world = automated(BY_SOURCE)
    told(world, order("9", buyer="8", order_source=WEB))
    record = world.record(SHOP, "customer", "8")
    assert record
    assert (record.fields.owner, record.version) == (MINH.id, 1)


def test_the_person_is_named_as_getfly_knows_them() -> None:
    """R-GA-06, A-GA-11: by the tenant that has the customer; where they are nobody, only the hub knows."""
    world = automated(BY_SOURCE, gf1example="getfly")
    told(world, order("1", order_source=WEB))
    assert buyer_of(world).account_manager == "12"
    world = automated(BY_SOURCE, gf2example="getfly")
    told(world, order("1", order_source=PAGE))
    assert (buyer_of(world).owner, buyer_of(world).account_manager) == (LAN.id, None)


def test_two_assigners_on_one_store_the_last_one_wins_and_both_are_told() -> None:
    """A-X-3: the rule gave the customer, then the order's source took it; each event tells its cause."""
    world = shop()
    world.directory.book = book(rule(assign_to={"employee": LAN.id}), BY_SOURCE, staff=(MINH, LAN))
    told(world, customer(), order(order_source=WEB))
    fields: Customer = buyer_of(world)
    assert fields.owner == MINH.id
    assert (note(world, customer())["new"], note(world, order(order_source=WEB))["old"]) == (LAN.id, LAN.id)


def test_several_automations_act_one_after_the_other() -> None:
    """A-X-3: in the order in which they were made; the last one stands."""
    world = automated(BY_SOURCE, automation((WEB, LAN.id), name="Sau"))
    told(world, order(order_source=WEB))
    assert buyer_of(world).owner == LAN.id
    assert [story.notes[0]["new"] for story in stories(world)] == [MINH.id, LAN.id]


def test_the_transfer_is_no_edit_of_the_customer() -> None:
    """A-OWN-2: rules for edited customers do not hear of it, and who edited the customer last stays."""
    edits = rule(name="edits", event="customer_updated", assign_to={"employee": LAN.id})
    world = automated(BY_SOURCE, edits)
    told(world, order(order_source=WEB))
    record = world.record(SHOP, "customer", "7")
    assert record
    assert (record.fields.owner, record.changed_by, record.updated_by) == (MINH.id, "hub", SHOP)
    assert record.version == 2


def test_the_totals_of_the_same_order_are_not_lost() -> None:
    """Design §1: totals, owner, order and story are one transaction."""
    world = automated(BY_SOURCE)
    told(world, order(order_source=WEB, payment_status="paid"))
    assert (buyer_of(world).total_orders, buyer_of(world).owner) == (1, MINH.id)
