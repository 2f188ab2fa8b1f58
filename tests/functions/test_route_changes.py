"""events/route_changes: a record's new version in the stream becomes deliveries; nothing else does."""

import json

from functions.route_changes.app import handler
from retailhub.runtime import aws as clients
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger


def fed(aws: Deployment) -> None:
    """Customers of a KiotViet shop go to Getfly and CNV Loyalty."""
    aws.connect("kv0example", "kiotviet")
    for target in ("gf0example", "cnv0example"):
        aws.connect(target, "getfly" if target[0] == "g" else "cnv_loyalty")
        aws.flow("kv0example", target, "created", "updated")


def test_a_new_customer_is_delivered_wherever_a_flow_leads(aws: Deployment, lines: Lines) -> None:
    fed(aws)

    answer = handler(trigger("route_changes", "customer_created"), Context())

    [getfly], [cnv] = aws.messages("GetflyDeliveries.fifo"), aws.messages("CnvLoyaltyDeliveries.fifo")
    assert answer == {"batchItemFailures": []}
    assert (json.loads(getfly)["connection"], json.loads(cnv)["connection"]) == ("gf0example", "cnv0example")
    assert "Lan" not in getfly + cnv, "a delivery names the record, not its content"
    assert {line["connection"] for line in lines() if line.get("message") == "routed"} == {"gf0example", "cnv0example"}


def test_a_changed_customer_is_delivered_in_its_new_version(aws: Deployment) -> None:
    fed(aws)

    handler(trigger("route_changes", "customer_changed"), Context())

    assert [json.loads(body)["version"] for body in aws.messages("GetflyDeliveries.fifo")] == [2]


def test_totals_that_move_are_nothing_to_deliver(aws: Deployment) -> None:
    fed(aws)

    handler(trigger("route_changes", "only_totals_moved"), Context())

    assert aws.messages("GetflyDeliveries.fifo") == []


def test_a_record_that_is_stored_compressed_is_routed_like_any_other(aws: Deployment) -> None:
    """The stream carries binary attributes as base64 text."""
    fed(aws)

    answer = handler(trigger("route_changes", "large_record"), Context())

    assert answer == {"batchItemFailures": []}
    assert len(aws.messages("GetflyDeliveries.fifo")) == 1


def test_links_and_expired_items_are_passed_over_even_if_the_filter_lets_them_in(aws: Deployment) -> None:
    """A stream consumer must not react to what its own successors write."""
    fed(aws)

    answer = handler(trigger("route_changes", "no_records_of_ours"), Context())

    assert answer == {"batchItemFailures": []}
    assert aws.messages("GetflyDeliveries.fifo") == []


def test_without_a_flow_nothing_is_queued(aws: Deployment) -> None:
    aws.connect("kv0example", "kiotviet")

    handler(trigger("route_changes", "customer_created"), Context())

    assert not [name for name in aws.calls if name.startswith("sqs.Send")]


def test_a_poison_record_is_reported_alone_and_its_siblings_are_routed(aws: Deployment, lines: Lines) -> None:
    """F32: the shard goes on, the failure destination gets the bad one."""
    fed(aws)
    event = trigger("route_changes", "one_unreadable_among_good")

    answer = handler(event, Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": event["Records"][0]["dynamodb"]["SequenceNumber"]}]}
    assert len(aws.messages("GetflyDeliveries.fifo")) == 1
    assert [line["cause"] for line in lines() if line.get("message") == "failed, comes again"] == ["KeyError"]


def test_a_queue_that_does_not_answer_lets_the_record_come_again(aws: Deployment, lines: Lines) -> None:
    """The stream keeps what could not be queued."""
    fed(aws)
    clients.client("sqs").delete_queue(QueueUrl=aws.urls["GetflyDeliveries.fifo"])

    answer = handler(trigger("route_changes", "customer_created"), Context())

    assert len(answer["batchItemFailures"]) == 1
    assert [line["cause"] for line in lines() if line.get("message") == "failed, comes again"] == ["queue_unavailable"]
