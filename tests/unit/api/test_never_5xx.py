"""A client's mistake is never a 5xx: whatever is sent to whichever route, the answer has the form of the contract."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retailhub.api.routes import Route
from tests.unit.api.desk import CREDENTIALS, Desk

SCHEMAS = Desk.api.openapi()["components"]["schemas"]
ASKED = (
    "NewConnection",
    "ConnectionEdit",
    "NewBackfill",
    "NewFlow",
    "FlowEdit",
    "CustomerEdit",
    "NewContract",
    "Redrive",
)
NAMES = sorted({name for asked in ASKED for name in SCHEMAS[asked]["properties"]})
FILTERS = ["phone", "email", "vendor_id", "owner", "q", "sort", "limit", "cursor", "from", "to", "record", "is_buyer"]

odd = st.text(st.characters(exclude_categories=()), max_size=30)
values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | odd
    | st.sampled_from(["kiotviet", "customer", "created", "2026-05-14"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | odd, inner, max_size=4),
    max_leaves=6,
)
bodies = st.dictionaries(st.sampled_from(NAMES) | odd, values, max_size=6)
queries = st.dictionaries(
    st.sampled_from(FILTERS), odd | st.sampled_from(["1", "true", "-created_at", "0912000111"]), max_size=4
)
headers = st.dictionaries(st.sampled_from(["if_match", "idempotency_key", "accept_language"]), odd, max_size=2)

SEND = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def furnished(desk: Desk) -> dict[str, str]:
    """Something of everything; the id that stands for each part of an address."""
    shop = desk.connect("haravan", credentials=CREDENTIALS["haravan"])["id"]
    customer = desk.post("/customers", {"name": "Lan", "phone": "0912000111"}).json["id"]
    contract = desk.post("/contracts", {"code": "A", "value": 1}).json["id"]
    flow = desk.get("/flows").json["items"][0]["id"]
    backfill = desk.post(f"/connections/{shop}/backfills", {}).json["id"]
    return {
        "<connection_id>": shop,
        "<customer_id>": customer,
        "<contract_id>": contract,
        "<flow_id>": flow,
        "<backfill_id>": backfill,
    }


@pytest.mark.parametrize("route", Desk.api.routes, ids=lambda route: f"{route.method} {route.rule}")
def test_whatever_is_sent_the_answer_has_the_contracts_form(desk: Desk, route: Route) -> None:
    """api.md, Errors; F22, F24."""
    ids = furnished(desk)
    parts = route.rule.removeprefix("/api").split("/")
    path = "/".join(ids.get(part, "nothing") if part.startswith("<") else part for part in parts)

    @SEND
    @given(bodies, queries, headers)
    def send(body: dict[str, Any], query: dict[str, str], more: dict[str, str]) -> None:
        reply = desk.call(route.method, path, raw=json.dumps(body), query=query, **more)  # type: ignore[arg-type]

        assert reply.status < 500 or reply.code == "secrets_unavailable", reply.text
        if reply.status >= 400:
            assert set(reply.json["error"]) == {"code", "message", "field", "details"}

    send()
