"""The hub's own AWS clients on an emulation in this process, every call of theirs counted by its name."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from unittest import mock

from moto import mock_aws

from retailhub.runtime import aws, intake, settings, wiring
from tests.local.places import REGION

TABLE, PREFIX = "bench", "/retailhub/bench/connections"
INDEXES = ("listing", "related", "due")
READS = ("dynamodb.GetItem", "dynamodb.BatchGetItem", "dynamodb.Query")
WRITES = ("dynamodb.PutItem", "dynamodb.DeleteItem", "dynamodb.TransactWriteItems")


@dataclass
class Calls:
    """The AWS calls made since the last `forget`, by `service.Operation`."""

    made: Counter[str] = field(default_factory=Counter)

    def note(self, event_name: str, **_: Any) -> None:
        """Told by botocore of each call: `before-call.<service>.<Operation>`."""
        self.made[event_name.removeprefix("before-call.")] += 1

    def forget(self) -> None:
        """Count afresh."""
        self.made.clear()

    @property
    def reads(self) -> int:
        """Reading calls to the table."""
        return sum(self.made[name] for name in READS)

    @property
    def writes(self) -> int:
        """Writing calls to the table; a transaction is one."""
        return sum(self.made[name] for name in WRITES)

    @property
    def table(self) -> int:
        """All calls to the table."""
        return sum(count for name, count in self.made.items() if name.startswith("dynamodb."))

    def of(self, operation: str) -> int:
        """Calls of one operation."""
        return self.made[operation]


@contextmanager
def emulated(platform_urls: str = "{}") -> Iterator[Calls]:
    """A table and the queues of a deployment, and the environment that makes the hub's wiring use them; quiet."""
    with mock_aws(), mock.patch.dict(os.environ, {"AWS_DEFAULT_REGION": REGION, "PLATFORM_URLS": platform_urls}):
        forget_clients()
        os.environ.update(TABLE_NAME=TABLE, SECRETS_PREFIX=PREFIX, **_queues())
        _make_table(aws.client("dynamodb"))
        calls = Calls()
        for service in ("dynamodb", "sqs", "ssm"):
            aws.client(service).meta.events.register("before-call", calls.note)
        try:
            with redirect_stdout(StringIO()):
                yield calls
        finally:
            forget_clients()


def _queues() -> Mapping[str, str]:
    sqs = aws.client("sqs")
    names = {"CHANGES_QUEUE_URL": "changes", "PULLS_QUEUE_URL": "pulls", "HARAVAN_DELIVERIES_QUEUE_URL": "haravan.fifo"}
    fifo = {"FifoQueue": "true"}
    return {
        variable: sqs.create_queue(QueueName=name, Attributes=fifo if name.endswith(".fifo") else {})["QueueUrl"]
        for variable, name in names.items()
    }


def _make_table(dynamodb: Any) -> None:
    """The table of template.yaml, as far as calls to it depend on it."""
    pairs = [("pk", "sk"), *((f"{index}_pk", f"{index}_sk") for index in INDEXES)]
    keys = [[{"AttributeName": pk, "KeyType": "HASH"}, {"AttributeName": sk, "KeyType": "RANGE"}] for pk, sk in pairs]
    everything = {"ProjectionType": "ALL"}
    dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for pair in pairs for n in pair],
        KeySchema=keys[0],
        GlobalSecondaryIndexes=[
            {"IndexName": index, "KeySchema": schema, "Projection": everything}
            for index, schema in zip(INDEXES, keys[1:], strict=True)
        ],
    )


def forget_clients() -> None:
    """Let the hub make its clients anew, from the environment as it is then."""
    for kept in (aws._session, aws.client, settings.settings, intake.secrets, intake.queues, wiring.table, wiring.hub):
        kept.cache_clear()
