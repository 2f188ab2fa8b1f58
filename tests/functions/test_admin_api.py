"""The admin API as Lambda runs it: over the table, the queues and the parameter store of the template."""

import json
from typing import Any

import pytest

from functions.admin_api.app import api, handler
from retailhub.domain.changes import Change
from retailhub.runtime import aws as clients
from retailhub.runtime.settings import settings
from retailhub.store import connections, events
from tests.functions.conftest import Lines
from tests.functions.deployment import PREFIX, Context, Deployment, template, trigger
from tests.functions.shop import Shelves


def answered(case: str, **edits: Any) -> tuple[int, Any]:
    """Status and body of the answer to a sample event."""
    return told({**trigger("admin_api", case), **edits})


def told(event: dict[str, Any]) -> tuple[int, Any]:
    """Status and body of the answer to an event."""
    answer = handler(event, Context())
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None


def at(case: str, path: str, method: str = "GET") -> dict[str, Any]:
    """A sample event sent to another address."""
    event = trigger("admin_api", case)
    event["requestContext"]["http"] |= {"method": method, "path": path}
    return event | {"rawPath": path}


def test_health_needs_no_key(aws: Deployment) -> None:
    """api.md, Conventions."""
    status, body = answered("health")

    assert (status, body["status"]) == (200, "ok")


def test_without_a_key_nobody_comes_in(aws: Deployment) -> None:
    status, body = answered("without_a_key")

    assert (status, body["error"]["code"]) == (401, "no_key")
    assert body["error"]["message"] == "Thiếu khóa API hoặc khóa không hợp lệ"


def test_an_authorizer_that_said_nothing_lets_nobody_in(aws: Deployment) -> None:
    """F46: fail closed."""
    event = trigger("admin_api", "list_customers")
    del event["requestContext"]["authorizer"]

    assert told(event)[0] == 401


def test_a_role_that_is_too_small_is_403(aws: Deployment) -> None:
    assert answered("role_too_small")[0] == 403


def test_the_document_is_openapi_3_1(aws: Deployment) -> None:
    assert answered("openapi")[1]["openapi"] == "3.1.0"


def test_a_customer_is_entered_once_and_found(aws: Deployment) -> None:
    """The sample carries an Idempotency-Key."""
    status, made = answered("create_customer")
    again = answered("create_customer")
    found = answered("list_customers")[1]

    assert (status, made["phone"], made["created_by"]) == (201, "+84912000042", "lan")
    assert again == (201, made)
    assert [one["id"] for one in found["items"]] == [made["id"]]


