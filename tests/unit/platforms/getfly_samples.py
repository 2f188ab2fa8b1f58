"""Invented messages of Getfly's webhooks, and how they are delivered."""

import json
from typing import Any
from urllib.parse import urlencode

from retailhub.domain.changes import Change
from retailhub.domain.connections import Secret
from retailhub.platforms.getfly.webhook import receive
from retailhub.platforms.webhooks import Request, Verdict

KEY = "invented-getfly-secret-0001"
SECRET = Secret(current=KEY)
NOW = "2026-05-14T03:30:00.000000Z"
UID = "0e6f2c1a-5f0b-4c9e-9f3a-2f1a7c55d001"
DOMAIN = "cuahangmau.getflycrm.com"


def form(fields: dict[str, Any]) -> bytes:
    """A web form as PHP writes it."""
    return urlencode(fields).encode()


def message(event: str = "order.created", key: Any = KEY, **data: Any) -> dict[str, Any]:
    """A message in JSON form."""
    return {"event": event, "secret_key": key, "domain": DOMAIN, "uid": UID, "data": data or {"order_id": 40217}}


def call(body: bytes, secret: Secret = SECRET, now: str = NOW) -> Verdict:
    """Deliver a body."""
    return receive(Request("gf", "POST", {"user-agent": "GuzzleHttp/7"}, {}, body, "", now), secret)


def told(body: Any) -> list[Change]:
    """The changes of a JSON body that is accepted."""
    verdict = call(json.dumps(body).encode())
    assert (verdict.status, verdict.cause) == (200, "")
    return verdict.changes


PLAIN = {
    "event": "order.created",
    "secret_key": KEY,
    "domain": DOMAIN,
    "uid": UID,
    "created_at": "1718699004",
    "data[order_id]": "40217",
    "data[order_code]": "KV-HD045512",
}
DOUBLE = {
    "event": "order.approved",
    "secret_key": KEY,
    "data[event]": "order.approved",
    "data[secret_key]": KEY,
    "data[data][order_id]": "40217",
    "data[data][order_code]": "KV-HD045512",
    "data[domain]": DOMAIN,
    "data[uid]": UID,
    "domain": DOMAIN,
    "uid": UID,
}
UPDATED = {
    "event": "customer.updated",
    "secret_key": KEY,
    "domain": DOMAIN,
    "uid": UID,
    "data[account_id]": "5127",
    "data[data_change][updated_by][id]": "12",
    "data[data_change][updated_by][display_name]": "NV Minh",
    "data[data_change][data][a.phone_office][field_desc]": "Điện thoại",
    "data[data_change][data][a.phone_office][old_value]": "",
    "data[data_change][data][a.phone_office][new_value]": "0905550142",
    "data[data_change][data][custom_fields[kv_id]][new_value]": "88410217",
}
