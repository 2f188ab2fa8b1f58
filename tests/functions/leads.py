"""The cloud's twin behind a deployment, and everything that one run of the lead sync sets going."""

import copy
import json
from collections.abc import Callable
from typing import Any

from functions.admin_api.app import handler as admin_api
from functions.apply_changes.app import handler as apply_changes
from functions.pull_pages.app import handler as pull_pages
from retailhub.domain.records import Record
from retailhub.store import records
from retailhub.store.table import list_of
from tests.functions.deployment import Context, Deployment, trigger
from tests.twins.crmviet import EMAIL, PASSWORD

Handler = Callable[[dict[str, Any], Any], Any]
SETTINGS: dict[str, Any] = {
    "email": EMAIL,
    "password": PASSWORD,
    "sources": ["facebook", "webform"],
    "every_minutes": 5,
    "require_phone": False,
    "require_email": False,
}


def api(method: str, path: str, body: Any = None, role: str = "admin", **query: str) -> tuple[int, Any]:
    """Status and body of a call of the admin API."""
    event = trigger("admin_api", "list_customers")
    event["requestContext"]["http"] |= {"method": method, "path": f"/api{path}"}
    event["requestContext"]["authorizer"]["lambda"] |= {"role": role}
    event |= {"rawPath": f"/api{path}", "queryStringParameters": query}
    answer = admin_api(event | ({"body": json.dumps(body)} if body is not None else {}), Context())
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None


def set_up(**settings: Any) -> Any:
    """The sync as the admin sets it; the answer."""
    status, body = api("PUT", "/lead-sync", SETTINGS | settings)
    assert status == 200, body
    return body


def carried_out(aws: Deployment) -> None:
    """What lies on the queues of pulls and changes is worked off, until nothing is left."""
    while any([_worked_off(aws, "Pulls", pull_pages), _worked_off(aws, "Changes", apply_changes)]):
        pass


def leads(aws: Deployment) -> list[Record]:
    """The hub's leads, by name."""
    page = aws.table.query(list_of("lead"), index="listing", limit=500)
    return sorted(map(records.from_item, page.items), key=lambda one: one.fields.name)


def stepped(body: str) -> None:
    """One step of a pull."""
    _handled(pull_pages, body)


def _worked_off(aws: Deployment, queue: str, handler: Handler) -> bool:
    bodies = aws.messages(queue)
    for body in bodies:
        _handled(handler, body)
    return bool(bodies)


def _handled(handler: Handler, body: str) -> None:
    event = copy.deepcopy(trigger("pull_pages", "catch_up"))
    event["Records"][0]["body"] = body
    assert handler(event, Context(120)) == {"batchItemFailures": []}, body
