"""Order automations over the API."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk

WEB = "https://www.getfly.vn/dang-ky-dung-thu-phan-mem.html"
PAGE = "https://www.facebook.com/getfly"
MINH, LAN = "employee_minh", "employee_lan"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """Two employees."""
    desk.keep("employee", MINH, name="Minh")
    desk.keep("employee", LAN, name="Lan")
    return desk


def automation(**fields: Any) -> dict[str, Any]:
    """The seed's example: two website sources, an employee each, sales orders only."""
    branches = [{"order_source": WEB, "employee": MINH}, {"order_source": PAGE, "employee": LAN}]
    return {"name": "Người phụ trách theo nguồn", "order_type": "sale", "branches": branches, **fields}


def made(desk: Desk, **fields: Any) -> Any:
    reply = desk.post("/order-automations", automation(**fields))
    assert reply.status == 201, reply.text
    return reply.json


def test_the_seed_s_automation_is_made_and_activated(staffed: Desk) -> None:
    """R-GA-07…13: name, initial condition, a branch per source; it does nothing before it is active (R-GA-14,
    A-GA-6)."""
    answer = made(staffed)
    assert {name: answer[name] for name in ("name", "active", "order_type", "only_if_empty", "version")} == {
        "name": "Người phụ trách theo nguồn", "active": False, "order_type": "sale", "only_if_empty": False,
        "version": 1,
    }  # fmt: skip
    assert [branch["employee"] for branch in answer["branches"]] == [MINH, LAN]
    path = f"/order-automations/{answer['id']}"
    assert staffed.patch(path, {"active": True}).json["active"] is True
    assert staffed.get(path).json["version"] == 2
    assert [one["id"] for one in staffed.get("/order-automations", active="true").json["items"]] == [answer["id"]]


def test_one_source_one_branch(staffed: Desk) -> None:
    """R-GA-11, A-GA-8: also where the two spellings mean one address."""
    branches = [{"order_source": PAGE, "employee": MINH}, {"order_source": f"{PAGE}/", "employee": LAN}]
    reply = staffed.post("/order-automations", automation(branches=branches))
    assert reply.fields == dict.fromkeys(("branches.0.order_source", "branches.1.order_source"), "duplicate_branch")


def test_an_employee_must_be_there(staffed: Desk) -> None:
    """R-GA-12."""
    branches = [{"order_source": PAGE, "employee": "employee_nobody"}]
    reply = staffed.post("/order-automations", automation(branches=branches))
    assert reply.fields == {"branches.0.employee": "unknown_employee"}


@pytest.mark.parametrize("missing", ["name", "branches"])
def test_name_and_branches_are_needed(staffed: Desk, missing: str) -> None:
    """R-GA-08, R-GA-13."""
    reply = staffed.post("/order-automations", {k: v for k, v in automation().items() if k != missing})
    assert reply.fields == {missing: "missing"}


def test_an_employee_whom_getfly_does_not_know_is_warned_about(staffed: Desk) -> None:
    """A-GA-11: the hub would know who is in charge, Getfly would not."""
    tenant = staffed.connect("getfly")["id"]
    staffed.keep("employee", "employee_known", name="Phúc", users={tenant: "14"})
    branches = [{"order_source": PAGE, "employee": "employee_known"}, {"order_source": WEB, "employee": LAN}]
    told = made(staffed, branches=branches)["warnings"]
    assert [(one["code"], one["field"]) for one in told] == [("employee_unknown_at_getfly", "branches.1.employee")]


def test_changed_searched_and_removed(staffed: Desk) -> None:
    """R-GA-10, A-GA-3: the switch, any type of order, by name, with the audit's word for it."""
    answer = made(staffed)
    path = f"/order-automations/{answer['id']}"
    staffed.later(1)
    changed = staffed.patch(path, {"only_if_empty": True, "order_type": None}, if_match="1").json
    assert (changed["only_if_empty"], changed["order_type"], changed["name"]) == (True, None, answer["name"])
    assert len(staffed.get("/order-automations", q="nguoi phu trach").json["items"]) == 1
    assert staffed.get("/order-automations", q="khác").json["items"] == []
    staffed.later(1)
    assert staffed.delete(path).status == 204
    assert staffed.get(path).code == "unknown_order_automation"
    assert [act["topic"] for act in staffed.get("/audit", record=answer["id"]).json["items"]] == [
        "removed", "edited", "created",
    ]  # fmt: skip
