"""Connections by the API: made with their secret and flows, tried out, edited, listed."""

import base64
import json
from dataclasses import replace

import pytest

from retailhub.crm import records
from retailhub.domain.errors import Rejected, Temporary, Unavailable
from retailhub.store import connections
from tests.unit.api.desk import CREDENTIALS, NOW, Desk

KIOTVIET = {"platform": "kiotviet", "name": "Cửa hàng Quận 1", "credentials": CREDENTIALS["kiotviet"]}


def test_a_connection_is_made_with_everything_that_belongs_to_it(desk: Desk) -> None:
    """R-KV-03, R-KV-04; api.md, /connections."""
    mai = desk.post("/employees", {"name": "Mai"}).json["id"]
    reply = desk.post("/connections", {**KIOTVIET, "settings": {"default_owner": mai}})

    made = reply.json
    assert reply.status == 201
    assert (made["platform"], made["name"], made["status"]) == ("kiotviet", "Cửa hàng Quận 1", "active")
    assert made["record_types"] == ["customer", "product", "contract"]
    assert made["settings"] == {"default_owner": mai}
    assert (made["version"], made["created_by"], made["last_event_at"]) == (1, "lan", None)
    secret = desk.secrets.get(made["id"])
    assert secret
    assert (secret.credentials, secret.current) == (CREDENTIALS["kiotviet"], made["webhook_secret"])


def test_the_id_is_unguessable_and_the_secret_is_base64_of_256_bits(desk: Desk) -> None:
    """F18: at least 128 bits; kiotviet.md §2.4 wants base64."""
    first, second = desk.connect("kiotviet"), desk.connect("kiotviet")

    assert first["id"] != second["id"]
    assert first["id"].isalnum()
    assert len(first["id"]) >= 32, "hexadecimal digits of 4 bits each"
    assert len(base64.b64decode(first["webhook_secret"], validate=True)) == 32


def test_kiotviet_has_one_webhook_address_per_type_and_others_have_one(desk: Desk) -> None:
    kiotviet, getfly = desk.connect("kiotviet"), desk.connect("getfly")

    base = f"https://hub.example.vn/webhooks/kiotviet/{kiotviet['id']}"
    types = ("customer.update", "customer.delete", "product.update", "product.delete", "invoice.update")
    assert kiotviet["webhook_urls"] == [f"{base}/{kind}" for kind in types]
    assert getfly["webhook_urls"] == [f"https://hub.example.vn/webhooks/getfly/{getfly['id']}"]


def test_credentials_and_webhook_secret_never_come_out_again(desk: Desk) -> None:
    """F: secrets stay secret."""
    made = desk.connect("kiotviet")
    texts = [
        desk.get("/connections").text,
        desk.get(f"/connections/{made['id']}").text,
        desk.patch(f"/connections/{made['id']}", {"name": "Quận 2"}).text,
        desk.post(f"/connections/{made['id']}/pause").text,
        json.dumps(list(desk.table.items.values())),
    ]

    for text in texts:
        assert "hush" not in text
        assert made["webhook_secret"] not in text


def test_a_connection_without_a_stored_secret_never_exists(desk: Desk) -> None:
    """The secret is written first: a crash in between leaves no connection that refuses its webhooks."""
    desk.secrets.down = True

    reply = desk.post("/connections", KIOTVIET)

    assert (reply.status, reply.code) == (503, "secrets_unavailable")
    assert connections.every(desk.table) == []

    desk.secrets.down = False
    desk.table.before = lambda step: refuse() if step in ("write", "transaction") else None
    assert desk.post("/connections", KIOTVIET).status == 503
    assert desk.secrets.steps[0].startswith("put ")


