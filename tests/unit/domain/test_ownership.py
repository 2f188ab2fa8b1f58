"""Conditions, the first match, and whose turn it is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retailhub.domain.ownership import (
    Facts,
    Turn,
    branch_for,
    comparable,
    decide,
    facts,
    first_match,
    next_in_turn,
    place,
)
from retailhub.domain.records import Record
from tests.fakes.staffed import SALES, automation, book, employee, rule, team

A, B, C = team(3)


def told(**attributes: Any) -> Facts:
    nothing = {"source": None, "groups": (), "social_page": None, "created_by": "", "updated_by": ""}
    return facts({}, **{**nothing, **attributes})


def matches(line: tuple[str, str, str], **attributes: Any) -> bool:
    return first_match([rule(line)], "customer_created", told(**attributes)) is not None


def turn(who: Record, count: int = 1) -> Turn:
    return Turn(SALES, who.id, place(who), count)


@pytest.mark.parametrize(
    "field, attributes",
    [
        ("source", {"source": "advertising"}),
        ("group", {"groups": ("vip", "advertising")}),
        ("social_page", {"social_page": "advertising"}),
        ("created_by", {"created_by": "advertising"}),
        ("updated_by", {"updated_by": "advertising"}),
    ],
)
def test_the_five_attributes_are_compared_both_ways(field: str, attributes: dict[str, Any]) -> None:
    """R-OWN-11…18: `=` holds for the value itself, `!=` for every other one."""
    assert matches((field, "=", "advertising"), **attributes)
    assert not matches((field, "!=", "advertising"), **attributes)
    assert not matches((field, "=", "another"), **attributes)
    assert matches((field, "!=", "another"), **attributes)


@pytest.mark.parametrize("field", ["source", "group", "social_page", "created_by", "updated_by"])
def test_empty_equals_nothing_and_differs_from_everything(field: str) -> None:
    """A-OWN-4."""
    assert not matches((field, "=", "advertising"))
    assert matches((field, "!=", "advertising"))


def test_of_several_groups_one_is_enough() -> None:
    """R-OWN-13, A-OWN-4: `=` if any equals, `!=` only if none does."""
    assert matches(("group", "=", "b"), groups=("a", "b"))
    assert not matches(("group", "!=", "b"), groups=("a", "b"))
    assert matches(("group", "!=", "c"), groups=("a", "b"))


def test_all_conditions_must_hold() -> None:
    """R-OWN-20: AND, also of one attribute twice (A-OWN-6)."""
    both = rule(("source", "=", "ads"), ("group", "!=", "vip"), ("group", "!=", "staff"))
    assert first_match([both], "customer_created", told(source="ads"))
    assert not first_match([both], "customer_created", told(source="ads", groups=("staff",)))
    assert not first_match([both], "customer_created", told(source="web"))


def test_the_first_rule_that_matches_decides() -> None:
    """A-OWN-1, R-OWN-06: in their order, among the rules of the event; without conditions a rule always matches."""
    later = rule(name="later")
    edits = rule(name="edits", event="customer_updated")
    narrow = rule(("source", "=", "ads"), name="narrow")
    found = first_match([edits, narrow, later], "customer_created", told(source="web"))
    assert found is later
    assert first_match([edits, narrow, later], "customer_created", told(source="ads")) is narrow
    assert first_match([edits, narrow, later], "customer_updated", told()) is edits


def test_an_entry_may_be_named_by_any_of_its_words() -> None:
    """A-OWN-7, A-SRC-2: id, key and name of a source; the platform of an integration."""
    source = {"retailer": frozenset({"retailer", "KiotViet"})}
    ours = {"kv1example": frozenset({"kiotviet"})}
    known = facts(
        {"source": source, "created_by": ours},
        source="retailer",
        groups=(),
        social_page=None,
        created_by="kv1example",
        updated_by="",
    )
    for line in (("source", "=", "KiotViet"), ("created_by", "=", "kiotviet"), ("created_by", "=", "kv1example")):
        assert first_match([rule(line)], "customer_created", known), line
    assert not first_match([rule(("created_by", "!=", "kiotviet"))], "customer_created", known)


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://www.getfly.vn/dang-ky.html", " https://WWW.Getfly.vn/dang-ky.html "),
        ("https://www.facebook.com/getfly", "https://www.facebook.com/getfly/"),
        ("Zalo  OA", "Zalo OA"),
        ("https://example.vn", "https://example.vn/"),
    ],
)
def test_addresses_and_names_are_compared_by_what_they_mean(one: str, other: str) -> None:
    """A-GA-8: trimmed, host in any case, no slash at the end."""
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    "one, other",
    [
        ("https://example.vn/Ao", "https://example.vn/ao"),
        ("https://example.vn/?a=1", "https://example.vn/?a=2"),
        ("Facebook", "facebook"),
        ("http://[::1", "http://[::2"),
    ],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    """A-GA-8: names are exact, and so are path and query of an address."""
    assert comparable(one) != comparable(other)


def test_an_order_s_source_chooses_the_branch() -> None:
    """R-GA-08, R-GA-09, A-GA-1, A-GA-2: two addresses are two branches; no source and an unknown one have none."""
    web, page = "https://www.getfly.vn/dang-ky-dung-thu-phan-mem.html", "https://www.facebook.com/getfly"
    chosen = automation((web, "employee_a"), (page, "employee_b")).fields
    assert branch_for(chosen, web) == "employee_a"
    assert branch_for(chosen, f"{page}/") == "employee_b"
    assert branch_for(chosen, "Zalo") is None
    assert branch_for(chosen, None) is None


def test_turns_go_round_in_the_order_of_the_department() -> None:
    """R-OWN-09, A-OWN-3: by place, then id; after the last one the first again."""
    chosen, last = [], Turn()
    for _ in range(5):
        who = next_in_turn([A, B, C], last)
        assert who
        chosen.append(who)
        last = turn(who)
    assert chosen == [A, B, C, A, B]


def test_who_is_away_is_passed_over_and_keeps_the_place() -> None:
    """A-OWN-3: absent and inactive ones are skipped; back again, they are where they were."""
    away, gone = employee("02", 2, absent=True), employee("02", 2, active=False)
    assert next_in_turn([A, away, C], turn(A)) == C
    assert next_in_turn([A, gone, C], turn(A)) == C
    assert next_in_turn([A, B, C], turn(A)) == B


def test_newcomers_go_last() -> None:
    """A-OWN-3: who was given no place stands behind all who were, the newest at the very end."""
    old, new = employee("x", made="2026-02-01"), employee("b", made="2026-03-01")
    assert sorted([new, A, old, C], key=place) == [A, C, old, new]
    assert next_in_turn([A, C, old, new], turn(C)) == old


def test_the_turn_goes_on_where_it_was_when_places_change_or_somebody_leaves() -> None:
    """A-OWN-3: nobody gets two turns running because another one moved or left."""
    moved = employee("03", 0, made="2026-01-01")
    first = employee("03", 1)
    assert next_in_turn([first, employee("01", 2), B], turn(C)) == employee("01", 2)
    assert next_in_turn([A, B], turn(C)) == A
    assert next_in_turn([A, moved], turn(B)) == moved


def decided(rule_: Record, present: str | None = None, last: Turn | None = None, staff: Any = (A, B, C)) -> Any:
    return decide([rule_], rule_.fields.event, told(), present, book(rule_, staff=staff), lambda _: last or Turn())


def test_one_given_employee_gets_them_all() -> None:
    """R-OWN-08."""
    decision = decided(rule(assign_to={"employee": A.id}))
    assert (decision.how, decision.owner, decision.turn) == ("employee", A.id, None)


@pytest.mark.parametrize("staff", [(), (employee("01", 1, active=False),)])
def test_nobody_is_there(staff: Any) -> None:
    """A-OWN-3, F64: an empty department or an employee who left takes no one; it still is the rule that matched."""
    for assignee in ({"employee": "employee_01"}, {"department": SALES}):
        decision = decided(rule(assign_to=assignee), staff=staff)
        assert (decision.how, decision.owner) == ("nobody", None)


def test_who_is_in_the_department_already() -> None:
    """A-OWN-3: an added customer is dealt out all the same, an edited one stays."""
    assert decided(rule(), present=C.id).owner == A.id
    kept = decided(rule(event="customer_updated"), present=C.id)
    assert (kept.how, kept.owner, kept.turn) == ("kept", C.id, None)
    assert decided(rule(event="customer_updated"), present="employee_elsewhere").owner == A.id
    gone = employee("03", 3, active=False)
    assert decided(rule(event="customer_updated"), present=gone.id, staff=(A, B, gone)).owner == A.id


def test_a_turn_that_changes_nothing_is_not_used_up() -> None:
    """A-OWN-3: the same employee chosen is a no-op, and the pointer stays."""
    decision = decided(rule(), present=B.id, last=turn(A))
    assert (decision.owner, decision.turn) == (B.id, None)


def test_a_rule_that_deals_out_to_another_department_now_begins_there_anew() -> None:
    """A-OWN-3: whose turn it was elsewhere says nothing here; the count of its turns goes on."""
    elsewhere = Turn("department_other", "employee_z", (2, "", "employee_z"), 7)
    decision = decided(rule(), last=elsewhere)
    assert (decision.owner, decision.turn.count) == (A.id, 8)


@given(st.lists(st.booleans(), min_size=1, max_size=6), st.integers(0, 60))
def test_the_spread_is_never_more_than_one(there: list[bool], customers: int) -> None:
    """R-OWN-09, A-OWN-3: whoever takes turns gets as many as the others, give or take one."""
    staff = [employee(f"{n:02d}", n + 1, absent=not at_work) for n, at_work in enumerate(there)]
    got = dict.fromkeys([one.id for one, at_work in zip(staff, there, strict=True) if at_work], 0)
    last = Turn()
    for _ in range(customers):
        who = next_in_turn(staff, last)
        if who is None:
            assert not got
            return
        got[who.id] += 1
        last = turn(who)
    assert not got or max(got.values()) - min(got.values()) <= 1
