"""One local stack and one set of connected twins for the whole run; a stack that runs already is used as it is.
RETAILHUB_STACK names a second one, for a run that goes on beside another."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.local import stack as local_stack
from tests.local.clients import Hub
from tests.local.places import CHECKOUT, Place
from tests.local.shops import Shops, connect, twins_of
from tests.local.waiting import quiet

LAST = ("test_hostile_names.py", "test_shop_day.py", "test_schemathesis.py")
"""What leaves rules in the workers' memory or strange records behind comes after everything else."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything below this folder needs the local stack."""
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)
        if "tests/e2e/console" in str(item.path):
            item.add_marker(pytest.mark.console)
    items.sort(key=lambda item: LAST.index(item.path.name) if item.path.name in LAST else -1)


@pytest.fixture(scope="session")
def stack() -> Iterator[dict[str, Any]]:
    """The running stack's description."""
    place = Place(CHECKOUT, os.environ.get("RETAILHUB_STACK", ""))
    running = local_stack.status(place)
    yield running or local_stack.up(place)
    if not running:
        local_stack.down(place)


@pytest.fixture(scope="session")
def hub(stack: dict[str, Any]) -> Hub:
    """The admin API of the stack."""
    return Hub(stack)


@pytest.fixture(scope="session")
def shops(hub: Hub) -> Shops:
    """Four empty twins, freshly connected."""
    for connection in list(hub.all("/connections")):
        hub.call("DELETE", f"/connections/{connection['id']}")
    for twin in twins_of(hub.stack).values():
        twin.call("POST", "/reset")
    return connect(hub)


@pytest.fixture
def calm(shops: Shops) -> Callable[..., None]:
    """Wait until everything that was on its way has arrived; `backlog=False`: what waits for a platform may wait on."""

    def wait(*, backlog: bool = True) -> None:
        assert quiet(shops, 90, backlog=backlog), f"still on the way: {shops.hub.waiting()}"

    return wait


@pytest.fixture
def found(shops: Shops, calm: Callable[[], None]) -> Callable[..., dict[str, Any]]:
    """The one hub record that a platform's record became, once everything has arrived."""

    def find(kind: str, platform: str, source_id: Any) -> dict[str, Any]:
        calm()
        connection = shops.id(platform)
        rows = [r for r in shops.hub.all(f"/{kind}") if r["external_ids"].get(connection) == str(source_id)]
        assert len(rows) == 1, f"{kind} {source_id} of {platform} stands {len(rows)} times in the hub"
        return rows[0]

    return find
