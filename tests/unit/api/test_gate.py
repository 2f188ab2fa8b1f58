"""Who may come in, to which route, with what kind of body."""

import base64
import json
from typing import Any

import pytest

from retailhub.api.routes import Route
from retailhub.crm.api_keys import ROLES
from tests.unit.api.desk import Desk


def address(route: Route) -> str:
    """An address of the route, with ids of nothing."""
    return "/".join("nothing" if part.startswith("<") else part for part in route.rule.split("/")).removeprefix("/api")


def allowed(route: Route, role: str) -> bool:
    """Whether the contract opens the route to the role."""
    return route.role is None or ROLES.index(role) >= ROLES.index(route.role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", Desk.api.routes, ids=lambda route: f"{route.method} {route.rule}")
def test_every_route_opens_to_its_role_and_those_above(desk: Desk, route: Route, role: str) -> None:
    """api.md, Authentication: viewer reads, staff edits records, admin everything."""
    reply = desk.call(route.method, address(route), {}, role=role)

    assert (reply.status == 403) == (not allowed(route, role))
    assert reply.status < 500


@pytest.mark.parametrize("route", Desk.api.routes, ids=lambda route: f"{route.method} {route.rule}")
@pytest.mark.parametrize("role", [None, "", "owner", ["admin"]])
def test_without_a_known_role_nothing_opens_but_health(desk: Desk, route: Route, role: Any) -> None:
    reply = desk.call(route.method, address(route), {}, role=role)

    assert reply.status == (200 if route.rule == "/api/health" else 401)
    assert route.rule == "/api/health" or reply.code == "no_key"


def test_the_contract_names_who_may_do_what() -> None:
    """The roles of whole resource groups, as api.md has them."""
    roles = {(route.method, route.rule): route.role for route in Desk.api.routes}

    assert roles["GET", "/api/customers"] == "viewer"
    assert roles["PATCH", "/api/customers/<customer_id>"] == "staff"
    assert roles["POST", "/api/connections"] == "admin"
    assert {role for (_, rule), role in roles.items() if "dead-letters" in rule or "api-keys" in rule} == {"admin"}
    assert {role for (method, _), role in roles.items() if method != "GET"} == {"staff", "admin"}


def test_a_role_in_a_header_or_body_is_not_believed(desk: Desk) -> None:
    reply = desk.call("GET", "/customers", role=None, x_role="admin", authorization="Bearer made-up")

    assert reply.status == 401
    assert reply.headers["www-authenticate"] == "Bearer"


def test_an_unknown_address_is_404_and_another_verb_405(desk: Desk) -> None:
    assert desk.call("GET", "/nothing").code == "unknown_path"
    assert desk.call("DELETE", "/customers").status == 405
    assert desk.call("DELETE", "/customers").headers["allow"] == "GET, POST"


def test_an_id_that_no_key_can_hold_is_404(desk: Desk) -> None:
    """A key of the table holds 2,048 bytes; longer ones would be an error of the table's."""
    assert desk.get(f"/customers/{'x' * 3000}").status == 404
    assert desk.get("/customers/\ud800").status == 404
    assert desk.get("/customers/a\x00b").status == 404


@pytest.mark.parametrize(
    "raw, code",
    [
        ("{", "not_json"),
        ("[]", "not_an_object"),
        ('"text"', "not_an_object"),
        ('{"name": NaN}', "not_json"),
        ('{"a":' * 100 + "1" + "}" * 100, "too_deep"),
        ('{"name": "\ud800"}', "not_utf8"),
    ],
)
def test_a_body_that_is_no_json_object_is_malformed(desk: Desk, raw: str, code: str) -> None:
    """F23, F24."""
    reply = desk.call("POST", "/customers", raw=raw)

    assert (reply.status, reply.code) == (400, code)


def test_a_body_that_is_too_large_is_413(desk: Desk) -> None:
    """F21."""
    reply = desk.call("POST", "/customers", raw=json.dumps({"name": "x" * 300_000}))

    assert (reply.status, reply.code) == (413, "too_large")


def test_another_content_type_is_refused(desk: Desk) -> None:
    reply = desk.call("POST", "/customers", raw="name=Lan", content_type="application/x-www-form-urlencoded")

    assert (reply.status, reply.code) == (400, "bad_content_type")


def test_a_body_in_base64_is_read(desk: Desk) -> None:
    body = base64.b64encode(json.dumps({"name": "Nguyễn Thị Lan"}).encode()).decode()

    assert desk.call("POST", "/customers", raw=body, base64=True).json["name"] == "Nguyễn Thị Lan"
    assert desk.call("POST", "/customers", raw="%%%", base64=True).code == "not_base64"


def test_errors_speak_vietnamese_unless_english_is_preferred(desk: Desk) -> None:
    """api.md, Errors."""
    vietnamese = desk.call("GET", "/customers/nobody").json["error"]
    english = desk.call("GET", "/customers/nobody", accept_language="vi;q=0.5, en-GB").json["error"]

    assert vietnamese == {
        "code": "unknown_customer",
        "message": "Không có khách hàng này",
        "field": None,
        "details": {},
    }
    assert english["message"] == "There is no such customer"


def test_every_wrong_field_has_its_entry_and_none_repeats_what_was_sent(desk: Desk) -> None:
    """api.md, Errors: 422; and errors never carry input."""
    body = {"name": "x" * 201, "email": "hush-no-mail", "birthday": "31/12/1990", "gender": 7, "colour": "red"}
    reply = desk.post("/customers", body)

    assert reply.status == 422
    assert reply.fields == {
        "name": "string_too_long",
        "email": "invalid_email",
        "birthday": "invalid_day",
        "gender": "literal_error",
        "colour": "extra_forbidden",
    }
    assert "hush" not in reply.text
    assert all(one["message"] for one in reply.json["error"]["details"]["fields"])


@pytest.mark.parametrize("limit, code", [("0", "greater_than_equal"), ("201", "less_than_equal"), ("x", "int_parsing")])
def test_the_limit_is_bounded(desk: Desk, limit: str, code: str) -> None:
    reply = desk.get("/customers", limit=limit)

    assert (reply.status, reply.fields) == (422, {"limit": code})


@pytest.mark.parametrize(
    "cursor", ["x", "é", base64.b64encode(b"[1]").decode(), base64.b64encode(b'["a","b"]').decode()]
)
def test_a_made_up_cursor_is_malformed(desk: Desk, cursor: str) -> None:
    reply = desk.get("/customers", cursor=cursor)

    assert (reply.status, reply.code) == (400, "bad_cursor")


def test_a_cursor_of_another_list_is_malformed(desk: Desk) -> None:
    """F74: a cursor is no way from one list into another."""
    for n in range(3):
        desk.keep("customer", f"c_{n}", name=f"Khách {n}")
    cursor = desk.get("/customers", limit="1").json["next_cursor"]

    assert desk.get("/customers", limit="1", cursor=cursor).status == 200
    assert desk.get("/customers", limit="1", cursor=cursor, owner="lan").code == "bad_cursor"
    assert desk.get("/products", limit="1", cursor=cursor).code == "bad_cursor"


def test_an_error_of_ours_says_nothing_about_itself(desk: Desk) -> None:
    """An unforeseen error is 500 in our own form, and noted."""

    def explode(_: str) -> None:
        raise KeyError("0912000042")

    desk.table.before = explode
    reply = desk.get("/customers/c_1")

    assert (reply.status, reply.code) == (500, "internal")
    assert "0912" not in reply.text
    assert [type(error) for error in desk.noted] == [KeyError]
    desk.noted.clear()
