"""API keys by the API."""

import json

from retailhub.crm.api_keys import create_first_key, hashed, known
from tests.unit.api.desk import NOW, Desk

NEW = {"name": "Máy tính quầy", "employee": "mai", "role": "staff"}


def test_a_key_is_shown_once_and_kept_as_a_hash(desk: Desk) -> None:
    """api.md, Authentication."""
    made = desk.post("/api-keys", NEW).json

    stored = json.dumps(list(desk.table.items.values()))
    listed = desk.get("/api-keys")
    assert made["key"] not in stored + listed.text
    assert hashed(made["key"]) in stored
    assert [(key["id"], key["employee"], key["role"]) for key in listed.json["items"]] == [(made["id"], "mai", "staff")]
    found = known(desk.table, made["key"])
    assert found
    assert (found.role, found.employee) == ("staff", "mai")


def test_a_key_has_256_random_bits(desk: Desk) -> None:
    first, second = desk.post("/api-keys", NEW).json["key"], desk.post("/api-keys", NEW).json["key"]

    assert first != second
    assert len(first.removeprefix("rhk_")) == 43, "32 bytes in base64"


def test_a_revoked_key_opens_nothing(desk: Desk) -> None:
    made = desk.post("/api-keys", NEW).json

    assert desk.delete(f"/api-keys/{made['id']}").status == 204
    assert known(desk.table, made["key"]) is None
    assert desk.delete(f"/api-keys/{made['id']}").code == "unknown_api_key"


def test_the_last_admin_key_stays(desk: Desk) -> None:
    """Nobody could make another from here."""
    create_first_key(desk.table, NOW)
    [first] = desk.get("/api-keys").json["items"]

    reply = desk.delete(f"/api-keys/{first['id']}")
    assert (reply.status, reply.code) == (409, "last_admin_key")

    desk.post("/api-keys", {**NEW, "role": "admin"})
    assert desk.delete(f"/api-keys/{first['id']}").status == 204


def test_a_key_without_a_known_role_is_not_made(desk: Desk) -> None:
    assert desk.post("/api-keys", {**NEW, "role": "owner"}).fields == {"role": "literal_error"}
