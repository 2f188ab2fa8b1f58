"""A shop of one test alone, of which nothing is known but what its webhooks say; no twin stands behind it."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from tests.e2e.fresh import named
from tests.local.clients import Hub

SECONDS = 20
RIGHT, WRONG = "dung-mot-nua", "khoa-cu"


@dataclass
class Shop:
    """A Haravan connection that believes what is signed with its key."""

    hub: Hub
    id: str
    key: str

    def customer(self, name: str, phone: str, key: str = RIGHT) -> str:
        """Somebody with a key reports a customer; waits until the hub has taken it in or set it aside, and answers the
        shop's id of them."""
        one = str(secrets.randbelow(10**12) + 10**12)
        body = json.dumps({"id": int(one), "first_name": name, "phone": phone}).encode()
        proof = base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()
        headers = {"X-Haravan-Hmacsha256": proof, "X-Haravan-Topic": "customers/create"}
        address = f"{self.hub.stack['webhooks']}/haravan/{self.id}"
        requests.post(address, data=body, headers=headers, timeout=10).raise_for_status()
        wanted = {"source_id": one, "outcome": "applied"} if key == self.key else {"source_id": "", "outcome": "parked"}
        deadline = time.monotonic() + SECONDS
        while not self._came(wanted):
            assert time.monotonic() < deadline, f"the webhook has not come to {wanted}"
            time.sleep(0.2)
        return one

    def _came(self, wanted: dict[str, str]) -> bool:
        found: list[Any] = self.hub.call("GET", "/events", connection=self.id)["items"]
        return any(wanted.items() <= one.items() for one in found)


@contextmanager
def open_shop(hub: Hub, key: str = RIGHT) -> Iterator[Shop]:
    """A connection that believes what is signed with the key, and is removed in the end."""
    told = {"access_token": "khong-dung", "webhook_secret": key}
    body = {"platform": "haravan", "name": named("Cửa hàng"), "record_types": ["customer"], "credentials": told}
    made = hub.call("POST", "/connections", body)
    yield Shop(hub, made["id"], key)
    hub.call("DELETE", f"/connections/{made['id']}")
