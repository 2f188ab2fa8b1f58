"""KiotViet invoices on their way through the functions: one earns, points are redeemed for another one, a cancellation
takes it all back; over the table of the template."""

import json
from typing import Any

from functions.admin_api.app import handler as admin_api
from functions.apply_changes.app import handler as apply_changes
from retailhub.domain.changes import Change, pack
from retailhub.store.table import account_key, ledger_key
from tests.functions.deployment import Context, Deployment, trigger
from tests.unit.platforms.kiotviet_samples import INVOICE

SHOP = "kv0example"
VECTOR = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 1, "min_points_left": 50}


def invoiced(number: int, minute: int, **said: Any) -> None:
    """KiotViet's notice of an invoice comes off the queue."""
    stamp = f"2026-05-14T17:{minute:02d}:00+07:00"
    payload = {**INVOICE, "Id": number, "Code": f"HD{number}", "ModifiedDate": stamp, **said}
    event = trigger("apply_changes", "customer_updated")
    event["Records"][0]["body"] = pack(Change(SHOP, "contract", str(number), payload=payload))
    assert apply_changes(event, Context()) == {"batchItemFailures": []}


def asked(method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Status and body of the admin API's answer."""
    event = trigger("admin_api", "list_customers")
    event["requestContext"]["http"] |= {"method": method, "path": f"/api{path}"}
    event["requestContext"]["authorizer"]["lambda"]["role"] = "admin"
    event |= {"rawPath": f"/api{path}", "queryStringParameters": {}, "body": json.dumps(body) if body else None}
    event["headers"]["content-type"] = "application/json"
    answer = admin_api(event, Context())
    return answer["statusCode"], json.loads(answer["body"])


def contract_of(code: str) -> Any:
    [found] = [one for one in asked("GET", "/contracts")[1]["items"] if one["code"] == code]
    return found


def test_an_invoice_earns_and_its_points_pay_for_the_next_one(aws: Deployment) -> None:
    """R-RWD-01, R-RWD-02, R-KV-10, A-KV-5, A-RWD-3."""
    aws.connect(SHOP, "kiotviet", ("customer", "contract"))
    assert asked("PUT", "/point-settings", VECTOR)[0] == 200
    invoiced(1, 1, Total="18000000.0", TotalPayment="18000000.0", Status=1)
    invoiced(2, 1, Total="500000.0", TotalPayment="0.0")
    customer, unpaid = contract_of("HD2")["customer"], contract_of("HD2")["id"]

    status, redeemed = asked("POST", f"/contracts/{unpaid}/redeem", {"points": 130})
    refused = asked("POST", f"/contracts/{unpaid}/redeem", {"points": 1})

    assert (status, redeemed["points_discount"], redeemed["debt"]) == (200, 130_000, 370_000)
    assert (refused[0], refused[1]["error"]["code"]) == (409, "too_few_points")
    invoiced(2, 2, Total="500000.0", TotalPayment="370000.0", Status=1)
    invoiced(2, 3, Total="500000.0", TotalPayment="370000.0", Status=2)
    told = asked("GET", f"/customers/{customer}/points")[1]
    assert [(line["kind"], line["points"], line["balance"]) for line in reversed(told["ledger"])] == [
        ("earn", 180, 180),
        ("redeem", -130, 50),
        ("earn", 5, 55),
        ("restore", 130, 185),
        ("reverse", -5, 180),
    ]
    assert (told["balance"], told["purchases"]) == (180, 1)
    assert aws.table.get(account_key(customer))["balance"] == 180
    partition, entries = ledger_key(customer, "")
    assert aws.table.count(partition, begins=entries) == 5


def test_a_paid_invoice_is_one_transaction(aws: Deployment) -> None:
    """Design §1: contract, link, account, ledger entry and event, whole or not at all."""
    aws.connect(SHOP, "kiotviet", ("customer", "contract"))
    asked("PUT", "/point-settings", VECTOR)
    invoiced(1, 1, Total="100000.0", TotalPayment="0.0")
    aws.calls.clear()

    invoiced(1, 2, Total="100000.0", TotalPayment="100000.0")

    writes = {name: count for name, count in aws.calls.items() if "Put" in name or "Transact" in name}
    assert writes == {"dynamodb.TransactWriteItems": 1}