def test_pages_of_the_real_table_bring_everybody_once(aws: Deployment) -> None:
    """The cursor is DynamoDB's own, sealed."""
    for n in range(5):
        event = at("create_customer", "/api/customers", "POST")
        event["headers"]["idempotency-key"] = f"form-{n}"
        told(event | {"body": json.dumps({"name": f"Lan {n}"})})

    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        query = {"limit": "2", "q": "lan", "cursor": cursor}
        page = answered("list_customers", queryStringParameters=query)[1]
        seen += [one["name"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert sorted(seen) == [f"Lan {n}" for n in range(5)]


def test_a_connection_keeps_its_secret_in_the_parameter_store_alone(
    aws: Deployment, shop: Shelves, lines: Lines
) -> None:
    """Promise: secrets stay secret."""
    status, made = answered("connect_kiotviet")

    parameter = clients.client("ssm").get_parameter(Name=f"{PREFIX}/{made['id']}", WithDecryption=True)["Parameter"]
    assert (status, parameter["Type"]) == (201, "SecureString")
    assert json.loads(parameter["Value"])["credentials"]["client_secret"] == "example-secret"
    assert made["webhook_urls"][0] == f"https://hub.example.vn/webhooks/kiotviet/{made['id']}/customer.update"
    assert shop.topics == {made["id"]: {"customer.update"}}, "its webhooks are registered at once"
    assert connections.load(aws.table, made["id"])
    rows = clients.client("dynamodb").scan(TableName="HubTable")["Items"]
    for text in (json.dumps(rows, default=str), json.dumps(lines())):
        assert "example-secret" not in text
        assert made["webhook_secret"] not in text


def test_new_credentials_are_used_by_the_very_next_call(aws: Deployment, shop: Shelves) -> None:
    """No secret is remembered from one call to the next."""
    one = answered("connect_kiotviet")[1]["id"]
    path = f"/api/connections/{one}"
    edit = {"credentials": {"client_secret": "another-secret"}}

    status, _ = told(at("connect_kiotviet", path, "PATCH") | {"body": json.dumps(edit)})

    stored = clients.client("ssm").get_parameter(Name=f"{PREFIX}/{one}", WithDecryption=True)["Parameter"]["Value"]
    assert (status, json.loads(stored)["credentials"]["client_secret"]) == (200, "another-secret")
    assert told(at("connect_kiotviet", path, "DELETE"))[0] == 204
    assert clients.client("ssm").describe_parameters()["Parameters"] == []


def test_where_no_public_address_is_set_webhooks_come_in_where_the_call_did(
    aws: Deployment, shop: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "")
    settings.cache_clear()
    event = trigger("admin_api", "connect_kiotviet")
    event["requestContext"]["domainName"] = "abc.execute-api.ap-southeast-1.amazonaws.com"

    url = told(event)[1]["webhook_urls"][0]

    assert url.startswith("https://abc.execute-api.ap-southeast-1.amazonaws.com/webhooks/kiotviet/")


@pytest.fixture
def dead_letters(aws: Deployment, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The dead-letter queues of the template, told to the function under the template's own variable."""
    [variable] = template()["Resources"]["AdminApi"]["Properties"]["Environment"]["Variables"]
    made = {
        name: clients.client("sqs").create_queue(QueueName=f"{name}DeadLetters")["QueueUrl"]
        for name in ("Changes", "ScheduleFailures")
    }
    monkeypatch.setenv(variable, json.dumps(made))
    settings.cache_clear()
    return made


def test_dead_letters_of_table_and_queues_are_listed(aws: Deployment, dead_letters: dict[str, str]) -> None:
    """api.md, /dead-letters."""
    aws.connect("hrv0example", "haravan")
    change = Change("hrv0example", "customer", "1", received_at="2026-05-14T00:00:00.000000Z")
    failed = events.of_change(change, "failed", "2026-05-14T00:00:01.000000Z", reason="invalid")
    aws.table.write(events.put(failed))
    clients.client("sqs").send_message(QueueUrl=dead_letters["Changes"], MessageBody="died")

    status, body = answered("list_dead_letters")
    again = answered("list_dead_letters")[1]

    groups = {(group["queue"], group["cause"]): group["count"] for group in body["items"]}
    assert (status, groups) == (200, {("Changes", "invalid"): 1, ("Changes", "not_handled"): 1})
    assert len(again["items"]) == 2, "looking hides nothing"


def test_a_redrive_sends_events_and_messages_to_their_queue(aws: Deployment, dead_letters: dict[str, str]) -> None:
    aws.connect("hrv0example", "haravan")
    change = Change("hrv0example", "customer", "1", received_at="2026-05-14T00:00:00.000000Z")
    aws.table.write(events.put(events.of_change(change, "failed", "2026-05-14T00:00:01.000000Z", reason="invalid")))
    clients.client("sqs").send_message(QueueUrl=dead_letters["Changes"], MessageBody="died")

    status, body = answered("redrive")

    bodies = aws.messages("Changes")
    assert (status, body["redriven"], body["skipped"]) == (200, 2, 0)
    assert "died" in bodies
    assert [json.loads(one)["event_id"] for one in bodies if one != "died"] == [change.event_id]
    assert answered("list_dead_letters")[1]["items"] == []


def test_the_log_has_ids_but_nobodys_data(aws: Deployment, lines: Lines) -> None:
    """Promise: personal data stay out of logs."""
    answered("create_customer")

    told_lines = lines()
    assert [line["status"] for line in told_lines if line["message"] == "admin api"] == [201]
    for word in ("Lan", "912", "example.vn"):
        assert word not in json.dumps(told_lines, ensure_ascii=False)


def test_the_api_is_made_once_per_process() -> None:
    assert api() is api()
