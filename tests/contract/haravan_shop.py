"""Clients of the Haravan twin's shop."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.haravan.client import Haravan
from retailhub.platforms.http import Unpaced
from tests.twins.haravan import TOKEN, HaravanTwin

APP = "http://127.0.0.1:9/webhooks/haravan/hrv-mau"


def client(url: str, token: str = TOKEN, **settings: Any) -> Haravan:
    """A client of the twin's shop."""
    connection = Connection("hrv-mau", "haravan", "Cửa hàng mẫu", ("customer", "order"), settings)
    return Haravan(connection, Secret({"access_token": token}), url, Unpaced())


def quick() -> HaravanTwin:
    """A fresh shop whose bucket is not what is tested."""
    twin = HaravanTwin()
    twin.switches["bucket"] = False
    return twin
