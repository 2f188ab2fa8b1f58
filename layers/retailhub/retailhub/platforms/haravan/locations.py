"""Where an order was sold: Haravan names a location by number only, so its names are looked up and kept (A-HRV-12)."""

import time
from typing import Any

from retailhub.domain.errors import HubError
from retailhub.platforms.haravan.api import Api

NAME = "_location_name"
"""Our own member in an order's payload, beside `location_id`."""

PAUSE = 60.0
"""Seconds before a failed look-up is tried again."""


class Locations:
    """The names of one shop's locations, read once. Not knowing them never stops an order."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._names: dict[int, str] | None = None
        self._not_before = 0.0

    def named(self, order: Any) -> Any:
        """The order with its location's name beside the number; as it is where there is none or it cannot be told."""
        if not isinstance(order, dict) or NAME in order or not isinstance(order.get("location_id"), int):
            return order
        name = self._known().get(order["location_id"])
        return {**order, NAME: name} if name else order

    def _known(self) -> dict[int, str]:
        if self._names is None and time.monotonic() >= self._not_before:
            try:
                rows = self._api.get("/locations.json").get("locations") or []
                self._names = {row["id"]: row["name"] for row in rows if row.get("id") and row.get("name")}
            except HubError:
                self._not_before = time.monotonic() + PAUSE
        return self._names or {}
