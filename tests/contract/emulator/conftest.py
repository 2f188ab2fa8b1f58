"""An emulator of its own for these tests: nothing is deployed to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.local import emulator, processes
from tests.local.deployment import clients
from tests.local.places import Place, free_ports

Connect = Callable[[str], Any]


@pytest.fixture(scope="session")
def connect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connect]:
    """Makes a client of a service, as an administrator."""
    place = Place(Path(tmp_path_factory.mktemp("emulator")))
    [port] = free_ports(1)
    endpoint = f"http://127.0.0.1:{port}"
    pid = emulator.start(place, port)
    try:
        emulator.wait(place, endpoint)
        yield lambda service: clients(endpoint, service)
    finally:
        processes.end(pid, emulator.MARKER)


@pytest.fixture(scope="session")
def dynamodb(connect: Connect) -> Any:
    return connect("dynamodb")


@pytest.fixture(scope="session")
def sqs(connect: Connect) -> Any:
    return connect("sqs")
