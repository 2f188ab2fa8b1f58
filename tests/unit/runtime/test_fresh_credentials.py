"""A warm function opens a platform with the credentials that belong to its present settings."""

from dataclasses import replace
from typing import Any

import pytest

from retailhub.domain.connections import Connection, Secret
from retailhub.platforms import registry
from retailhub.runtime import wiring
from retailhub.store.secrets import ParameterSecrets
from tests.fakes.memory_table import MemoryTable
from tests.functions.shop import MemoryShop
from tests.unit.store.test_secrets import FakeParameters

SHOP = Connection("shop1", "kiotviet", "Cửa hàng", ("customer",), rev=1)


class Door(MemoryShop):
    """Remembers what opened it."""

    def __init__(self, connection: Connection, secret: Secret, url: str | None, pacer: Any) -> None:
        super().__init__(connection, secret, url, pacer)
        self.key = secret.credentials["password"]


def test_a_new_password_counts_with_the_settings_it_was_saved_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """A-SYN-5, A-SYN-7: a run right after the edit does not go with the password that was remembered for a minute."""
    parameters = FakeParameters()
    remembered, office = ParameterSecrets(parameters, "/hub"), ParameterSecrets(parameters, "/hub")
    monkeypatch.setattr(wiring, "secrets", lambda: remembered)
    monkeypatch.setitem(registry.CLIENTS, "kiotviet", (__name__, "Door"))
    opener = wiring.Opener(MemoryTable(), 1)
    office.put(SHOP.id, Secret({"password": "wrong"}))
    assert opener(SHOP).key == "wrong"

    office.put(SHOP.id, Secret({"password": "right"}))

    assert opener(SHOP).key == "wrong", "as long as nothing else tells of it"
    assert opener(replace(SHOP, rev=2)).key == "right"
    assert opener(replace(SHOP, rev=2)).key == "right"
    assert parameters.reads == 2, "and it is remembered again"
