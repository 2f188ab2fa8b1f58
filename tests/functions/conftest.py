"""What every test of a function starts from."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto import mock_aws

from retailhub.platforms import registry
from retailhub.runtime import aws as clients
from tests.functions.deployment import PREFIX, QUEUES, Deployment, deployed, forget_everything
from tests.functions.shop import MemoryShop, Shelves

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True, scope="module")
def own_clients() -> None:
    """Clients that no earlier test made for another place."""
    clients.client.cache_clear()


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    """A deployment of its own for every test, and a process that has just started."""
    surroundings = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "ap-southeast-1",
        "TABLE_NAME": "HubTable",
        "SECRETS_PREFIX": PREFIX,
        "PUBLIC_URL": "https://hub.example.vn",
        "POWERTOOLS_SERVICE_NAME": "retailhub",
    }
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "PLATFORM_URLS", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        forget_everything()
        made = deployed()
        for queue, variable in QUEUES.items():
            kind = {"FifoQueue": "true"} if queue.endswith(".fifo") else {}
            made.urls[queue] = clients.client("sqs").create_queue(QueueName=queue, Attributes=kind)["QueueUrl"]
            monkeypatch.setenv(variable, made.urls[queue])
        yield made
    forget_everything()


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shelves:
    """A platform in memory that stands behind every connection of the test."""
    shelves = Shelves()
    monkeypatch.setattr(MemoryShop, "shelves", shelves)
    for platform in registry.CLIENTS:
        monkeypatch.setitem(registry.CLIENTS, platform, ("tests.functions.shop", "MemoryShop"))
    return shelves


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    """The JSON lines that were logged since the last call."""
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]
