"""An emulator with nothing but the template's table and queues: enough for a single function, and there in a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from tests.local import emulator, processes
from tests.local.deployment import clients
from tests.local.places import CHECKOUT, Place, free_ports

TABLE_PROPERTIES = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
QUEUE_PROPERTIES = ("FifoQueue", "DeduplicationScope", "FifoThroughputLimit", "VisibilityTimeout")


@dataclass(frozen=True)
class Bare:
    """`port` of 127.0.0.1, and what the functions are told in their environment."""

    port: int
    variables: dict[str, str]


@contextmanager
def bare(folder: Path) -> Iterator[Bare]:
    """Runs such an emulator while the block runs; its scratch files and its log go to the folder."""
    place = Place(folder)
    [port] = free_ports(1)
    pid = emulator.start(place, port)
    try:
        emulator.wait(place, f"http://127.0.0.1:{port}")
        yield Bare(port, _furnish(f"http://127.0.0.1:{port}"))
    finally:
        processes.end(pid, emulator.MARKER)


def _furnish(endpoint: str) -> dict[str, str]:
    resources = yaml_parse((CHECKOUT / "template.yaml").read_text())["Resources"]
    table = resources["HubTable"]["Properties"]
    clients(endpoint, "dynamodb").create_table(TableName="hub", **{name: table[name] for name in TABLE_PROPERTIES})
    urls = {name: _queue(endpoint, name, each) for name, each in resources.items() if each["Type"] == "AWS::SQS::Queue"}
    return {
        "TABLE_NAME": "hub",
        "CHANGES_QUEUE_URL": urls["Changes"],
        "PULLS_QUEUE_URL": urls["Pulls"],
        "RESUMPTIONS_QUEUE_URL": urls["Resumptions"],
        "GETFLY_DELIVERIES_QUEUE_URL": urls["GetflyDeliveries"],
        "CNV_LOYALTY_DELIVERIES_QUEUE_URL": urls["CnvLoyaltyDeliveries"],
        "HARAVAN_DELIVERIES_QUEUE_URL": urls["HaravanDeliveries"],
        "DEAD_LETTER_QUEUES": "{}",
        "SECRETS_PREFIX": "/retailhub/bare/connections",
        "PUBLIC_URL": "http://127.0.0.1:9",
        "PLATFORM_URLS": "{}",
        "POWERTOOLS_SERVICE_NAME": "retailhub",
        "POWERTOOLS_METRICS_NAMESPACE": "RetailHub",
    }


def _queue(endpoint: str, name: str, resource: dict[str, Any]) -> str:
    properties = resource["Properties"]
    attributes = {key: str(properties[key]).replace("True", "true") for key in QUEUE_PROPERTIES if key in properties}
    queue = f"{name}.fifo" if "FifoQueue" in attributes else name
    return clients(endpoint, "sqs").create_queue(QueueName=queue, Attributes=attributes)["QueueUrl"]
