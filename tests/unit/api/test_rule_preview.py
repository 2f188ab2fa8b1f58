"""The preview of ownership rules: who would get which customers, told by the engine that would do it."""

from typing import Any

import pytest

from retailhub.store.table import Item, Key
from tests.unit.api.desk import Desk
from tests.unit.api.test_ownership_rules import AN, BINH, SALES, made, rule, staffed

__all__ = ["staffed"]


def customers(desk: Desk, count: int, **fields: Any) -> None:
    for n in range(count):
        told = {"name": f"Khách {n}", "source": "source_ads", **fields}
        desk.keep("customer", f"c_{n:04d}{fields.get('source', '')}", at=f"2026-05-01T00:00:{n:02d}.000000Z", **told)


def preview(desk: Desk, **wish: Any) -> Any:
    reply = desk.post("/ownership-rules/preview", wish)
    assert reply.status == 200, reply.text
    return reply.json


def shares(told: Any) -> dict[str, int]:
    return {one["id"]: one["customers"] for one in told["by_employee"]}


def test_nothing_is_written(staffed: Desk) -> None:
    """R-OWN-10, A-OWN-9: customers, turns and rules are as they were."""
    made(staffed)
    customers(staffed, 5)
    before: dict[Key, Item] = dict(staffed.table.items)
    told = preview(staffed)
    assert (told["looked_at"], told["moved"], shares(told)) == (5, 5, {AN: 3, BINH: 2})
    assert staffed.table.items == before


def test_what_it_tells_is_what_happens(staffed: Desk) -> None:
    """R-OWN-09, R-OWN-18: the same customers, entered, are dealt out as the preview said."""
    chosen = rule(conditions=[{"field": "source", "op": "!=", "value": "facebook"}])
    customers(staffed, 7)
    customers(staffed, 3, source="facebook")
    told = preview(staffed, rule=chosen)
    made(staffed, conditions=chosen["conditions"])
    entered = [staffed.post("/customers", {"name": str(n), "source": "source_ads"}).json["owner"] for n in range(7)]
    entered += [staffed.post("/customers", {"name": str(n), "source": "facebook"}).json["owner"] for n in range(3)]
    assert shares(told) == {AN: entered.count(AN), BINH: entered.count(BINH)}
    assert told["unmatched"] == entered.count(None) == 3


def test_it_tells_the_rule_the_employee_and_examples(staffed: Desk) -> None:
    """R-OWN-07, A-OWN-1: each customer counts for the first rule that matches."""
    narrow = made(staffed, "Facebook", conditions=[{"field": "source", "op": "=", "value": "facebook"}])
    made(staffed, "Còn lại", conditions=[], assign_to={"employee": BINH})
    customers(staffed, 2)
    customers(staffed, 1, source="facebook")
    told = preview(staffed)
    assert {one["name"]: one["customers"] for one in told["by_rule"]} == {"Facebook": 1, "Còn lại": 2}
    assert told["by_employee"][0] == {"id": BINH, "name": "Bình", "customers": 2}
    assert {"customer": "c_0000facebook", "rule": narrow["id"], "old": None, "new": AN, "how": "turn"} in told[
        "examples"
    ]


def test_who_stays_and_who_finds_nobody_is_told_apart(staffed: Desk) -> None:
    """A-OWN-3: kept on an edit, nobody there, no rule."""
    customers(staffed, 2, owner=AN)
    edited = preview(staffed, rule=rule(event="customer_updated"))
    assert (edited["event"], edited["stayed"], edited["moved"]) == ("customer_updated", 2, 0)
    empty = preview(staffed, rule=rule(assign_to={"department": "department_empty"}))
    assert (empty["nobody"], empty["moved"]) == (2, 0)
    assert preview(staffed)["unmatched"] == 2


def test_recipients_walk_ins_and_removed_customers_are_left_out(staffed: Desk) -> None:
    """A-HRV-15, A-KV-6: as when they come in."""
    staffed.keep("customer", "c_r", name="Nhận", recipient_of="c_0000")
    staffed.keep("customer", "c_g", name="Khách lẻ", guest=True)
    assert preview(staffed, rule=rule(conditions=[]))["looked_at"] == 0


def test_a_long_preview_goes_on_where_it_was(staffed: Desk) -> None:
    """R-OWN-09: turns go on too, so the parts add up to the whole."""
    customers(staffed, 11)
    whole = shares(preview(staffed, rule=rule()))
    parts: dict[str, int] = {}
    cursor = None
    for _ in range(4):
        told = preview(staffed, rule=rule(), limit=3, **({"cursor": cursor} if cursor else {}))
        for employee, number in shares(told).items():
            parts[employee] = parts.get(employee, 0) + number
        cursor = told["next_cursor"]
    assert (parts, cursor) == (whole, None)


def test_a_cursor_of_another_preview_is_refused(staffed: Desk) -> None:
    """The numbers of two rules do not add up."""
    customers(staffed, 5)
    cursor = preview(staffed, rule=rule(), limit=2)["next_cursor"]
    other = rule(conditions=[])
    assert staffed.post("/ownership-rules/preview", {"rule": other, "cursor": cursor}).code == "bad_cursor"


def test_it_begins_where_the_last_turn_was(staffed: Desk) -> None:
    """A-OWN-3: the saved rule's own turn."""
    made(staffed)
    staffed.post("/customers", {"name": "K", "source": "source_ads"})
    [owned] = staffed.get("/customers").json["items"]
    assert owned["owner"] == AN
    customers(staffed, 1)
    assert shares(preview(staffed)) == {BINH: 1}


@pytest.mark.parametrize("role", ["viewer", "staff"])
def test_only_admins_try_rules_out(staffed: Desk, role: str) -> None:
    """R-OWN-02."""
    assert staffed.call("POST", "/ownership-rules/preview", {}, role=role).code == "role_too_small"


def test_a_rule_that_could_not_be_saved_cannot_be_tried(staffed: Desk) -> None:
    """A-OWN-8."""
    reply = staffed.post("/ownership-rules/preview", {"rule": rule(assign_to={"department": "department_none"})})
    assert reply.fields == {"assign_to.department": "unknown_department"}
    assert SALES not in reply.text
