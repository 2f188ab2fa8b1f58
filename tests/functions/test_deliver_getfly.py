"""events/deliver_getfly: deliveries become records at the platform, one group's fate apart from another's."""

import json
from dataclasses import replace
from typing import Any

import pytest

from functions.deliver_getfly.app import handler
from retailhub.domain.errors import Unavailable
from retailhub.domain.identity import record_id, remote_code
from retailhub.domain.records import Customer
from retailhub.runtime import wiring
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.store.table import FAILED
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.shop import Shelves

LAN, BA = (record_id("customer", "kv0example", source_id) for source_id in ("1000042", "1000050"))


@pytest.fixture
def known(aws: Deployment, shop: Shelves) -> Deployment:
    """Two customers of a KiotViet shop, whom a flow leads to Getfly."""
    aws.connect("kv0example", "kiotviet")
    aws.connect("gf0example", "getfly")
    aws.flow("kv0example", "gf0example", "created", "updated")
    for customer, name in ((LAN, "Trần Thị Lan"), (BA, "Lê Văn Ba")):
        born = records.born("customer", customer, origin="kv0example", by="kv0example", at=wiring.now())
        aws.table.write(records.put(replace(born, fields=Customer(name=name), version=1)))
    return aws


def link_of(aws: Deployment, record: str = LAN) -> Link:
    found = links.load(aws.table, "customer", record, "gf0example")
    assert found is not None
    return found


def outcomes(told: list[dict[str, Any]]) -> list[str]:
    return [line["outcome"] for line in told if "Deliveries" in line and line["platform"] == "getfly"]


def test_a_customer_is_created_under_our_code(known: Deployment, shop: Shelves, lines: Lines) -> None:
    answer = handler(trigger("deliver_getfly", "customer"), Context())

    told = lines()
    assert answer == {"batchItemFailures": []}
    assert shop.goods == {remote_code(LAN): {"name": "Trần Thị Lan"}}
    assert link_of(known).status == "settled"
    assert outcomes(told) == ["created"]
    assert "Lan" not in json.dumps(told, ensure_ascii=False)


def test_a_delivery_that_comes_again_costs_no_call(known: Deployment, shop: Shelves, lines: Lines) -> None:
    handler(trigger("deliver_getfly", "customer"), Context())
    shop.trouble = AssertionError("called")

    handler(trigger("deliver_getfly", "customer"), Context())

    assert outcomes(lines()) == ["created", "nothing"]


def test_a_platform_that_is_down_is_waited_for_in_the_link(known: Deployment, shop: Shelves, lines: Lines) -> None:
    """Design §2: no sleeping, no burnt receive counts, and the backlog can be seen."""
    shop.trouble = Unavailable("unavailable")

    answer = handler(trigger("deliver_getfly", "customer"), Context())

    assert answer == {"batchItemFailures": []}
    assert link_of(known).status == "waiting"
    assert outcomes(lines()) == ["waiting"]


def test_an_unexpected_error_holds_up_its_own_customer_only(known: Deployment, shop: Shelves) -> None:
    """F31, local.md: skip the failed group, let the others through."""
    event = trigger("deliver_getfly", "two_customers_three_deliveries")
    first, second, other = event["Records"]
    first["body"] = '{"not": "a delivery"}'

    answer = handler(event, Context())

    failed = [item["itemIdentifier"] for item in answer["batchItemFailures"]]
    assert failed == [first["messageId"], second["messageId"]]
    assert list(shop.goods) == [remote_code(BA)]
    assert other["messageId"] not in failed


def test_a_group_that_failed_is_free_again_in_the_next_batch(known: Deployment, shop: Shelves) -> None:
    """F31: the same processor over two invocations."""
    poisoned = trigger("deliver_getfly", "two_customers_three_deliveries")
    poisoned["Records"][0]["body"] = '{"not": "a delivery"}'
    handler(poisoned, Context())

    answer = handler(trigger("deliver_getfly", "customer"), Context())

    assert answer == {"batchItemFailures": []}
    assert remote_code(LAN) in shop.goods


def test_a_batch_that_fails_as_a_whole_is_answered_not_raised(known: Deployment, shop: Shelves) -> None:
    event = trigger("deliver_getfly", "customer")
    shop.broken.add("gf0example")

    answer = handler(event, Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["messageId"]}]}


def test_on_the_last_receive_the_link_is_failed_with_the_cause(known: Deployment, shop: Shelves, lines: Lines) -> None:
    """A person sees it under the dead letters; the customer's later deliveries are free."""
    shop.broken.add("gf0example")

    answer = handler(trigger("deliver_getfly", "last_receive"), Context())

    link = link_of(known)
    assert answer == {"batchItemFailures": []}
    assert (link.status, link.error["code"], link.error["message"]) == ("failed", "KeyError", "")
    assert known.table.query(FAILED, index="due").items
    assert link.history[-1]["what"] == "failed"
    assert outcomes(lines()) == ["failed"]


def test_what_was_given_up_can_be_delivered_later(known: Deployment, shop: Shelves) -> None:
    """Redrive with today's code: the failed link is no obstacle."""
    shop.broken.add("gf0example")
    handler(trigger("deliver_getfly", "last_receive"), Context())
    shop.broken.clear()

    handler(trigger("deliver_getfly", "customer"), Context())

    assert link_of(known).status == "settled"
    assert shop.made == [remote_code(LAN)]


def test_a_delivery_to_a_removed_connection_does_nothing(aws: Deployment, lines: Lines) -> None:
    """F76: no call after removal."""
    answer = handler(trigger("deliver_getfly", "customer"), Context())

    assert answer == {"batchItemFailures": []}
    assert outcomes(lines()) == ["nothing"]
