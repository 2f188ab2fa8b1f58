"""What a warm function remembers of connections, flows and open platforms, and for how long."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Permanent
from retailhub.domain.flows import Flow
from retailhub.platforms import registry
from retailhub.runtime import wiring
from retailhub.runtime.settings import settings
from retailhub.store import connections
from tests.fakes.memory_table import MemoryTable
from tests.functions.shop import MemoryShop

SHOP = Connection("kv0example", "kiotviet", "Cửa hàng", ("customer",))


class Cupboard:
    """Secrets in memory."""

    def __init__(self, **kept: Secret) -> None:
        self.kept = kept

    def get(self, connection: str) -> Secret | None:
        return self.kept.get(connection)

    def forget(self, connection: str) -> None:
        """Nothing is remembered here anyway."""


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    """The environment is read anew for each test, and after it."""
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def table() -> MemoryTable:
    made = MemoryTable()
    made.write(connections.put(SHOP))
    return made


@pytest.fixture
def cupboard(monkeypatch: pytest.MonkeyPatch) -> Any:
    kept = Cupboard(kv0example=Secret({}, current="one"))
    monkeypatch.setattr(wiring, "secrets", lambda: kept)
    monkeypatch.setitem(registry.CLIENTS, "kiotviet", ("tests.functions.shop", "MemoryShop"))
    return kept


def test_a_connection_is_read_once_in_a_while_not_for_every_record(table: MemoryTable) -> None:
    directory = wiring.RememberingDirectory(table)
    before = table.calls.total()

    assert [directory.connection(SHOP.id) for _ in range(100)][-1] == replace(SHOP, rev=1)
    assert table.calls.total() - before == 1


def test_a_pause_is_heard_once_the_memory_is_over(table: MemoryTable, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = wiring.RememberingDirectory(table)
    directory.connection(SHOP.id)
    table.write(connections.put(replace(SHOP, rev=1, status="paused")))
    monkeypatch.setattr(wiring, "REMEMBERED_SECONDS", -1)

    heard = directory.connection(SHOP.id)

    assert heard is not None
    assert heard.paused


def test_what_was_not_there_is_asked_for_again(table: MemoryTable) -> None:
    """It may just have been made."""
    directory = wiring.RememberingDirectory(table)
    assert (directory.connection("new"), directory.flows()) == (None, [])
    table.write(connections.put(replace(SHOP, id="new")))
    table.write(connections.put_flow(Flow("f", "new", SHOP.id, "customer", ("created",))))

    assert directory.connection("new") is not None
    assert [flow.id for flow in directory.flows()] == ["f"]


def test_a_platform_stays_open_until_its_connection_or_secret_changes(table: MemoryTable, cupboard: Cupboard) -> None:
    opener = wiring.Opener(table, 1)
    first = opener(SHOP)

    assert isinstance(first, MemoryShop)
    assert opener(SHOP) is first
    assert opener(replace(SHOP, rev=2)) is not first
    second = opener(SHOP)
    cupboard.kept[SHOP.id] = Secret({}, current="two")
    assert opener(SHOP) is not second


def test_a_connection_without_credentials_cannot_be_opened(table: MemoryTable, cupboard: Cupboard) -> None:
    cupboard.kept.clear()

    with pytest.raises(Permanent) as caught:
        wiring.Opener(table, 1)(SHOP)

    assert caught.value.code == "no_credentials"


def test_a_webhook_address_is_spelled_as_the_template_s_routes_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://hub.example.vn/")

    address = wiring.webhook_url(replace(SHOP, id="cnv0example", platform="cnv_loyalty"))

    assert address == "https://hub.example.vn/webhooks/cnv-loyalty/cnv0example"
