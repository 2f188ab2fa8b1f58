"""Webhook calls as API Gateway hands them over (payload format 2.0), signed as each platform signs."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from tests.functions.deployment import KEY

PATHS = {"kiotviet": "kiotviet/{}/customer.update", "cnv_loyalty": "cnv-loyalty/{}"}
CLIENT_ID = "hub-client"
Headers = dict[str, str]


def called(
    platform: str,
    connection: str,
    body: bytes,
    headers: Headers | None = None,
    *,
    method: str = "POST",
    query: Headers | None = None,
) -> dict[str, Any]:
    """The event of one call. Bodies that are not plain text come in base64, as from the gateway."""
    path = "/webhooks/" + PATHS.get(platform, platform + "/{}").format(connection)
    plain = (headers or {}).get("content-type", "").startswith("application/json")
    event = {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "headers": {"content-length": str(len(body)), "host": "hub.example.vn", **(headers or {})},
        "requestContext": {"http": {"method": method, "path": path, "protocol": "HTTP/1.1"}, "stage": "$default"},
        "pathParameters": {"connection_id": connection, "type": "customer.update"},
        "body": body.decode() if plain else base64.b64encode(body).decode(),
        "isBase64Encoded": not plain,
    }
    return event | ({"queryStringParameters": query} if query else {})


def answered(event: dict[str, Any], platform: str) -> dict[str, Any]:
    """What the platform's webhook function answers."""
    handler: Callable[[dict[str, Any], Any], dict[str, Any]]
    handler = import_module(f"functions.{platform}_webhook.app").handler
    return handler(event, None)


def kiotviet(connection: str, records: list[Any], key: str = KEY, action: str = "customer.update") -> dict[str, Any]:
    """KiotViet's signed notification of records."""
    body = json.dumps({"Id": "n1", "Attempt": 1, "Notifications": [{"Action": action, "Data": records}]}).encode()
    return kiotviet_raw(connection, body, key)


def kiotviet_raw(connection: str, body: bytes, key: str = KEY) -> dict[str, Any]:
    """Any bytes, signed as KiotViet signs: labelled sha1, made with SHA-256."""
    proof = hmac.new(key.encode(), body, hashlib.sha256).hexdigest()
    return called("kiotviet", connection, body, {"x-hub-signature": f"sha1={proof}"})


def haravan(connection: str, body: bytes, key: str = KEY, topic: str = "customers/update") -> dict[str, Any]:
    """Haravan's signed notification."""
    proof = base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()
    headers = {"content-type": "application/json", "x-haravan-hmacsha256": proof, "x-haravan-topic": topic}
    return called("haravan", connection, body, headers)


def getfly(connection: str, fields: Headers, key: str = KEY) -> dict[str, Any]:
    """Getfly's notification: a web form with the shared secret in it."""
    body = urlencode({"secret_key": key, **fields}).encode()
    return called("getfly", connection, body, {"content-type": "application/x-www-form-urlencoded"})


def cnv_loyalty(connection: str, body: bytes, key: str = KEY) -> dict[str, Any]:
    """CNV Loyalty's notification with the agreed id and secret."""
    headers = {"content-type": "application/json", "x-client-id": CLIENT_ID, "x-client-secret": key}
    return called("cnv_loyalty", connection, body, headers)


def crmviet(connection: str, body: bytes, key: str = KEY) -> dict[str, Any]:
    """CRMVIET's notification with our secret."""
    return called("crmviet", connection, body, {"content-type": "application/json", "x-retailhub-secret": key})


def honest(platform: str, connection: str, key: str = KEY) -> dict[str, Any]:
    """A plain, well-signed notification of one customer from any platform."""
    if platform == "kiotviet":
        return kiotviet(connection, [{"Id": 1, "Name": "Lan"}], key)
    if platform == "haravan":
        return haravan(connection, b'{"id": 1, "first_name": "Lan"}', key)
    if platform == "getfly":
        return getfly(connection, {"event": "customer.updated", "uid": "u1", "data[account_id]": "1"}, key)
    if platform == "cnv_loyalty":
        return cnv_loyalty(connection, b'{"event": "customer.updated", "data": {"id": 1}}', key)
    return crmviet(connection, b'{"action": "EDIT_CUSTOMER", "data": {"CUSTOMER_ID": 1}}', key)
