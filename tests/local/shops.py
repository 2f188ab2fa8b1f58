"""The invented business of demo and tests: a KiotViet store, a Haravan shop with its loyalty programme, a Getfly CRM,
CNV Loyalty, and an account of the CRMVIET cloud."""

from dataclasses import dataclass
from typing import Any

from tests.local.clients import Hub, TwinControl

CREDENTIALS: dict[str, dict[str, str]] = {
    "kiotviet": {"retailer": "cuahangmau", "client_id": "twin-client", "client_secret": "twin-secret"},
    "haravan": {"access_token": "twin-haravan-token", "org_id": "200000999001"},
    "getfly": {"api_key": "twin-getfly-key"},
    "cnv_loyalty": {
        "client_id": "twin-cnv-client",
        "client_secret": "twin-cnv-secret",
        "access_token": "twin-cnv-token",
    },
    "haraloyalty": {"access_token": "twin-haraloyalty-token"},
}
CLOUD: dict[str, Any] = {"email": "quanly@example.vn", "password": "twin-crmviet-password"}
"""The login of the CRMVIET cloud, which is no connection: PUT /lead-sync takes it."""
SETTINGS: dict[str, dict[str, Any]] = {"getfly": {"tenant": "cuahangmau"}}
RECORD_TYPES = {
    "kiotviet": ["customer", "product", "contract"],
    "haravan": ["customer", "order"],
    "getfly": ["customer", "product", "order"],
    "cnv_loyalty": ["customer", "product", "order"],
    "haraloyalty": ["customer"],
}
"""In the order in which they are connected: a loyalty programme names its shop."""
NAMES = {
    "kiotviet": "Cửa hàng mẫu",
    "haravan": "Shop mẫu",
    "getfly": "CRM mẫu",
    "cnv_loyalty": "Thành viên mẫu",
    "haraloyalty": "Hội viên của Shop mẫu",
}


@dataclass(frozen=True)
class Shops:
    """The twins and the connections made for them."""

    hub: Hub
    twins: dict[str, TwinControl]
    connections: dict[str, dict[str, Any]]

    def id(self, platform: str) -> str:
        """The connection's id."""
        return str(self.connections[platform]["id"])


def twins_of(stack: dict[str, Any]) -> dict[str, TwinControl]:
    """Controls of the stack's twins."""
    return {name: TwinControl(url) for name, url in stack["twins"].items()}


def connect(hub: Hub, platforms: tuple[str, ...] = tuple(RECORD_TYPES)) -> Shops:
    """Connect the twins as an operator would: credentials in, webhook addresses and secrets over to the platforms."""
    twins = twins_of(hub.stack)
    made: dict[str, dict[str, Any]] = {}
    for name in platforms:
        shop = {"haravan": made["haravan"]["id"]} if name == "haraloyalty" and "haravan" in made else {}
        made[name] = _connection(hub, name, shop)
    shops = Shops(hub, twins, made)
    for name in ("haravan", "getfly"):
        if name in made:
            _paste(shops, name)
    if "kiotviet" in made:
        hub.run("SubscriptionWatchdog")
    return shops


def _connection(hub: Hub, platform: str, settings: dict[str, Any]) -> dict[str, Any]:
    body = {
        "platform": platform,
        "name": NAMES[platform],
        "record_types": RECORD_TYPES[platform],
        "settings": SETTINGS.get(platform, {}) | settings,
        "credentials": CREDENTIALS[platform],
    }
    made: dict[str, Any] = hub.call("POST", "/connections", body)
    return made


def _paste(shops: Shops, platform: str) -> None:
    """What a person pastes into the platform's own screen where webhooks cannot be registered by API."""
    made = shops.connections[platform]
    target = {"url": _address(made), "secret": made["webhook_secret"]}
    shops.twins[platform].call("PUT", "/webhooks/target", target)


def _address(connection: dict[str, Any]) -> str:
    urls = connection["webhook_urls"]
    return str(next(iter(urls.values())) if isinstance(urls, dict) else urls[0])
