"""A deployment in this process: the table and queues of template.yaml on an emulation of AWS, every call counted."""

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from retailhub.domain.connections import Connection, PlatformName, Secret
from retailhub.domain.flows import Flow
from retailhub.runtime import aws, intake, settings, wiring
from retailhub.store import connections

CHECKOUT = Path(__file__).resolve().parents[2]
KEY = "chia-khoa-cua-cua-hang"
PREFIX = "/retailhub/test/connections"
SERVICES = ("dynamodb", "sqs", "ssm")
QUEUES = {
    "Changes": "CHANGES_QUEUE_URL",
    "Pulls": "PULLS_QUEUE_URL",
    "Resumptions.fifo": "RESUMPTIONS_QUEUE_URL",
    "GetflyDeliveries.fifo": "GETFLY_DELIVERIES_QUEUE_URL",
    "CnvLoyaltyDeliveries.fifo": "CNV_LOYALTY_DELIVERIES_QUEUE_URL",
    "HaravanDeliveries.fifo": "HARAVAN_DELIVERIES_QUEUE_URL",
}
CREDENTIALS: dict[str, dict[str, str]] = {
    "kiotviet": {"retailer": "cuahang", "client_id": "id", "client_secret": "secret"},
    "haravan": {"access_token": "token"},
    "cnv_loyalty": {"client_id": "hub-client"},
}


@dataclass
class Deployment:
    """`calls`: AWS calls by `service.Operation` since the last `calls.clear()`."""

    urls: dict[str, str] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)

    @property
    def table(self) -> Any:
        return wiring.table()

    def connect(
        self,
        connection_id: str,
        platform: PlatformName,
        types: tuple[str, ...] = ("customer", "product"),
        **more: Any,
    ) -> Connection:
        """A connection and its secret, as the admin API makes them."""
        made = Connection(connection_id, platform, platform, types, created_at="2026-05-01T00:00:00.000000Z", **more)
        self.table.write(connections.put(made))
        intake.fresh_secrets().put(connection_id, Secret(CREDENTIALS.get(platform, {}), current=KEY))
        return made

    def flow(self, source: str, target: str, *on: Any) -> None:
        """A flow of customers."""
        self.table.write(connections.put_flow(Flow(f"{source}.{target}.customer", source, target, "customer", on)))

    def messages(self, queue: str) -> list[str]:
        """The bodies that lie in a queue, which is empty afterwards."""
        found: list[str] = []
        while True:
            answer = aws.client("sqs").receive_message(QueueUrl=self.urls[queue], MaxNumberOfMessages=10)
            if not answer.get("Messages"):
                return found
            for message in answer["Messages"]:
                found.append(message["Body"])
                aws.client("sqs").delete_message(QueueUrl=self.urls[queue], ReceiptHandle=message["ReceiptHandle"])

    def note(self, event_name: str, **_: Any) -> None:
        """Told by botocore of each call: `before-call.<service>.<Operation>`."""
        self.calls[event_name.removeprefix("before-call.")] += 1


class Context:
    """What Lambda tells a function of its invocation."""

    def __init__(self, seconds_left: float = 60.0) -> None:
        self.seconds_left = seconds_left

    def get_remaining_time_in_millis(self) -> int:
        return int(self.seconds_left * 1000)


def deployed() -> Deployment:
    """The template's table and the queues, on whatever AWS the clients speak to."""
    table = template()["Resources"]["HubTable"]["Properties"]
    named = {key: table[key] for key in ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")}
    aws.client("dynamodb").create_table(TableName="HubTable", **named)
    made = Deployment()
    for service in SERVICES:
        aws.client(service).meta.events.register("before-call", made.note, unique_id="deployment")
    return made


def forget_everything() -> None:
    """A process as fresh as a cold start, but for its clients, which take long to make and remember nothing."""
    for remembered in (settings.settings, intake.secrets, intake.queues, wiring.table, wiring.hub):
        remembered.cache_clear()
    for service in SERVICES:
        aws.client(service).meta.events.unregister("before-call", unique_id="deployment")


def trigger(function: str, case: str) -> dict[str, Any]:
    """A complete trigger event, as `sam local invoke -e` takes it."""
    found: dict[str, Any] = json.loads((CHECKOUT / "events" / function / f"{case}.json").read_text())
    return found


@cache
def template() -> dict[str, Any]:
    """template.yaml as it is written."""
    found: dict[str, Any] = yaml_parse((CHECKOUT / "template.yaml").read_text())
    return found
