"""Ownership rules over the API: made, searched, changed, moved, removed, warned about."""

from typing import Any

import pytest

from retailhub.api.messages import MESSAGES
from retailhub.domain.rules import OwnershipRule
from retailhub.store.table import turn_key
from tests.unit.api.desk import Desk, Reply

SALES = "department_sales"
AN, BINH = "employee_an", "employee_binh"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Two employees of a department, another department with nobody, and the source of the seed's example."""
    desk.keep("department", SALES, name="Kinh doanh")
    desk.keep("department", "department_empty", name="Chưa có ai")
    desk.keep("employee", AN, name="An", department=SALES, position=1)
    desk.keep("employee", BINH, name="Bình", department=SALES, position=2)
    desk.keep("source", "source_ads", key="ads", name="Advertising")
    return desk


def rule(name: str = "Chia đều", **fields: Any) -> dict[str, Any]:
    """A rule for new customers of a source, dealt out within the department."""
    condition = {"field": "source", "op": "=", "value": "source_ads"}
    told = {"event": "customer_created", "assign_to": {"department": SALES}, "conditions": [condition]}
    return {"name": name, **told, **fields}


def made(desk: Desk, name: str = "Chia đều", **fields: Any) -> Any:
    reply = desk.post("/ownership-rules", rule(name, **fields))
    assert reply.status == 201, reply.text
    return reply.json


def names(desk: Desk, **query: str) -> list[str]:
    return [one["name"] for one in desk.get("/ownership-rules", **query).json["items"]]


def codes(reply: Reply | Any) -> list[str]:
    found = reply.json if isinstance(reply, Reply) else reply
    return [one["code"] for one in found["warnings"]]


def test_a_rule_is_made_with_name_event_assignee_and_conditions(staffed: Desk) -> None:
    """R-OWN-02…08, R-OWN-11, R-OWN-19, R-OWN-21: with its marks, on by default (A-OWN-10)."""
    answer = made(staffed)
    assert {name: answer[name] for name in ("name", "event", "active", "position", "version")} == {
        "name": "Chia đều", "event": "customer_created", "active": True, "position": 1, "version": 1,
    }  # fmt: skip
    assert answer["assign_to"] == {"employee": None, "department": SALES}
    assert answer["warnings"] == []
    assert staffed.get(f"/ownership-rules/{answer['id']}").json == answer


def test_a_customer_entered_by_hand_is_dealt_out(staffed: Desk) -> None:
    """R-OWN-01, R-OWN-18, A-OWN-7: the office's customers too, by who entered them."""
    made(staffed)
    made(
        staffed,
        "Của Lan",
        conditions=[{"field": "created_by", "op": "=", "value": "lan"}],
        assign_to={"employee": BINH},
    )
    owners = [staffed.post("/customers", {"name": f"K{n}", "source": "source_ads"}).json["owner"] for n in range(3)]
    assert owners == [AN, BINH, AN]
    assert staffed.post("/customers", {"name": "Khác"}).json["owner"] == BINH


def test_an_edit_by_hand_fires_the_rules_for_edits(staffed: Desk) -> None:
    """R-OWN-06, R-OWN-16: by the employee who edited; not where the edit itself chooses the owner (A-OWN-2)."""
    made(
        staffed,
        event="customer_updated",
        conditions=[{"field": "updated_by", "op": "=", "value": "lan"}],
        assign_to={"employee": BINH},
    )
    first, second = (staffed.post("/customers", {"name": name}).json["id"] for name in ("A", "B"))
    assert staffed.patch(f"/customers/{first}", {"email": "a@example.vn"}).json["owner"] == BINH
    assert staffed.patch(f"/customers/{second}", {"email": "b@example.vn", "owner": AN}).json["owner"] == AN
    assert staffed.patch(f"/customers/{second}", {"email": "b@example.vn"}).json["owner"] == AN


def test_the_decision_stands_in_the_customer_s_story(staffed: Desk) -> None:
    """R-OWN-10: a sentence with names, in both languages."""
    made(staffed)
    customer = staffed.post("/customers", {"name": "K", "source": "source_ads"}).json["id"]
    told = [line for line in staffed.get(f"/customers/{customer}/timeline").json["items"] if line["kind"] == "decision"]
    assert [line["what"] for line in told] == ["owner_turn"]
    assert "Chia đều" in told[0]["text"]["vi"]
    assert "turn of An (1 of 2)" in told[0]["text"]["en"]
    assert "Kinh doanh" in told[0]["text"]["en"]


