"""The running stack keeps to its own OpenAPI document: whatever is sent to it, the answer is described, never a 5xx.

Every operation is called, nothing is left out. What the calls set, switch and make is put back afterwards, for other
tests go on with the same stack; the calls that stop or remove a connection go to one that is made for them.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.api_probe import operations, probe
from tests.local.clients import Hub
from tests.local.shops import Shops

EXAMPLES = 2
"""Calls of each kind (by the document, against it) for each operation."""
SETTINGS = ("/point-settings", "/duplicate-settings", "/lead-sync", "/members/settings", "/members/columns")
MADE = ("/ownership-rules", "/order-automations", "/flows", "/connections", "/api-keys", "/employees", "/departments")
"""What would go on working if it stayed: removed again, if these calls made it."""


@pytest.fixture
def spare(shops: Shops) -> Iterator[dict[str, str]]:
    """A connection of its own with a flow, a run, and a key: ids for calls that stop and remove."""
    hub = shops.hub
    body = {"platform": "haravan", "name": "Để thử", "credentials": {"access_token": "none", "org_id": "1"}}
    connection = hub.call("POST", "/connections", body)["id"]
    flow = next(one["id"] for one in hub.all("/flows") if connection in one["id"])
    run = hub.call("POST", f"/connections/{connection}/backfills", {})["id"]
    key = hub.call("POST", "/api-keys", {"name": "để thử", "employee": "mai", "role": "viewer"})["id"]
    yield {"connection_id": connection, "flow_id": flow, "backfill_id": run, "key_id": key}
    hub.session.delete(f"{hub.stack['api']}/connections/{connection}", timeout=30)


@pytest.fixture
def put_back(shops: Shops, spare: dict[str, str]) -> Iterator[None]:
    """Settings, rules, flows and keys as they were before."""
    hub = shops.hub
    settings = {path: _settings(hub, path) for path in SETTINGS}
    before = {path: {one["id"]: one for one in hub.all(path)} for path in MADE}
    yield
    for path in MADE:
        for one in list(hub.all(path)):
            if one["id"] not in before[path]:
                hub.session.delete(f"{hub.stack['api']}{path}/{one['id']}", timeout=30)
            elif path == "/flows":
                kept = before[path][one["id"]]
                hub.call("PATCH", f"/flows/{one['id']}", {"on": kept["on"], "active": kept["active"]})
    for path, body in settings.items():
        hub.call("PUT", path, body)


def _settings(hub: Hub, path: str) -> dict[str, Any]:
    """What a PUT takes of the settings as they are."""
    schemas = hub.call("GET", "/openapi.json")
    put = schemas["paths"][f"/api{path}"]["put"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    taken = schemas["components"]["schemas"][put.rpartition("/")[2]]["properties"]
    told = {name: value for name, value in hub.call("GET", path).items() if name in taken}
    if isinstance(told.get("fields"), list):
        ticks = ("unique", "required")
        told["fields"] = {one["field"]: {tick: one[tick] for tick in ticks} for one in told["fields"]}
    return told


def test_no_call_gets_a_5xx_or_an_answer_that_is_not_described(
    shops: Shops, spare: dict[str, str], put_back: None
) -> None:
    """Point 11; API8, API9: calls made from the document, half of them to what really came in."""
    shops.twins["kiotviet"].create("customers", {"name": "Lan", "contactNumber": "0912000777"})
    hub = shops.hub
    document = hub.call("GET", "/openapi.json")
    ids = _Ids(hub, spare)
    failures: dict[str, str] = {}
    sent = 0

    for operation in operations(document):
        try:
            sent += probe(operation, ids, hub.stack["api"].removesuffix("/api"), hub.session, EXAMPLES)
        except Exception as failure:  # noqa: BLE001 every operation is tried, and all failures are told at once
            failures[operation.label] = str(failure)

    assert failures == {}, "\n\n".join(f"{label}\n{failure}" for label, failure in failures.items())
    assert sent > len(document["paths"]) * EXAMPLES


class _Ids:
    """(path, parameter) → the id of something that is there: the spare things, or the first of a collection."""

    def __init__(self, hub: Hub, spare: dict[str, str]) -> None:
        self.hub, self.spare = hub, spare
        self.found: dict[str, str] = {}

    def __call__(self, path: str, name: str) -> str:
        if name in self.spare:
            return self.spare[name]
        collection = path.removeprefix("/api").partition("/{")[0]
        if collection not in self.found:
            page = self.hub.call("GET", collection, limit=1)
            self.found[collection] = next((one["id"] for one in page["items"]), "nothing")
        return self.found[collection]
