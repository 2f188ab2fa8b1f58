"""Clients of the KiotViet twin's shop."""

import base64
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.http import Unpaced
from retailhub.platforms.kiotviet.client import KiotViet
from tests.twins.kiotviet import CLIENT_ID, CLIENT_SECRET, RETAILER

CREDENTIALS = {"retailer": RETAILER, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
HOOK = "https://hub.example.vn/webhooks/kiotviet/kv-mau"
WEBHOOK_SECRET = base64.b64encode(b"invented secret of the twin shop").decode()


def client(url: str, credentials: dict[str, str] | None = None, **settings: Any) -> KiotViet:
    """A client of the twin's shop."""
    connection = Connection("kv-mau", "kiotviet", "Cửa hàng mẫu", ("customer", "product", "contract"), settings)
    return KiotViet(connection, Secret(credentials or CREDENTIALS), url, Unpaced())
