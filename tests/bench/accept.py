"""Warm accept: the CPU that one signed Haravan order of five lines costs, and how much of it is the client's."""

import importlib.util
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from unittest import mock

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from retailhub.domain.connections import Secret
from retailhub.runtime import aws
from tests.bench import letters
from tests.bench.emulated import forget_clients
from tests.bench.figures import Figure, at_most, exactly, shown
from tests.local.places import CHECKOUT, REGION

CALLS, WARM_UP, LIMIT = 2_000, 200, 1.5
CONNECTION = "bench"
SURROUNDINGS = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "CHANGES_QUEUE_URL": "https://sqs.ap-southeast-1.amazonaws.com/123456789012/Changes",
    "SECRETS_PREFIX": "/retailhub/bench/connections",
}
HEADERS = HTTPHeaders.from_pairs([("Content-Type", "application/x-amz-json-1.0")])
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


@dataclass
class Edge:
    """The network's edge: answers the two calls of a webhook as AWS would, and sends nothing."""

    sent: int = 0
    in_client: list[float] = field(default_factory=list)

    def answer(self, event_name: str, **_: Any) -> AWSResponse:
        """A canned answer for `before-send.<service>.<Operation>`."""
        operation = event_name.rpartition(".")[2]
        if operation == "GetParameter":
            return _response({"Parameter": {"Value": Secret(current=letters.KEY).to_json()}})
        assert operation == "SendMessageBatch", operation
        self.sent += 1
        return _response({"Successful": [{"Id": "0", "MessageId": "bench"}], "Failed": []})

    def clocked(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The client's call, with its CPU time noted."""

        def timed(**arguments: Any) -> Any:
            started = time.process_time()
            told = call(**arguments)
            self.in_client.append(time.process_time() - started)
            return told

        return timed


def figures() -> Iterator[Figure]:
    """The median over 2,000 calls of the function's handler."""
    with mock.patch.dict(os.environ, SURROUNDINGS), Path(os.devnull).open("w") as nowhere:
        forget_clients()
        edge = Edge()
        for service in ("sqs", "ssm"):
            aws.client(service).meta.events.register("before-send", edge.answer)
        sqs = aws.client("sqs")
        sqs.send_message_batch = edge.clocked(sqs.send_message_batch)
        with redirect_stdout(nowhere):
            taken, answers = _calls(_handler(), _event())
        forget_clients()
    yield exactly("orders sent to the queue", edge.sent, CALLS + WARM_UP)
    yield exactly("statuses answered", answers, {200})
    client = 1000 * median(edge.in_client[WARM_UP:])
    yield at_most("CPU per order in the handler, all in all", 1000 * median(taken), LIMIT, "ms")
    yield shown("of these in the SQS client", client, "ms")
    yield shown("of these in our own code", 1000 * median(taken) - client, "ms")


def _calls(handler: Handler, event: dict[str, Any]) -> tuple[list[float], set[int]]:
    """CPU seconds of each call after the warm-up, and the statuses answered."""
    taken, answers = [], set()
    for _ in range(WARM_UP + CALLS):
        started = time.process_time()
        told = handler(event, None)
        taken.append(time.process_time() - started)
        answers.add(told["statusCode"])
    return taken[WARM_UP:], answers


def _event() -> dict[str, Any]:
    """A signed order of five lines, as the twin sends it."""
    twin, sent = letters.haravan()
    lines = [{"title": f"Áo linen số {n}", "price": 359_000, "quantity": n + 1, "sku": f"AO-{n}"} for n in range(5)]
    buyer = {"first_name": "Lan", "last_name": "Trần Thị", "phone": "0917000111", "email": "lan@example.vn"}
    twin.create("orders", {"customer": buyer, "line_items": lines, "financial_status": "paid"})
    return letters.gateway_event(CONNECTION, next(letter for letter in sent if letter.topic == "orders/create"))


def _handler() -> Handler:
    """The handler of functions/haravan_webhook."""
    spec = importlib.util.spec_from_file_location("bench_app", CHECKOUT / "functions" / "haravan_webhook" / "app.py")
    assert spec is not None
    assert spec.loader is not None
    app = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(app)
    handler: Handler = app.handler
    return handler


def _response(body: dict[str, Any]) -> AWSResponse:
    class Raw:
        """What urllib3 would have given."""

        @staticmethod
        def stream(**_: Any) -> Iterator[bytes]:
            yield json.dumps(body).encode()

    return AWSResponse("https://aws.example.vn", 200, HEADERS, Raw())
