"""Clients of the KiotViet and Haravan twins: they know the keys, and the control API beside the platform's."""

from typing import Any

import requests

from tests.twins.haravan import SECRET, TOKEN, HaravanTwin
from tests.twins.kiotviet import CLIENT_ID, CLIENT_SECRET, RETAILER, KiotVietTwin

BASE64_SECRET = "aHViLXRlc3Qtc2VjcmV0LTAx"


class KiotVietShop:
    """Calls with the shop's name and a fresh token."""

    def __init__(self, twin: KiotVietTwin, url: str) -> None:
        self.twin, self.url = twin, url
        form = {"scopes": "PublicApi.Access", "grant_type": "client_credentials"}
        keys = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        self.token = requests.post(f"{url}/connect/token", data=form | keys, timeout=5).json()
        self.headers = {"Retailer": RETAILER, "Authorization": f"Bearer {self.token['access_token']}"}

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        """A platform call, whole answer."""
        return requests.request(method, self.url + path, headers=self.headers, timeout=5, **more)

    def get(self, path: str, **asked: Any) -> Any:
        """A reading call, JSON only."""
        return self.call("GET", path, params=asked).json()

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A call to /_twin."""
        return requests.request(method, f"{self.url}/_twin{path}", json=body, timeout=5).json()

    def register(self, topic: str, url: str, secret: str | None = BASE64_SECRET) -> requests.Response:
        """Register a webhook of one Type."""
        hook = {"Type": topic, "Url": url, "IsActive": True, "Description": "hub", "Secret": secret}
        return self.call("POST", "/webhooks", json={"Webhook": hook})

    def typed(self, kind: str, **record: Any) -> Any:
        """A record typed on the shop's own screen."""
        return self.control("POST", f"/records/{kind}", record)


class HaravanShop:
    """Calls with the shop's private token."""

    def __init__(self, twin: HaravanTwin, url: str) -> None:
        self.twin, self.url = twin, url

    def call(self, method: str, path: str, **more: Any) -> requests.Response:
        """A platform call, whole answer."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return requests.request(method, self.url + path, headers=headers, timeout=5, **more)

    def get(self, path: str, **asked: Any) -> Any:
        """A reading call under /com, JSON only."""
        return self.call("GET", f"/com/{path}.json", params=asked).json()

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """A call to /_twin."""
        return requests.request(method, f"{self.url}/_twin{path}", json=body, timeout=5).json()

    def private(self, url: str, *topics: str) -> Any:
        """A private webhook, as the owner adds it by hand."""
        return self.control("PUT", "/webhooks/target", {"url": url, "secret": SECRET, "topics": list(topics)})

    def ordered(self, **more: Any) -> Any:
        """An order typed in the shop's admin: 630,000 VND, 30,000 of them for shipping."""
        lines = [{"title": "Áo linen", "price": 300000, "quantity": 2}]
        shipping = [{"code": "GHTC", "price": 30000, "title": "Giao tiêu chuẩn"}]
        return self.control("POST", "/records/orders", {"line_items": lines, "shipping_lines": shipping, **more})
