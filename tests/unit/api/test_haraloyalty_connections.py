"""Connections to Haraloyalty: whose members they are must be one of our shops; no webhook comes from there."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk, Reply


@pytest.fixture
def desk() -> Desk:
    return Desk()


def made(desk: Desk, **settings: Any) -> Reply:
    body = {"platform": "haraloyalty", "name": "Thành viên", "credentials": {"access_token": "hush-token"}}
    return desk.post("/connections", {**body, "settings": settings})


def test_it_belongs_to_one_of_our_shops(desk: Desk) -> None:
    """R-HL-03, R-HL-05."""
    shop = desk.connect("haravan")["id"]

    reply = made(desk, haravan=shop)

    assert reply.status == 201
    assert (reply.json["settings"], reply.json["record_types"]) == ({"haravan": shop}, ["customer"])
    assert "hush-token" not in reply.text


def test_a_shop_that_is_not_there_is_refused(desk: Desk) -> None:
    """R-HL-05: or no profile would ever find its customer."""
    assert made(desk, haravan="nowhere").fields == {"settings.haravan": "unknown_connection"}


def test_another_system_is_no_shop(desk: Desk) -> None:
    getfly = desk.connect("getfly")["id"]

    assert made(desk, haravan=getfly).fields == {"settings.haravan": "not_a_haravan_connection"}


def test_an_edit_is_held_to_the_same(desk: Desk) -> None:
    one = made(desk).json

    reply = desk.patch(f"/connections/{one['id']}", {"settings": {"haravan": "nowhere"}})

    assert (reply.status, reply.fields) == (422, {"settings.haravan": "unknown_connection"})


def test_there_is_no_webhook_to_be_registered(desk: Desk) -> None:
    """Haraloyalty is only asked: an address or a secret would promise something."""
    one = made(desk).json

    assert (one["webhook_urls"], one["webhook_secret"]) == ([], None)
    assert desk.get("/connections").json["items"][0]["webhook_urls"] == []
    assert desk.post(f"/connections/{one['id']}/rotate-secret").code == "no_webhooks"
