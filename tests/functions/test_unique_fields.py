"""Unique fields over the real table and queues: two who enter one phone at once, and the run over present values."""

import json
import threading
from typing import Any

from functions.admin_api.app import handler as admin_api
from functions.pull_pages.app import handler as pull_pages
from retailhub.crm.customers import create
from retailhub.domain.refusals import Clash
from retailhub.runtime import wiring
from retailhub.runtime.office import office
from retailhub.store import records
from retailhub.store.table import list_of
from tests.functions.deployment import Context, Deployment, trigger

PHONE = "0912000042"


def asked(method: str, path: str, body: Any) -> tuple[int, Any]:
    """Status and body of the answer to an admin's call."""
    event = trigger("admin_api", "create_customer")
    event["requestContext"]["http"] |= {"method": method, "path": path}
    event["requestContext"]["authorizer"]["lambda"]["role"] = "admin"
    event["headers"].pop("idempotency-key")
    answer = admin_api(event | {"rawPath": path, "body": json.dumps(body), "isBase64Encoded": False}, Context())
    return answer["statusCode"], json.loads(answer["body"])


def customers(aws: Deployment) -> int:
    """How many customers there are."""
    return len([records.from_item(item) for item in aws.table.query(list_of("customer"), index="listing").items])


def test_two_who_enter_one_phone_at_once_leave_one(aws: Deployment) -> None:
    """A-DUP-6: R-DUP-06 holds against races: the claim is an item of the same transaction. The four are in the office
    at once; a process of Lambda's has one call at a time, and its resolver knows no other."""
    asked("PUT", "/api/duplicate-settings", {"fields": {"phone": {"unique": True}}})
    start, answers = threading.Barrier(4, timeout=20), []
    desk = office({})

    def enter(number: int) -> None:
        start.wait()
        try:
            create(desk, {"name": f"Khách {number}", "phone": PHONE})
        except Clash as clash:
            answers.append(clash.code)
        else:
            answers.append("created")

    crowd = [threading.Thread(target=enter, args=(number,)) for number in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(60)

    assert sorted(answers) == ["created", *["duplicate_phone"] * 3]
    assert customers(aws) == 1


def test_the_run_over_present_values_makes_the_field_ready(aws: Deployment) -> None:
    """A-DUP-6: queued by the API, done by the function of the pulls."""
    asked("POST", "/api/customers", {"name": "An", "phone": PHONE})
    status, saved = asked("PUT", "/api/duplicate-settings", {"fields": {"phone": {"unique": True}}})
    [row] = [one for one in saved["fields"] if one["field"] == "phone"]
    event = trigger("pull_pages", "catch_up")
    event["Records"][0]["body"] = "claim.phone"

    answer = pull_pages(event, Context(120))

    settings = records.load(wiring.table(), "duplicate_settings", "duplicate_settings")
    assert (status, row["ready"], answer) == (200, False, {"batchItemFailures": []})
    assert settings and settings.fields.fields["phone"].ready
    assert asked("POST", "/api/customers", {"name": "Bình", "phone": PHONE})[1]["error"]["code"] == "duplicate_phone"
