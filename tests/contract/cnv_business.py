"""Clients of the CNV twin's business."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.cnv_loyalty.client import CnvLoyalty
from retailhub.platforms.http import Unpaced
from tests.twins.cnv_loyalty.open_platform import TOKEN
from tests.twins.cnv_loyalty.partner import CLIENT_ID, CLIENT_SECRET

CREDENTIALS = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "access_token": TOKEN}


def client(url: str, credentials: dict[str, str] | None = None, **settings: Any) -> CnvLoyalty:
    """A client of the twin's business."""
    connection = Connection("cnv-mau", "cnv_loyalty", "Hội viên mẫu", ("customer", "order"), settings)
    return CnvLoyalty(connection, Secret(CREDENTIALS if credentials is None else credentials), url, Unpaced())
