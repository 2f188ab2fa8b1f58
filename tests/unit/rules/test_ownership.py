"""Ownership rules on the way of the data: what fires them, what they decide, what is told of it."""

from dataclasses import replace
from typing import Any

import pytest

from retailhub.domain.ownership import Turn
from retailhub.domain.records import Record
from retailhub.store import events, records, turns
from retailhub.store.table import Item, Key, turn_key, uses_of
from retailhub.sync.apply import apply
from tests.fakes.staffed import book, employee, rule, team
from tests.fakes.world import World
from tests.unit.sync.shop import SHOP, customer, order, shop, told

STAFF = team(3)
FIRST, SECOND, THIRD = (one.id for one in STAFF)


def ruled(*rules: Record, staff: tuple[Record, ...] = STAFF) -> World:
    """A shop whose customers the rules give to the staff."""
    world = shop()
    world.directory.book = book(*rules, staff=staff, platforms={SHOP: "haravan"})
    return world


def the(world: World, source_id: str = "7") -> Record:
    record = world.record(SHOP, "customer", source_id)
    assert record, f"no customer {source_id}"
    return record


def notes(world: World, **change: Any) -> list[dict[str, Any]]:
    """What was decided because of a change that was applied."""
    event = events.load(world.table, customer(**change).event_id)
    assert event
    return [*event.notes]


def turn(world: World, name: str = "Chia đều") -> Turn:
    return turns.from_item(world.table.get(turn_key(f"rule_{name}")))


def test_new_customers_are_dealt_out_in_turn() -> None:
    """R-OWN-01, R-OWN-07, R-OWN-09, R-OWN-10: one after the other, in the department's order, and round again."""
    world = ruled(rule())
    told(world, *(customer(str(n)) for n in range(1, 6)))
    owners = [the(world, str(n)).fields.owner for n in range(1, 6)]
    assert owners == [FIRST, SECOND, THIRD, FIRST, SECOND]
    assert the(world, "1").version == 1
    assert world.table.query(uses_of("employee", SECOND)).items, "nobody may remove an employee who owns customers"


def test_the_decision_is_told_with_its_reason() -> None:
    """R-OWN-10, A-OWN-3: which rule in which version, on which event, by which conditions, who before, whose turn."""
    world = ruled(rule(("source", "=", "ads"), name="Quảng cáo"))
    told(world, customer(source="ads"))
    assert notes(world, source="ads") == [
        {
            "code": "owner_turn", "rule": "rule_Quảng cáo", "name": "Quảng cáo", "version": 1,
            "event": "customer_created", "conditions": [{"field": "source", "op": "=", "value": "ads"}],
            "department": "department_sales", "place": 1, "of": 3, "turn": 1, "old": None, "new": FIRST,
        }
    ]  # fmt: skip


def test_the_seed_s_example() -> None:
    """R-OWN-18: source = Advertising, so customers whose source is Advertising satisfy the condition; others do not."""
    world = ruled(rule(("source", "=", "Advertising"), assign_to={"employee": SECOND}))
    told(world, customer("1", source="Advertising"), customer("2", source="Web"))
    assert [the(world, n).fields.owner for n in "12"] == [SECOND, None]
    assert notes(world, source_id="2", source="Web") == []


def test_a_change_that_comes_again_takes_no_second_turn() -> None:
    """A-OWN-3, F01: copies, older words and echoes move nothing."""
    world = ruled(rule())
    told(world, customer(at=2), customer(at=2), customer(at=1, name="An"), customer(at=3))
    assert turn(world).count == 1
    assert the(world).fields.owner == FIRST


def test_a_transfer_fires_nothing_further() -> None:
    """A-OWN-2: neither the rule's own transfer nor a move of totals raises the edited event."""
    world = ruled(rule(), rule(name="edits", event="customer_updated", assign_to={"employee": THIRD}))
    told(world, customer(), order("1", payment_status="paid"), order("2", payment_status="paid"))
    assert the(world).fields.owner == FIRST
    assert the(world).fields.total_orders == 2


def test_an_edit_fires_the_rules_for_edits_and_only_those() -> None:
    """R-OWN-06, A-OWN-7: what a platform changes counts as an edit by it."""
    edits = rule(("updated_by", "=", "haravan"), name="edits", event="customer_updated", assign_to={"employee": THIRD})
    world = ruled(rule(), edits)
    told(world, customer(at=1), customer(at=2, name="Trần Thị Bình"))
    assert the(world).fields.owner == THIRD
    assert turn(world).count == 1
    told_of = notes(world, at=2, name="Trần Thị Bình")[0]
    assert (told_of["event"], told_of["old"], told_of["new"]) == ("customer_updated", FIRST, THIRD)


