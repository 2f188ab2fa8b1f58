"""Webhooks as the twins sign and send them, caught before they leave, and as API Gateway would hand them over."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.twins.base import Twin
from tests.twins.haravan import HaravanTwin
from tests.twins.kiotviet import KiotVietTwin

KEY = base64.b64encode(b"a secret of the benches").decode()
TOPICS = ("customer.update", "product.update", "invoice.update")


@dataclass(frozen=True)
class Letter:
    """A webhook as it leaves a platform."""

    topic: str
    body: bytes
    headers: Mapping[str, str]


def caught(twin: Twin) -> list[Letter]:
    """The list into which the twin's webhooks go from now on, instead of to an address."""
    letters: list[Letter] = []

    def keep(url: str, body: bytes, headers: dict[str, str], topic: str = "", **about: Any) -> None:
        letters.append(Letter(topic, body, headers))

    twin.send_webhook = keep  # type: ignore[method-assign]
    return letters


def kiotviet() -> tuple[KiotVietTwin, list[Letter]]:
    """A KiotViet shop whose webhooks are registered with `KEY`; ten records travel in one of them."""
    twin = KiotVietTwin()
    for number, topic in enumerate(TOPICS):
        hook = {"id": number, "type": topic, "url": "", "isActive": True, "secret": KEY}
        twin.hooks.registered[number] = hook
    twin.switches["companion_webhooks"] = False
    return twin, caught(twin)


def haravan() -> tuple[HaravanTwin, list[Letter]]:
    """A Haravan shop with a private webhook signed with `KEY`; a new order fires `orders/create` only."""
    twin = HaravanTwin()
    twin.switches["create_also_updated"] = False
    twin.set_target({"url": "", "secret": KEY})
    return twin, caught(twin)


def gateway_event(connection: str, letter: Letter) -> dict[str, Any]:
    """The letter as API Gateway gives it to a webhook function (payload format 2.0)."""
    return {
        "version": "2.0",
        "rawQueryString": "",
        "headers": {name.lower(): value for name, value in letter.headers.items()},
        "pathParameters": {"connection_id": connection, "type": letter.topic},
        "requestContext": {"http": {"method": "POST", "path": "/webhooks"}, "requestId": "bench"},
        "body": letter.body.decode(),
        "isBase64Encoded": False,
    }