def refuse() -> None:
    """The table does not answer."""
    raise Temporary("table_busy")


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({"platform": "shopee", "name": "x"}, {"platform": "literal_error"}),
        ({"platform": "kiotviet"}, {"name": "missing"}),
        (
            {"platform": "kiotviet", "name": "x", "credentials": {"retailer": "a", "password": "hush"}},
            {
                "credentials.client_id": "missing",
                "credentials.client_secret": "missing",
                "credentials.password": "extra_forbidden",
            },
        ),
        ({**KIOTVIET, "settings": {"branches": "all"}}, {"settings.branches": "tuple_type"}),
        ({**KIOTVIET, "record_types": ["order"]}, {"record_types.0": "not_of_platform"}),
        ({**KIOTVIET, "record_types": ["lead"]}, {"record_types.0": "literal_error"}),
        ({**KIOTVIET, "record_types": []}, {"record_types": "too_short"}),
        ({**KIOTVIET, "status": "paused"}, {"status": "extra_forbidden"}),
    ],
)
def test_what_is_wrong_is_said_field_by_field_and_nothing_is_kept(
    desk: Desk, body: dict[str, object], wrong: dict[str, str]
) -> None:
    reply = desk.post("/connections", body)

    assert (reply.status, reply.fields) == (422, wrong)
    assert "hush" not in reply.text
    assert desk.secrets.kept == {}


def test_credentials_that_do_not_fit_into_a_parameter_are_refused(desk: Desk) -> None:
    """A standard parameter of the parameter store holds 4 kB."""
    haravan = {
        "platform": "haravan",
        "name": "x",
        "credentials": {"access_token": "x" * 3999, "webhook_secret": "y" * 99},
    }

    assert desk.post("/connections", haravan).fields == {"credentials": "too_long"}


def test_getfly_of_another_version_is_refused_in_words(desk: Desk) -> None:
    """R-CNV-20, A-CNV-8."""
    settings = {"tenant": "cuahangmau", "api_version": "v6"}
    body = {"platform": "getfly", "name": "x", "credentials": CREDENTIALS["getfly"], "settings": settings}

    assert desk.post("/connections", body).status == 422
    assert desk.post("/connections", {**body, "settings": {**settings, "allow_other_versions": True}}).status == 201


def test_both_ends_bring_their_flows(desk: Desk) -> None:
    """api.md, /flows: sensible defaults appear by themselves when both ends are connected."""
    getfly = desk.connect("getfly")["id"]
    assert desk.get("/flows").json["items"] == []

    haravan = desk.connect("haravan")["id"]

    [flow] = desk.get("/flows").json["items"]
    assert (flow["from_connection"], flow["to_connection"], flow["active"]) == ("hub", haravan, False)
    assert getfly not in flow["id"]


def test_webhooks_are_registered_when_a_connection_is_made(desk: Desk) -> None:
    made = desk.connect("kiotviet")

    [(url, topics, secret)] = desk.shop.registered
    assert made["webhooks"] == {"missing": topics, "registered": True, "error": ""}
    assert (url, secret) == (f"https://hub.example.vn/webhooks/kiotviet/{made['id']}", made["webhook_secret"])


def test_a_platform_that_is_down_does_not_spoil_a_new_connection(desk: Desk) -> None:
    desk.shop.trouble = Unavailable("no_answer")

    made = desk.connect("kiotviet")

    assert made["webhooks"]["error"] == "no_answer"
    assert desk.get(f"/connections/{made['id']}").status == 200


def test_trying_a_connection_out_tells_what_the_platform_said(desk: Desk) -> None:
    """A-KV-1."""
    one = desk.connect("kiotviet")["id"]

    found = desk.post(f"/connections/{one}/test").json
    desk.shop.trouble = Rejected("refused", "invalid client", status=401)
    refused = desk.post(f"/connections/{one}/test")

    assert (found["ok"], found["found"]["branches"][0]["id"]) == (True, 1)
    assert (refused.status, refused.json["ok"], refused.json["message"]) == (200, False, "invalid client")


def test_an_edit_replaces_settings_and_keeps_the_other_credentials(desk: Desk) -> None:
    mai = desk.post("/employees", {"name": "Mai"}).json["id"]
    retail = desk.post("/catalogues/contract-types", {"name": "Bán lẻ"}).json["id"]
    one = desk.connect("kiotviet", settings={"default_owner": mai})["id"]

    edit = {"settings": {"default_contract_type": retail}, "credentials": {"client_secret": "hush-new"}}
    changed = desk.patch(f"/connections/{one}", edit, if_match="1").json

    secret = desk.secrets.get(one)
    assert secret
    assert (changed["version"], changed["settings"]) == (1 + 1, {"default_contract_type": retail})
    assert secret.credentials == {**CREDENTIALS["kiotviet"], "client_secret": "hush-new"}
    assert desk.patch(f"/connections/{one}", {"name": "x"}, if_match="1").code == "version_conflict"
    assert desk.patch(f"/connections/{one}", {"platform": "haravan"}).fields == {"platform": "extra_forbidden"}