@pytest.mark.parametrize("missing", ["name", "event", "assign_to"])
def test_name_event_and_assignee_are_needed(staffed: Desk, missing: str) -> None:
    """A-OWN-8."""
    reply = staffed.post("/ownership-rules", {k: v for k, v in rule().items() if k != missing})
    assert (reply.status, reply.fields) == (422, {missing: "missing"})


@pytest.mark.parametrize("assignee", [{}, {"employee": AN, "department": SALES}])
def test_exactly_one_assignee(staffed: Desk, assignee: dict[str, str]) -> None:
    """R-OWN-08, R-OWN-09: one employee or one department."""
    reply = staffed.post("/ownership-rules", rule(assign_to=assignee))
    assert (reply.status, reply.fields) == (422, {"assign_to": "one_assignee"})


def test_what_a_rule_names_must_be_there(staffed: Desk) -> None:
    """A-OWN-8: employee, department and source."""
    reply = staffed.post("/ownership-rules", rule(assign_to={"employee": "employee_nobody"}))
    assert reply.fields == {"assign_to.employee": "unknown_employee"}
    reply = staffed.post("/ownership-rules", rule(conditions=[{"field": "source", "op": "=", "value": "none"}]))
    assert reply.fields == {"conditions.0.value": "unknown_source"}


def test_only_two_events_five_attributes_two_comparisons(staffed: Desk) -> None:
    """R-OWN-06, R-OWN-11, R-OWN-17."""
    strange = [{"field": "revenue", "op": ">", "value": "1"}]
    reply = staffed.post("/ownership-rules", rule(event="customer_removed", conditions=strange))
    wrong = ("event", "conditions.0.field", "conditions.0.op")
    assert reply.fields == dict.fromkeys(wrong, "literal_error")


def test_a_source_may_be_named_by_its_key(staffed: Desk) -> None:
    """R-OWN-12, A-SRC-2: it is kept by its id, so a new key changes nothing."""
    answer = made(staffed, conditions=[{"field": "source", "op": "=", "value": "ADS"}])
    assert answer["conditions"][0]["value"] == "source_ads"


def test_odd_rules_are_taken_with_a_warning(staffed: Desk) -> None:
    """A-OWN-3, A-OWN-6, A-OWN-8: no conditions, a name twice, a department of nobody, an employee who left."""
    made(staffed, "Một")
    assert codes(made(staffed, "MỘT", conditions=[])) == ["rule_name_twice", "rule_without_conditions"]
    assert codes(made(staffed, "Hai", assign_to={"department": "department_empty"})) == ["department_empty"]
    staffed.keep("employee", "employee_gone", name="Cũ", active=False)
    third = made(staffed, "Ba", assign_to={"employee": "employee_gone"})
    assert [(one["code"], one["field"]) for one in third["warnings"]] == [("employee_inactive", "assign_to.employee")]
    english = staffed.call("GET", f"/ownership-rules/{third['id']}", accept_language="en")
    assert english.json["warnings"][0]["message"] == "This employee is not active; who is in charge stays as it is"


def test_rules_are_searched_by_name_in_their_order(staffed: Desk) -> None:
    """R-OWN-26: whatever the accents."""
    for name in ("Khách quảng cáo", "Khách cũ", "Đối tác"):
        made(staffed, name)
    assert names(staffed, q="khach") == ["Khách quảng cáo", "Khách cũ"]
    assert names(staffed, q="doi tac") == ["Đối tác"]
    assert names(staffed, limit="2") == ["Khách quảng cáo", "Khách cũ"]


def test_a_rule_is_changed_and_the_change_is_kept_for_the_audit(staffed: Desk) -> None:
    """R-OWN-22, R-OWN-23: what is not told stays; a version that is not the present one is refused."""
    answer = made(staffed)
    path = f"/ownership-rules/{answer['id']}"
    staffed.later(1)
    changed = staffed.patch(path, {"name": "Tên mới", "conditions": []}, if_match="1")
    assert (changed.json["name"], changed.json["version"], codes(changed)) == (
        "Tên mới",
        2,
        ["rule_without_conditions"],
    )
    assert changed.json["assign_to"] == answer["assign_to"]
    assert staffed.patch(path, {"name": "Cũ"}, if_match="1").code == "version_conflict"
    acts = staffed.get("/audit", record=answer["id"]).json["items"]
    assert [act["topic"] for act in acts] == ["edited", "created"]


