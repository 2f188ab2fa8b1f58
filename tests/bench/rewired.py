"""Webhooks of the connected twins led to another address, with the same secret: through the bench's turnstile."""

from typing import Any

import requests

from tests.local.shops import CREDENTIALS, Shops


def rewire(shops: Shops, base: str) -> None:
    """Send every webhook to `base` instead of the stack's own address."""
    here = shops.hub.stack["webhooks"]
    haravan = shops.connections["haravan"]
    target = {"url": _address(haravan).replace(here, base), "secret": haravan["webhook_secret"]}
    shops.twins["haravan"].call("PUT", "/webhooks/target", {"clear": True})
    shops.twins["haravan"].call("PUT", "/webhooks/target", target)
    _registered_anew(shops.twins["kiotviet"].url, shops.connections["kiotviet"]["webhook_secret"], here, base)


def _registered_anew(shop: str, secret: str, here: str, base: str) -> None:
    """KiotViet's registrations are made through its API: each is replaced by one with the other address."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update(_keys(session, shop))
        for hook in session.get(f"{shop}/webhooks", timeout=10).json()["data"]:
            session.delete(f"{shop}/webhooks/{hook['id']}", timeout=10).raise_for_status()
            wish = {"Type": hook["type"], "Url": hook["url"].replace(here, base), "IsActive": True, "Secret": secret}
            session.post(f"{shop}/webhooks", json={"Webhook": wish}, timeout=10).raise_for_status()


def _keys(session: requests.Session, shop: str) -> dict[str, str]:
    keys = CREDENTIALS["kiotviet"]
    form = {"scopes": "PublicApi.Access", "grant_type": "client_credentials"}
    form |= {name: keys[name] for name in ("client_id", "client_secret")}
    token = session.post(f"{shop}/connect/token", data=form, timeout=10).json()["access_token"]
    return {"Retailer": keys["retailer"], "Authorization": f"Bearer {token}"}


def _address(connection: dict[str, Any]) -> str:
    return str(connection["webhook_urls"][0])