class TestNamedInSettings:
    """Settings name contract types and employees of the hub (A-CTR-2, A-KV-5)."""

    def test_what_is_not_there_cannot_be_named(self, desk: Desk) -> None:
        """A-CTR-2, A-KV-5: one entry per field, of a new connection and of an edit; nothing is kept."""
        gone = desk.post("/employees", {"name": "Mai"}).json["id"]
        desk.delete(f"/employees/{gone}")
        wrong = {"default_contract_type": "retail", "default_owner": gone, "sellers": {"12001": "lan"}}

        made = desk.post("/connections", {**KIOTVIET, "settings": wrong})
        crm = desk.post("/connections", {"platform": "crmviet", "name": "CRM", "credentials": {}}).json["id"]
        edited = desk.patch(f"/connections/{crm}", {"settings": {"owners": {"15": "lan"}}})

        assert (made.status, made.fields) == (
            422,
            {
                "settings.default_contract_type": "unknown_contract_type",
                "settings.default_owner": "unknown_employee",
                "settings.sellers.12001": "unknown_employee",
            },
        )
        assert (edited.status, edited.fields) == (422, {"settings.owners.15": "unknown_employee"})
        assert [one["id"] for one in desk.get("/connections").json["items"]] == [crm]
        assert desk.get(f"/connections/{crm}").json["version"] == 1

    def test_what_was_named_before_stays(self, desk: Desk) -> None:
        """A store that was set up when these were free text can still be edited."""
        lan = desk.post("/employees", {"name": "Lan"}).json["id"]
        one = desk.connect("kiotviet")["id"]
        stored = connections.load(desk.table, one)
        assert stored
        desk.table.write(connections.put(replace(stored, settings={"default_owner": "mai", "sellers": {"1": "mai"}})))

        more = {"default_owner": "mai", "sellers": {"1": "mai", "2": "mai", "3": lan}}
        assert desk.patch(f"/connections/{one}", {"settings": more}).json["settings"] == more

    def test_who_is_removed_at_the_same_moment_is_not_named(self, desk: Desk) -> None:
        """The employee goes between the look and the write."""
        lan = desk.post("/employees", {"name": "Lan"}).json["id"]
        one = desk.connect("kiotviet")["id"]
        meanwhile = [lambda: records.remove(desk.office, "employee", lan, None)]

        def before(operation: str) -> None:
            if operation == "transaction" and meanwhile:
                meanwhile.pop()()

        desk.table.before = before
        refused = desk.patch(f"/connections/{one}", {"settings": {"default_owner": lan}})

        assert (refused.status, refused.code) == (409, "version_conflict")
        assert desk.get(f"/connections/{one}").json["settings"] == {}


def test_the_list_is_sorted_by_name_and_comes_in_pages(desk: Desk) -> None:
    for name in ("Chi", "An", "bình"):
        desk.connect("haravan", name=name)

    first = desk.get("/connections", limit="2").json
    second = desk.get("/connections", limit="2", cursor=first["next_cursor"]).json
    turned = desk.get("/connections", sort="-name").json

    assert [one["name"] for one in first["items"] + second["items"]] == ["An", "bình", "Chi"]
    assert [one["name"] for one in turned["items"]] == ["Chi", "bình", "An"]


def test_the_last_event_of_a_connection_is_shown(desk: Desk) -> None:
    from retailhub.domain.changes import Change

    one = desk.connect("haravan")["id"]
    desk.happened(Change(one, "customer", "1", received_at=NOW), "applied", NOW)

    assert desk.get(f"/connections/{one}").json["last_event_at"] == NOW
    assert desk.get("/connections").json["items"][0]["last_event_at"] == NOW


def test_another_getfly_than_4_0_is_refused_in_clear_words(desk: Desk) -> None:
    """R-CNV-20, A-CNV-8."""
    body = {"platform": "getfly", "name": "CRM", "credentials": {"api_key": "hush-getfly-key"}}
    refused = desk.post("/connections", body | {"settings": {"tenant": "cuahangmau", "api_version": "v6.1"}})

    assert refused.fields == {"settings": "only_getfly_4"}
    assert "Getfly CRM 4.0" in refused.text
