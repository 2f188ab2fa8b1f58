"""The audit: every act by hand, with who, when, before and after."""

import ast
from pathlib import Path
from typing import Any

import pytest

from retailhub.api.wording.labels import KINDS
from retailhub.domain.changes import Change
from tests.unit.api.desk import CREDENTIALS, NOW, Desk

PACKAGE = Path(__file__).resolve().parents[3] / "layers/retailhub/retailhub"


def acts(desk: Desk, **query: str) -> list[dict[str, Any]]:
    """The acts that the audit shows, newest first."""
    reply = desk.get("/audit", **query)
    assert reply.status == 200, reply.text
    return list(reply.json["items"])


def told(desk: Desk, **query: str) -> list[tuple[str, str]]:
    """(kind, topic) of each act."""
    return [(one["kind"], one["topic"]) for one in acts(desk, **query)]


def test_an_edit_of_a_record_shows_before_and_after(desk: Desk) -> None:
    """Point 11: who, when, before, after."""
    made = desk.post("/customers", {"name": "Lan"}).json["id"]
    desk.later(1)
    desk.patch(f"/customers/{made}", {"name": "Mai"})

    [edit, create] = acts(desk)
    assert (edit["by"], edit["at"], edit["record"]) == ("lan", desk.now, made)
    assert edit["changes"] == {"name": ["Lan", "Mai"]}
    assert edit["text"] == {
        "vi": "khách hàng «Mai»: Người dùng lan sửa: tên",
        "en": "customer “Mai”: User lan edited: name",
    }
    assert create["changes"]["name"] == [None, "Lan"]


def test_settings_are_audited_with_what_they_were(desk: Desk) -> None:
    """Point 11: audit of settings."""
    desk.call("PUT", "/point-settings", {"amount_per_point": 100_000})
    desk.later(1)
    desk.call("PUT", "/point-settings", {"amount_per_point": 50_000})

    [second, _] = acts(desk, kind="point_settings")
    assert second["changes"] == {"amount_per_point": [100_000, 50_000]}


def test_a_connections_whole_life_is_audited_without_its_secrets(desk: Desk) -> None:
    shop = desk.connect("haravan", name="Shop")["id"]
    desk.later(1)
    desk.patch(f"/connections/{shop}", {"name": "Shop 2"})
    desk.later(1)
    desk.patch(f"/connections/{shop}", {"credentials": {**CREDENTIALS["haravan"], "webhook_secret": "hush-new"}})
    for act in ("pause", "resume", "rotate-secret"):
        desk.later(1)
        desk.post(f"/connections/{shop}/{act}")
    desk.later(1)
    backfill = desk.post(f"/connections/{shop}/backfills", {}).json["id"]
    desk.later(1)
    desk.post(f"/connections/{shop}/backfills/{backfill}/cancel")
    desk.later(1)
    desk.delete(f"/connections/{shop}")

    assert told(desk) == [
        ("connection", "removed"),
        ("backfill", "cancelled"),
        ("backfill", "started"),
        ("connection", "rotated"),
        ("connection", "resumed"),
        ("connection", "paused"),
        ("connection", "edited"),
        ("connection", "edited"),
        ("connection", "created"),
    ]
    everything = desk.get("/audit").text
    assert "hush" not in everything
    assert acts(desk, topic="edited")[0]["changes"] == {"credentials": [None, ["access_token", "webhook_secret"]]}
    assert acts(desk, topic="edited")[1]["changes"] == {"name": ["Shop", "Shop 2"]}


def test_flows_and_keys_are_audited(desk: Desk) -> None:
    desk.connect("haravan")
    flow = desk.get("/flows").json["items"][0]["id"]
    desk.patch(f"/flows/{flow}", {"active": True})
    desk.delete(f"/flows/{flow}")
    key = desk.post("/api-keys", {"name": "quầy", "employee": "mai", "role": "staff"}).json
    desk.delete(f"/api-keys/{key['id']}")

    assert sorted(told(desk, kind="flow")) == [("flow", "edited"), ("flow", "removed")]
    made = acts(desk, kind="api_key", topic="created")[0]
    assert made["changes"] == {"name": [None, "quầy"], "employee": [None, "mai"], "role": [None, "staff"]}
    assert told(desk, kind="api_key", topic="removed") == [("api_key", "removed")]
    assert key["key"] not in desk.get("/audit").text


def test_a_push_and_a_redrive_are_acts(desk: Desk) -> None:
    desk.connect("haravan")
    desk.keep("customer", "c_1", name="Lan")
    desk.post("/customers/c_1/push")
    change = Change("s1", "customer", "9", payload={"phone": "0912"}, received_at=NOW)
    desk.happened(change, "failed", reason="invalid", error={"code": "invalid"})
    desk.post("/dead-letters/redrive", {"filter": {}, "dry_run": True})
    desk.post("/dead-letters/redrive", {"filter": {}})

    assert told(desk, topic="pushed") == [("customer", "pushed")]
    [redrive] = acts(desk, kind="dead_letters")
    assert redrive["changes"]["redriven"] == [None, 1]


def test_the_filters_narrow_the_audit(desk: Desk) -> None:
    first = desk.post("/customers", {"name": "Lan"}).json["id"]
    desk.later(86_400)
    desk.post("/contracts", {"code": "A", "value": 1})

    assert told(desk, by="lan") == [("contract", "created"), ("customer", "created")]
    assert told(desk, by="mai") == []
    assert told(desk, record=first) == [("customer", "created")]
    assert told(desk, to="2026-05-14") == [("customer", "created")]
    assert told(desk, from_="2026-05-15") == [("contract", "created")]


def test_what_platforms_said_is_no_act_and_costs_the_audit_nothing(desk: Desk) -> None:
    """The audit is read from its own index, not looked for among all events."""
    for n in range(300):
        desk.happened(Change("s1", "customer", str(n), received_at=NOW), "applied", record="c_1")
    desk.post("/customers", {"name": "Lan"})
    desk.table.calls.clear()

    assert told(desk) == [("customer", "created")]
    assert desk.table.calls["query"] == 1
    assert [one["topic"] for one in desk.get("/events", connection="hub").json["items"]] == ["created"]


def test_pages_of_acts_are_stable_under_new_ones(desk: Desk) -> None:
    for n in range(5):
        desk.post("/customers", {"name": f"Khách {n}"})
        desk.later(1)
    first = desk.get("/audit", limit="2").json
    desk.post("/customers", {"name": "muộn"})
    rest = desk.get("/audit", limit="10", cursor=first["next_cursor"]).json

    names = [one["changes"]["name"][1] for one in first["items"] + rest["items"]]
    assert names == [f"Khách {n}" for n in (4, 3, 2, 1, 0)]


def test_the_audit_and_an_acts_values_are_for_admins(desk: Desk) -> None:
    desk.post("/customers", {"name": "Lan", "phone": "0912000111"})
    event = acts(desk)[0]["id"]

    assert desk.call("GET", "/audit", role="staff").status == 403
    assert desk.get(f"/events/{event}").json["audit"]["name"] == [None, "Lan"]
    assert desk.call("GET", f"/events/{event}", role="staff").json["audit"] is None
    assert "0912000111" not in desk.call("GET", "/events", role="staff").text


def kinds_of_acts() -> set[str]:
    """The kinds that the code writes acts of, apart from records."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.act":
                found |= {str(one.value) for one in node.args[1:2] if isinstance(one, ast.Constant)}
    return found


@pytest.mark.parametrize("kind", sorted(kinds_of_acts()))
def test_everything_that_acts_are_of_has_a_name(kind: str) -> None:
    """In both languages."""
    assert all(KINDS[kind])
