"""Who may use which route: every route with every kind of key, against a table that knows nothing of the code.

A route of a new resource needs a line in WRITTEN_BY; one with another role than the contract gives it fails here.
"""

from collections.abc import Callable
from typing import Any

import pytest

from retailhub.api.routes import Route
from retailhub.crm import api_keys
from retailhub.crm.api_keys import Role
from retailhub.store.table import Table
from tests.fakes.memory_table import MemoryTable
from tests.unit.api.desk import NOW, Desk

READ_BY_ADMINS = {"dead-letters", "api-keys", "audit"}
"""Everything else is read by viewers (api.md, Authentication)."""

WRITTEN_BY: dict[str, Role] = {
    "customers": "staff",
    "leads": "staff",
    "orders": "staff",
    "contracts": "staff",
    "tickets": "staff",
    "opportunities": "staff",
    "contacts": "staff",
    "suppliers": "staff",
    "products": "staff",
    "members": "staff",
    "reviews": "staff",
    "reports": "staff",
    "connections": "admin",
    "flows": "admin",
    "ownership-rules": "admin",
    "order-automations": "admin",
    "duplicate-settings": "admin",
    "point-settings": "admin",
    "lead-sync": "admin",
    "catalogues": "admin",
    "employees": "admin",
    "departments": "admin",
    "customer-groups": "admin",
    "api-keys": "admin",
    "dead-letters": "admin",
}
"""api.md: staff edits customers, leads, orders, contracts, tickets and what hangs on them, admins everything else. Of
reports staff keep the filter that they like best (A-CVR-8)."""

EXCEPTIONS: dict[tuple[str, str], Role | None] = {
    ("GET", "/api/health"): None,
    ("PATCH", "/api/members/settings"): "admin",
    ("PUT", "/api/members/settings"): "admin",
    ("POST", "/api/lead-sync/run"): "staff",
}
"""Single routes that are not like their resource: health is for everybody; how members are counted is
a setting; the manual sync stands on the list of customers, where staff work (R-SYN-13)."""

EVERY = {"viewer": 0, "staff": 1, "admin": 2}
Maker = Callable[[Table], dict[str, str] | None]


def needed(route: Route) -> str | None:
    """The smallest role that the contract lets in, None for everybody."""
    if (route.method, route.rule) in EXCEPTIONS:
        return EXCEPTIONS[route.method, route.rule]
    resource = route.rule.split("/")[2]
    if route.method == "GET":
        return "admin" if resource in READ_BY_ADMINS else "viewer"
    assert resource in WRITTEN_BY, f"{route.method} {route.rule}: write down in WRITTEN_BY who may do this"
    return WRITTEN_BY[resource]


def authorized(table: Table, text: str) -> dict[str, str]:
    """What the authorizer tells of a call with this key (functions/api_authorizer)."""
    key = api_keys.known(table, text)
    return {"role": key.role, "employee": key.employee, "key_id": key.id} if key else {"role": ""}


def made(table: Table, role: Role, key_id: str = "k1") -> str:
    """The text of a new key."""
    return api_keys.create(table, key_id=key_id, name="quầy", employee="mai", role=role, by="lan", at=NOW)[1]


def _of_role(role: Role) -> Maker:
    return lambda table: authorized(table, made(table, role))


def _revoked(table: Table) -> dict[str, str]:
    made(table, "admin", "another")
    text = made(table, "admin")
    api_keys.revoke(table, "k1")
    return authorized(table, text)


STRANGERS: dict[str, Maker] = {
    "no key": lambda _: None,
    "a made-up key": lambda table: authorized(table, f"{api_keys.PREFIX}made-up"),
    "another hub's key": lambda table: authorized(table, made(MemoryTable(), "admin")),
    "a revoked key": _revoked,
    "the hash of a key": lambda table: authorized(table, api_keys.hashed(made(table, "admin"))),
}
KNOWN: dict[str, Maker] = {role: _of_role(role) for role in api_keys.ROLES}


def asked(desk: Desk, route: Route, told: dict[str, str] | None) -> tuple[int, str]:
    """Status and error code of a call of the route by somebody of whom the authorizer told this."""
    path = "/".join("nothing" if part.startswith("<") else part for part in route.rule.split("/"))
    event: dict[str, Any] = {
        "version": "2.0",
        "rawPath": path,
        "headers": {"authorization": "Bearer admin", "x-role": "admin"},
        "queryStringParameters": {},
        "requestContext": {"http": {"method": route.method, "path": path}, "stage": "$default"},
        "body": "{}" if route.method != "GET" else None,
        "isBase64Encoded": False,
    }
    if told is not None:
        event["requestContext"]["authorizer"] = {"lambda": told}
    answer = Desk.api.answer(event, None, desk.office)
    return answer["statusCode"], answer["body"]


@pytest.mark.parametrize("route", Desk.api.routes, ids=lambda route: f"{route.method} {route.rule}")
def test_every_route_lets_in_whom_the_contract_lets_in_and_nobody_else(desk: Desk, route: Route) -> None:
    """API1, API5, api.md Authentication: no key → 401, too small a role → 403."""
    smallest = needed(route)

    for who, key in {**STRANGERS, **KNOWN}.items():
        desk.table.items.clear()
        told = key(desk.table)
        before = dict(desk.table.items)
        status, body = asked(desk, route, told)
        if smallest is None:
            assert status == 200, who
        elif who in STRANGERS:
            assert (status, '"no_key"' in body) == (401, True), who
            assert desk.table.items == before, f"{who} changed something"
        elif EVERY[who] < EVERY[smallest]:
            assert (status, '"role_too_small"' in body) == (403, True), who
            assert desk.table.items == before, f"{who} changed something"
        else:
            assert status not in (401, 403), f"{who} should be let in: {body}"
            assert status < 500, body


def test_no_route_is_open_without_a_role_but_health() -> None:
    """A route cannot be declared without a role; None is for health alone."""
    assert [route.rule for route in Desk.api.routes if route.role is None] == ["/api/health"]
    assert {route.role for route in Desk.api.routes} <= {None, *api_keys.ROLES}


def test_the_table_of_roles_has_no_line_for_what_is_not_there() -> None:
    """The table stays the truth when a route goes."""
    there = {(route.method, route.rule) for route in Desk.api.routes}

    assert set(EXCEPTIONS) <= there


def test_one_callers_idempotency_key_never_shows_anothers_answer(desk: Desk) -> None:
    """F74: the same Idempotency-Key of two API keys is two requests."""

    def enter(key_id: str, name: str) -> dict[str, Any]:
        event = {
            "rawPath": "/api/customers",
            "headers": {"idempotency-key": "form-1"},
            "requestContext": {
                "http": {"method": "POST", "path": "/api/customers"},
                "stage": "$default",
                "authorizer": {"lambda": {"role": "staff", "employee": key_id, "key_id": key_id}},
            },
            "body": f'{{"name": "{name}"}}',
        }
        return Desk.api.answer(event, None, desk.office)

    first, second = enter("k1", "Lan"), enter("k2", "Mai")

    assert (first["statusCode"], second["statusCode"]) == (201, 201)
    assert "Lan" not in second["body"]
    assert "idempotency-replayed" not in second["headers"]
