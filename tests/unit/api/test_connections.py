"""Connections by the API: made with their secret and flows, paused, tried out, given a new secret, removed."""

import base64
import json

import pytest

from retailhub.crm.webhooks import KIOTVIET_TYPES
from retailhub.domain.errors import Rejected, Temporary, Unavailable
from retailhub.domain.instants import after
from retailhub.store import connections, pulls
from retailhub.store.pulls import Pull
from tests.unit.api.desk import CREDENTIALS, NOW, Desk

KIOTVIET = {"platform": "kiotviet", "name": "Cửa hàng Quận 1", "credentials": CREDENTIALS["kiotviet"]}


def test_a_connection_is_made_with_everything_that_belongs_to_it(desk: Desk) -> None:
    """R-KV-03, R-KV-04; api.md, /connections."""
    reply = desk.post("/connections", {**KIOTVIET, "settings": {"default_owner": "mai"}})

    made = reply.json
    assert reply.status == 201
    assert (made["platform"], made["name"], made["status"]) == ("kiotviet", "Cửa hàng Quận 1", "active")
    assert made["record_types"] == ["customer", "product", "contract"]
    assert made["settings"] == {"default_owner": "mai"}
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
    assert kiotviet["webhook_urls"] == [f"{base}/{kind}" for kind in KIOTVIET_TYPES]
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
    one = desk.connect("kiotviet", settings={"default_owner": "mai"})["id"]

    edit = {"settings": {"default_contract_type": "retail"}, "credentials": {"client_secret": "hush-new"}}
    changed = desk.patch(f"/connections/{one}", edit, if_match="1").json

    secret = desk.secrets.get(one)
    assert secret
    assert (changed["version"], changed["settings"]) == (1 + 1, {"default_contract_type": "retail"})
    assert secret.credentials == {**CREDENTIALS["kiotviet"], "client_secret": "hush-new"}
    assert desk.patch(f"/connections/{one}", {"name": "x"}, if_match="1").code == "version_conflict"
    assert desk.patch(f"/connections/{one}", {"platform": "haravan"}).fields == {"platform": "extra_forbidden"}


def test_a_pause_and_going_on(desk: Desk) -> None:
    """Runs that stood still get their next step; the schedule takes up what was parked."""
    one = desk.connect("kiotviet")["id"]
    desk.table.write(pulls.put(Pull("b1", one, "backfill", ("customer",), started_at=NOW, beat_at=NOW)))
    desk.queues.pulls.clear()

    paused = desk.post(f"/connections/{one}/pause").json
    again = desk.post(f"/connections/{one}/pause").json
    resumed = desk.post(f"/connections/{one}/resume").json

    assert (paused["status"], paused["version"], again["version"]) == ("paused", 2, 2)
    assert (resumed["status"], resumed["version"]) == ("active", 3)
    assert ("b1", 0) in desk.queues.pulls


def test_after_a_rotation_old_and_new_are_good_for_a_day(desk: Desk) -> None:
    """F19."""
    made = desk.connect("kiotviet")

    rotated = desk.post(f"/connections/{made['id']}/rotate-secret").json

    secret = desk.secrets.get(made["id"])
    assert secret
    new, old = rotated["webhook_secret"], made["webhook_secret"]
    assert secret.live(after(NOW, 86_000)) == [new, old]
    assert secret.live(after(NOW, 86_401)) == [new]
    assert secret.credentials == CREDENTIALS["kiotviet"]


def test_a_rotation_registers_every_topic_anew_with_the_new_secret(desk: Desk) -> None:
    """A live registration signs with the old secret for ever, and so is never missing to the watchdog."""
    made = desk.connect("kiotviet")
    desk.shop.registered.clear()

    rotated = desk.post(f"/connections/{made['id']}/rotate-secret").json

    url = f"https://hub.example.vn/webhooks/kiotviet/{made['id']}"
    assert desk.shop.registered == [(url, desk.shop.topics, rotated["webhook_secret"])]


def test_a_rotation_whose_end_nobody_knows_refuses_neither_secret(desk: Desk) -> None:
    """F37: the platform may have the new secret although its answer was lost."""
    made = desk.connect("kiotviet")
    desk.shop.trouble = Unavailable("no_answer")

    reply = desk.post(f"/connections/{made['id']}/rotate-secret")

    secret = desk.secrets.get(made["id"])
    assert secret
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")
    assert secret.current == made["webhook_secret"]
    assert len(secret.live(after(NOW, 3600))) == 2


def test_a_removed_connection_takes_its_secret_and_flows_along(desk: Desk) -> None:
    """F76; the records that came from it stay."""
    one = desk.connect("haravan")["id"]
    desk.keep("customer", "c_1", name="Lan", origin=one)

    removed = desk.delete(f"/connections/{one}")

    assert (removed.status, removed.text) == (204, "")
    assert desk.secrets.kept == {}
    assert desk.get("/flows").json["items"] == []
    assert desk.get(f"/connections/{one}").code == "unknown_connection"
    assert desk.get("/customers/c_1").status == 200


def test_a_connection_with_a_running_backfill_is_in_use(desk: Desk) -> None:
    """api.md, Deletes: 409 with the number of users and the first few."""
    one = desk.connect("haravan")["id"]
    desk.table.write(pulls.put(Pull("b1", one, "backfill", ("customer",), started_at=NOW, beat_at=NOW)))

    reply = desk.delete(f"/connections/{one}")

    assert (reply.status, reply.code) == (409, "backfill_running")
    assert reply.json["error"]["details"] == {"count": 1, "first": ["b1"]}
    assert desk.secrets.get(one)


def test_a_removal_that_was_killed_can_be_asked_for_again(desk: Desk) -> None:
    one = desk.connect("haravan")["id"]
    desk.secrets.down = True
    assert desk.delete(f"/connections/{one}").status == 503

    desk.secrets.down = False

    assert desk.delete(f"/connections/{one}").status == 204
    assert desk.secrets.kept == {}


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