def test_a_rule_that_is_off_does_nothing(staffed: Desk) -> None:
    """A-OWN-10."""
    answer = made(staffed)
    assert staffed.patch(f"/ownership-rules/{answer['id']}", {"active": False}).status == 200
    assert staffed.post("/customers", {"name": "K", "source": "source_ads"}).json["owner"] is None
    assert names(staffed, active="true") == []


@pytest.mark.parametrize("place, order", [(1, "CABD"), (2, "ACBD"), (4, "ABDC"), (99, "ABDC"), (3, "ABCD")])
def test_a_rule_is_moved_and_the_others_make_room(staffed: Desk, place: int, order: str) -> None:
    """A-OWN-1: rules have an order that can be changed."""
    found = {name: made(staffed, name) for name in "ABCD"}
    moved = staffed.patch(f"/ownership-rules/{found['C']['id']}", {"position": place})
    assert moved.status == 200
    assert names(staffed) == list(order)
    listed = staffed.get("/ownership-rules").json["items"]
    assert [one["position"] for one in listed] == [1, 2, 3, 4]
    assert moved.json["position"] == min(place, 4)


def test_a_rule_may_be_made_at_its_place(staffed: Desk) -> None:
    """A-OWN-1: behind the others, unless told otherwise; the first that matches decides."""
    made(staffed, "Hai")
    first = made(staffed, "Một", position=1, conditions=[], assign_to={"employee": BINH})
    assert (names(staffed), first["position"]) == (["Một", "Hai"], 1)
    assert staffed.post("/customers", {"name": "K", "source": "source_ads"}).json["owner"] == BINH


def test_a_rule_is_removed_with_its_turn(staffed: Desk) -> None:
    """R-OWN-24, R-OWN-25: it is gone from the list; customers stay with whom they are."""
    answer = made(staffed)
    customer = staffed.post("/customers", {"name": "K", "source": "source_ads"}).json["id"]
    assert staffed.table.get(turn_key(answer["id"]))
    assert staffed.delete(f"/ownership-rules/{answer['id']}").status == 204
    assert names(staffed) == []
    assert staffed.get(f"/ownership-rules/{answer['id']}").code == "unknown_ownership_rule"
    assert staffed.table.get(turn_key(answer["id"])) is None
    assert staffed.get(f"/customers/{customer}").json["owner"] == AN


def test_only_admins_make_rules(staffed: Desk) -> None:
    """R-OWN-02: the part Settings."""
    assert staffed.call("POST", "/ownership-rules", rule(), role="staff").code == "role_too_small"
    assert staffed.call("GET", "/ownership-rules", role="viewer").status == 200


def test_a_repeated_request_makes_one_rule(staffed: Desk) -> None:
    """R-OWN-21, F28: saving twice by a second click."""
    for _ in range(2):
        assert staffed.post("/ownership-rules", rule(position=1), idempotency_key="save-1").status == 201
    assert names(staffed) == ["Chia đều"]


def test_an_employee_in_a_rule_is_in_use(staffed: Desk) -> None:
    """R-OWN-08: nobody removes whom a rule names."""
    made(staffed, assign_to={"employee": BINH})
    assert staffed.delete(f"/employees/{BINH}").code == "in_use"


@pytest.mark.parametrize(
    "what, vietnamese",
    [
        ("menu", "Cài đặt → Quy tắc chuyển chủ sở hữu"), ("add", "Thêm mới"), ("assign_to", "Giao cho"),
        ("source", "Nguồn gốc"), ("group", "Nhóm khách hàng"), ("created_by", "Người tạo"),
        ("updated_by", "Người sửa"), ("save", "Lưu"), ("edit", "Sửa"), ("edit_title", "Sửa quy tắc"),
        ("delete", "Xóa"), ("cancel", "Bỏ qua"), ("search", "Tìm kiếm"),
    ],
)  # fmt: skip
def test_the_screen_says_what_the_document_says(what: str, vietnamese: str) -> None:
    """R-OWN-02, R-OWN-03, R-OWN-12…16, R-OWN-19, R-OWN-21…26, A-OWN-11: its own words, "Bỏ qua" for cancelling."""
    assert MESSAGES[f"label.ownership_rules.{what}"][0] == vietnamese


def test_a_rule_reads_as_it_was_before_somebody_knew_more() -> None:
    """F44: a rule needs no field that an older one lacks."""
    assert OwnershipRule().active
