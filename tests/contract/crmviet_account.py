"""Clients of the CRMVIET twin's account."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.platforms.crmviet.cloud import Cloud
from retailhub.platforms.http import Unpaced
from tests.twins.crmviet import EMAIL, PASSWORD

BOTH = ["facebook", "webform"]


def client(url: str, password: str = PASSWORD, **settings: Any) -> Cloud:
    """A client of the twin's account with both sources ticked."""
    entered = {"email": EMAIL, "sources": BOTH, **settings}
    return Cloud(Connection("lead-sync", "crmviet", "Cloud", ("lead",), entered), Secret({"password": password}), url,
                 Unpaced())  # fmt: skip