def test_a_customer_of_the_department_is_not_shuffled_at_each_edit() -> None:
    """A-OWN-3: on an edit the owner stays if they are in the department, and no turn is used."""
    world = ruled(rule(), rule(name="edits", event="customer_updated"))
    told(world, customer(at=1), customer(at=2, name="Bình"), customer(at=3, name="Chi"))
    assert the(world).fields.owner == FIRST
    assert turn(world, "edits").count == 0
    assert notes(world, at=3, name="Chi")[0]["code"] == "owner_kept"


@pytest.mark.parametrize("op, owner", [("=", None), ("!=", FIRST)])
def test_nobody_has_edited_who_was_just_added(op: str, owner: str | None) -> None:
    """A-OWN-5: the editor of an added customer is empty."""
    world = ruled(rule(("updated_by", op, SHOP), assign_to={"employee": FIRST}))
    told(world, customer())
    assert the(world).fields.owner == owner


def test_an_empty_department_keeps_nobody_waiting() -> None:
    """A-OWN-3: no transfer, and a warning that people can see."""
    world = ruled(rule(), staff=(employee("01", 1, active=False),))
    assert told(world, customer()) == ["applied"]
    assert the(world).fields.owner is None
    assert [note["code"] for note in notes(world)] == ["owner_nobody"]


def test_a_customer_only_referred_to_is_added_when_its_own_words_come() -> None:
    """A-HRV-14, R-OWN-06: the order came first; the customer is dealt out once, by its own data."""
    world = ruled(rule(("source", "=", "ads")))
    told(world, order())
    assert the(world).fields.owner is None
    told(world, customer(source="ads"))
    assert (the(world).fields.owner, turn(world).count) == (FIRST, 1)


def test_what_somebody_gave_an_owner_meanwhile_is_not_added_any_more() -> None:
    """A-X-3: the order's automation came before the customer's own words, and stands."""
    world = ruled(rule())
    told(world, order())
    given = the(world)
    given = given.revised(given.fields.model_copy(update={"owner": THIRD}), by="hub", at="now")
    world.table.write(records.put(given))
    told(world, customer())
    assert the(world).fields.owner == THIRD


def test_recipients_and_removed_customers_are_dealt_out_to_nobody() -> None:
    """A-HRV-15: a recipient is nobody's customer; who is removed is not dealt out."""
    world = ruled(rule(), rule(name="edits", event="customer_updated"))
    told(world, customer(at=1), order(recipient={"name": "Lê Nhận", "phone": "0988000222"}))
    told(world, replace(customer(at=5), action="delete", payload={"removed": "7"}))
    contact = next(one for one in world.records("customer") if one.fields.recipient_of)
    assert contact.fields.owner is None
    assert the(world).deleted
    assert turn(world).count == 1


def test_a_crash_between_customer_and_turn_is_not_possible() -> None:
    """A-OWN-3: both are one transaction; where it fails, neither is there, and the repeat takes the same turn."""
    world = ruled(rule())
    world.table.before = _dies
    with pytest.raises(RuntimeError):
        apply(customer(), world.hub)
    assert turn(world).count == 0
    world.table.before = lambda _: None
    told(world, customer("8"), customer("7"))
    assert [the(world, n).fields.owner for n in "87"] == [FIRST, SECOND]


def _dies(operation: str) -> None:
    if operation == "transaction":
        raise RuntimeError("the lights went out")


def test_a_turn_taken_meanwhile_is_seen() -> None:
    """A-OWN-3: the pointer is written only if nobody else had the turn since; the loser takes the next one."""
    world = ruled(rule())
    keys: list[Key] = []

    def meanwhile(operation: str) -> None:
        if operation == "transaction" and not keys:
            keys.append(turn_key("rule_Chia đều"))
            told(world, customer("9"))

    world.table.before = meanwhile
    told(world, customer("7"))
    assert [the(world, n).fields.owner for n in "97"] == [FIRST, SECOND]


def test_leads_are_dealt_out_like_customers() -> None:
    """A-SYN-8: after a lead arrives, the rules' "customer added" fires."""
    world = ruled(rule(("source", "=", "facebook")))
    world.directory.known[SHOP] = replace(world.directory.known[SHOP], record_types=("lead",))
    lead = replace(
        customer(), type="lead", payload={**customer().payload, "fields": {"name": "An", "source": "facebook"}}
    )
    assert told(world, lead) == ["applied"]
    found = world.record(SHOP, "lead", "7")
    assert found
    assert found.fields.owner == FIRST


def test_rules_act_from_now_on() -> None:
    """A-OWN-9: customers who are there when a rule is made stay as they are."""
    world = ruled()
    told(world, customer())
    world.directory.book = book(rule(), staff=STAFF)
    told(world, customer(at=2, name="Bình"))
    assert the(world).fields.owner is None


def test_the_pointer_survives_its_item() -> None:
    """A-OWN-3: persistent."""
    known = Turn("d", "e", (3, "", "e"), 9)
    item: Item = {**turns.put("r", known, None).item, "rev": 1}
    assert turns.from_item(item) == known
