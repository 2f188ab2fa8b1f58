from typing import Any

import pytest

from retailhub.domain.connections import Secret
from retailhub.domain.errors import Temporary
from retailhub.store.secrets import ParameterSecrets

SECRET = Secret({"api_key": "k"}, current="new", previous="old", previous_until="2026-05-14T03:00:00.000000Z")


class FakeParameters:
    """The parameter store in memory."""

    class exceptions:  # noqa: N801 - the client's own spelling
        class ParameterNotFound(Exception):
            pass

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.reads = 0
        self.down = False

    def put_parameter(self, Name: str, Value: str, **options: Any) -> None:  # noqa: N803 - the client's own spelling
        assert options == {"Type": "SecureString", "Overwrite": True}
        self.kept[Name] = Value

    def get_parameter(self, Name: str, WithDecryption: bool) -> dict[str, Any]:  # noqa: N803
        self.reads += 1
        if self.down:
            raise RuntimeError("no connection to the parameter store")
        if Name not in self.kept:
            raise self.exceptions.ParameterNotFound
        return {"Parameter": {"Value": self.kept[Name]}}

    def delete_parameter(self, Name: str) -> None:  # noqa: N803
        if Name not in self.kept:
            raise self.exceptions.ParameterNotFound
        del self.kept[Name]


def test_a_secret_is_read_once_a_minute() -> None:
    client = FakeParameters()
    secrets = ParameterSecrets(client, "/hub/")
    secrets.put("shop1", SECRET)
    assert [secrets.get("shop1") for _ in range(3)] == [SECRET] * 3
    assert (client.reads, list(client.kept)) == (1, ["/hub/shop1"])
    secrets.delete("shop1")
    secrets.delete("shop1")
    assert secrets.get("shop1") is None


def test_guessing_connections_costs_nothing() -> None:
    """An unknown id is remembered too, and one that is no id is never asked for."""
    client = FakeParameters()
    secrets = ParameterSecrets(client, "/hub")
    assert [secrets.get("guess"), secrets.get("guess"), secrets.get("../x"), secrets.get("")] == [None] * 4
    assert client.reads == 1


def test_a_store_that_is_down_closes_the_door_and_says_nothing_secret() -> None:
    """F46: fail closed with a temporary error; its text is the error's kind only."""
    client = FakeParameters()
    client.down = True
    with pytest.raises(Temporary, match=r"^RuntimeError$"):
        ParameterSecrets(client, "/hub").get("shop1")


def test_two_secrets_live_during_a_rotation() -> None:
    """F19: old and new are good in the overlap, the old one not after it."""
    assert SECRET.live("2026-05-14T02:59:59.000000Z") == ["new", "old"]
    assert SECRET.live("2026-05-14T03:00:00.000000Z") == ["new"]
    assert Secret().live("2026") == []
