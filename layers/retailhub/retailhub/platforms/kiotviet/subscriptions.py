"""KiotViet's webhook registrations: one per type, and any website plugin may delete them (kiotviet.md §0.3, §2.1)."""

from typing import Any

from retailhub.domain.errors import Rejected
from retailhub.platforms.kiotviet.api import NOT_FOUND, Api

TOPICS = {
    "customer": ("customer.update", "customer.delete"),
    "product": ("product.update", "product.delete"),
    "contract": ("invoice.update",),
}
"""The webhook types of each record type; there is no delete of an invoice, a cancelled one is an update."""

DESCRIPTION = "RetailHub"


def missing(api: Api, url: str, wanted: list[str]) -> list[str]:
    """The wanted types without a live registration for our address."""
    live = {hook["type"] for hook in _registered(api) if _ours(hook, url) and hook.get("isActive") is not False}
    return [topic for topic in wanted if topic not in live]


def register(api: Api, url: str, topics: list[str], secret: str) -> None:
    """Register each type anew at `{url}/{type}?noecho`; what we registered before is removed, others' stays.

    `secret` must be Base64 text (kiotviet.md §2.4). Raises the first refusal after all types were tried.
    """
    old = [hook for hook in _registered(api) if _ours(hook, url) and hook["type"] in topics]
    for hook in old:
        _delete(api, hook["id"])
    refused: Rejected | None = None
    for topic in topics:
        try:
            api.call("POST", "/webhooks", json=_wish(url, topic, secret))
        except Rejected as error:
            refused = refused or error
    if refused:
        raise refused


def _wish(url: str, topic: str, secret: str) -> dict[str, Any]:
    """`?noecho` asks for no address check at registration (kiotviet.md §2.1)."""
    address = f"{url.rstrip('/')}/{topic}?noecho"
    return {"Webhook": {"Type": topic, "Url": address, "IsActive": True, "Description": DESCRIPTION, "Secret": secret}}


def _registered(api: Api) -> list[dict[str, Any]]:
    """All registrations of the shop, whoever made them; `data` may be missing when there are none."""
    body = api.get("/webhooks", {"pageSize": 100})
    rows = body.get("data") if isinstance(body, dict) else None
    return [row for row in rows or [] if isinstance(row, dict) and row.get("type") and row.get("url")]


def _ours(hook: dict[str, Any], url: str) -> bool:
    address = str(hook["url"]).partition("?")[0].rstrip("/")
    return address.lower() == f"{url.rstrip('/')}/{hook['type']}".lower()


def _delete(api: Api, hook_id: Any) -> None:
    try:
        api.call("DELETE", f"/webhooks/{hook_id}")
    except Rejected as error:
        if error.status not in NOT_FOUND:
            raise
