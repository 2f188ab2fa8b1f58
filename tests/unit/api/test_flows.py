"""Flows by the API."""

import pytest

from tests.unit.api.desk import NOW, Desk


def test_a_default_flow_is_switched_on(desk: Desk) -> None:
    """A-HRV-15: the push on change is off until a person switches it on."""
    desk.connect("haravan")
    [flow] = desk.get("/flows").json["items"]

    changed = desk.call("PUT", f"/flows/{flow['id']}", {"active": True, "on": ["updated", "created"]}, if_match="1")

    assert (changed.json["active"], changed.json["on"]) == (True, ["created", "updated"])
    assert (changed.json["version"], changed.json["updated_by"], changed.json["created_at"]) == (2, "lan", NOW)
    assert desk.office.sync.hub.directory.flows()[0].active  # type: ignore[attr-defined]
    assert desk.patch(f"/flows/{flow['id']}", {"active": False}, if_match="1").code == "version_conflict"


def test_a_flow_is_made_once_per_pair_and_type(desk: Desk) -> None:
    shop, crm = desk.connect("haravan")["id"], desk.connect("getfly")["id"]
    body = {"from_connection": shop, "to_connection": crm, "record_type": "customer", "on": ["created"]}

    made = desk.post("/flows", body)
    again = desk.post("/flows", body)

    assert (made.status, made.json["active"], made.json["version"]) == (201, True, 1)
    assert (again.status, again.code) == (409, "duplicate_flow")
    assert desk.get(f"/flows/{made.json['id']}").json == made.json


@pytest.mark.parametrize(
    "edit, wrong",
    [
        ({"to_connection": "nowhere"}, {"to_connection": "unknown_connection"}),
        ({"from_connection": "nowhere"}, {"from_connection": "unknown_connection"}),
        ({"from_connection": "<crm>"}, {"from_connection": "same_ends"}),
        ({"record_type": "contract"}, {"record_type": "not_taken_by_platform"}),
        ({"on": ["status"]}, {"on": "status_of_orders_only"}),
        ({"on": []}, {"on": "too_short"}),
        ({"on": ["deleted"]}, {"on.0": "literal_error"}),
    ],
)
def test_a_flow_that_makes_no_sense_is_refused(desk: Desk, edit: dict[str, object], wrong: dict[str, str]) -> None:
    crm = desk.connect("getfly")["id"]
    body = {"from_connection": "hub", "to_connection": crm, "record_type": "customer", "on": ["created"], **edit}
    body["from_connection"] = crm if body["from_connection"] == "<crm>" else body["from_connection"]

    assert desk.post("/flows", body).fields == wrong


def test_a_flow_is_removed(desk: Desk) -> None:
    desk.connect("haravan")
    [flow] = desk.get("/flows").json["items"]

    assert desk.delete(f"/flows/{flow['id']}").status == 204
    assert desk.delete(f"/flows/{flow['id']}").code == "unknown_flow"
