"""What Getfly tells when something happened: thin messages with ids, proven only by a secret in the body (§8)."""

import json
import uuid
from typing import Any

from tests.twins.getfly.wording import php_form

DOMAIN = "cuahangmau.getflycrm.com"
AGENT = "GuzzleHttp/7"
Message = dict[str, Any]


def build(event: str, data: Message, secret: str, now: float, switches: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    """Body and headers of one webhook, in the shape the switches ask for."""
    message = _message(event, data, secret, now, switches)
    if event.startswith("order.") and switches["order_envelope"] == "double":
        message = _doubled(message)
    if switches["webhook_format"] == "json":
        body = json.dumps(message, ensure_ascii=False).encode()
        return body, {"Content-Type": "application/json", "User-Agent": AGENT}
    return php_form(message), {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": AGENT}


def _message(event: str, data: Message, secret: str, now: float, switches: dict[str, Any]) -> Message:
    head: Message = {"event": event, "secret_key": secret, "domain": DOMAIN, "uid": str(uuid.uuid4())}
    if switches["webhook_created_at"]:
        head["created_at"] = int(now)
    return {**head, "data": data}


def _doubled(message: Message) -> Message:
    """The double envelope as captured on a real order.approved: the outer data repeats the whole message."""
    inner = {key: message[key] for key in ("event", "secret_key", "data", "domain", "uid")}
    outer = {key: message[key] for key in ("event", "secret_key")}
    return {**outer, "data": inner, "domain": message["domain"], "uid": message["uid"]}


def data_change(before: Message, after: Message, who: str, source: str) -> Message:
    """What customer.updated says of the changed fields: keys `a.<field>` and `custom_fields[<field>]`."""
    changed = {
        _field_key(field): {"field_desc": field, "old_value": before.get(field, ""), "new_value": value}
        for field, value in after.items()
        if before.get(field, "") != value
    }
    return {"updated_by": {"id": 1, "display_name": who}, "update_source": source, "data": changed}


def _field_key(field: str) -> str:
    return field if field.startswith("custom_fields[") else f"a.{field}"
