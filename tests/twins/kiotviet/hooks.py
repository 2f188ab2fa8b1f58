"""KiotViet's webhooks: registrations of one Type each, envelopes, signature, three tries, and the end after a 4xx."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import requests
from flask import request
from flask.typing import ResponseReturnValue

from tests.twins.kiotviet.shapes import ENTITIES, webhook_item
from tests.twins.outbox import Delivery

if TYPE_CHECKING:
    from tests.twins.kiotviet.twin import KiotVietTwin

Record = dict[str, Any]
UPDATED = ("customer", "product", "stock", "order", "invoice", "pricebook", "pricebookdetail", "category", "branch")
DELETED = ("customer", "product", "pricebook", "pricebookdetail", "category", "branch")
TYPES = {f"{entity}.update" for entity in UPDATED} | {f"{entity}.delete" for entity in DELETED}
BARE_DELETES = {"customer.delete", "product.delete", "category.delete", "branch.delete"}
TAKEN_BY_PLUGIN = {"product.update", "product.delete", "stock.update", "order.update"}


class Hooks:
    """The shop's registrations and all that is sent to them (kiotviet.md §2)."""

    def __init__(self, twin: KiotVietTwin) -> None:
        self.twin = twin
        self.registered: dict[int, Record] = {}
        self.last_id = 700
        self.hush = False

    @contextlib.contextmanager
    def hushed(self, on: bool) -> Iterator[None]:
        """Fire nothing meanwhile, if `on`: writes through the API that are not echoed."""
        self.hush = on
        try:
            yield
        finally:
            self.hush = False

    def routes(self) -> None:
        """POST, GET and DELETE /webhooks, and the control that plays the website plugin."""
        add = self.twin.app.add_url_rule
        add("/webhooks", "hooks_post", lambda: self.twin.hooks.register(), methods=["POST"])
        add("/webhooks", "hooks_list", lambda: self.twin.hooks.listed(), methods=["GET"])
        add("/webhooks/<int:key>", "hooks_get", lambda key: self.twin.hooks.one(key), methods=["GET"])
        add("/webhooks/<int:key>", "hooks_delete", lambda key: self.twin.hooks.delete(key), methods=["DELETE"])
        add("/_twin/plugin", "plugin", lambda: self.twin.hooks.plugin(), methods=["POST"])

    def register(self) -> ResponseReturnValue:
        """Take a registration; the Secret must look like Base64 text, the Type must be known."""
        body: Any = request.get_json(force=True, silent=True)
        folded = {key.lower(): value for key, value in body.items()} if isinstance(body, dict) else {}
        wish = {key.lower(): value for key, value in (folded.get("webhook") or {}).items()}
        reason = self._fault_of(wish)
        if reason:
            return self.twin.refuse("KvException", reason)
        self.last_id += 1
        hook = {
            "id": self.last_id, "type": wish["type"], "url": wish["url"], "isActive": wish.get("isactive", True),
            "retailerId": self.twin.switches["retailer_id"], "description": wish.get("description"),
            "modifiedDate": self.twin.now(), "secret": wish.get("secret"),
        }  # fmt: skip
        self.registered[self.last_id] = hook
        return self.twin.answer(_public(hook))

    def listed(self) -> ResponseReturnValue:
        """All hooks of the shop, whoever made them; `data` is missing when there are none."""
        rows = [_public(hook) for hook in self.registered.values()]
        body: Record = {"total": len(rows), "pageSize": 20, "data": rows}
        if not rows and self.twin.switches["omit_empty_data"]:
            del body["data"]
        return self.twin.answer(body)

    def one(self, key: int) -> ResponseReturnValue:
        """One hook by id."""
        hook = self.registered.get(key)
        return self.twin.answer(_public(hook)) if hook else self._missing()

    def delete(self, key: int) -> ResponseReturnValue:
        """Remove a hook; there is no change, only delete and create."""
        found = self.registered.pop(key, None)
        return self.twin.answer({"message": "Xóa webhook thành công"}) if found else self._missing()

    def plugin(self) -> ResponseReturnValue:
        """Control: the website plugin registers and deletes every hook of its four types (kiotviet.md §0.3)."""
        gone = [key for key, hook in self.registered.items() if hook["type"] in TAKEN_BY_PLUGIN]
        for key in gone:
            del self.registered[key]
        return self.twin.answer({"deleted": len(gone)})

    def fire_updates(self, kind: str, records: list[Record]) -> None:
        """Send `<entity>.update` for records changed together."""
        if kind in ENTITIES:
            self.fire(f"{ENTITIES[kind]}.update", kind, records)

    def fire(self, topic: str, kind: str, records: list[Record]) -> None:
        """Send records as envelopes: `notifications` × `batch_size` records in each."""
        size = max(1, int(self.twin.switches["batch_size"]))
        per_envelope = size * max(1, int(self.twin.switches["notifications"]))
        for start in range(0, len(records) if self._heard(topic) else 0, per_envelope):
            part = records[start : start + per_envelope]
            items = [webhook_item(kind, record, self.twin.switches["type_member"]) for record in part]
            batches = [items[at : at + size] for at in range(0, len(items), size)]
            self._send(topic, self._envelope(topic, batches))

    def fire_delete(self, kind: str, key: int) -> None:
        """Send a delete, in one of its two shapes (kiotviet.md §2.3)."""
        topic = f"{ENTITIES.get(kind, kind)}.delete"
        shape = self.twin.switches["delete_shape"]
        if not self._heard(topic):
            return
        bare = topic in BARE_DELETES if shape == "documented" else shape == "bare"
        self._send(topic, {"RemoveId": [key]} if bare else self._envelope(topic, [[key]]))

    def answered(self, delivery: Delivery, status: int | None) -> float | None:
        """Any 4xx ends the subscription; other failures are tried again, `Attempt` and signature renewed."""
        if status is not None and 200 <= status < 300:
            return None
        hook = self.registered.get(delivery.about["hook"])
        if status is not None and 400 <= status < 500:
            if hook and self.twin.switches["stop_after_4xx"]:
                hook.update(isActive=False, modifiedDate=self.twin.now())
            return None
        if delivery.attempt >= self.twin.switches["webhook_tries"] or hook is None:
            return None
        envelope = delivery.about["envelope"]
        if "Attempt" in envelope:
            envelope["Attempt"] = delivery.attempt + 1
        delivery.body = self.twin.dumps(envelope).encode()
        delivery.headers = self._headers(delivery.topic, delivery.body, hook)
        pauses = self.twin.switches["retry_seconds"]
        return float(pauses[min(delivery.attempt, len(pauses)) - 1])

    def _heard(self, topic: str) -> list[Record]:
        if self.hush:
            return []
        return [hook for hook in self.registered.values() if hook["type"] == topic and hook["isActive"]]

    def _envelope(self, topic: str, batches: list[list[Any]]) -> Record:
        action = f"{topic}.{self.twin.switches['retailer_id']}" if self.twin.switches["action_retailer_id"] else topic
        notifications = [{"Action": action, "Data": batch} for batch in batches]
        return {"Id": secrets.token_hex(16), "Attempt": 1, "Notifications": notifications}

    def _send(self, topic: str, envelope: Record) -> None:
        body = self.twin.dumps(envelope).encode()
        for hook in self._heard(topic):
            about = {"hook": hook["id"], "envelope": dict(envelope)}
            self.twin.send_webhook(hook["url"], body, self._headers(topic, body, hook), topic, **about)

    def _headers(self, topic: str, body: bytes, hook: Record) -> dict[str, str]:
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self.twin.switches["event_headers"]:
            headers |= {"X-Webhook-Event": topic, "X-Webhook-Delivery": secrets.token_hex(16)}
        if hook["secret"]:
            utf8 = self.twin.switches["signature_key"] == "utf8"
            key = hook["secret"].encode() if utf8 else base64.b64decode(hook["secret"])
            headers["X-Hub-Signature"] = "sha1=" + hmac.new(key, body, hashlib.sha256).hexdigest()
        return headers

    def _fault_of(self, wish: Record) -> str | None:
        if wish.get("type") not in TYPES:
            return "Loại webhook không hợp lệ"
        if not str(wish.get("url", "")).startswith(("http://", "https://")):
            return "Url webhook không hợp lệ"
        if wish.get("secret") and not _is_base64(wish["secret"]):
            return "Secret phải ở dạng Base64"
        if self.twin.switches["one_hook_per_type"] and any(h["type"] == wish["type"] for h in self.registered.values()):
            return "Webhook đã tồn tại"
        return None if self._echoed(wish["url"]) else "Url webhook không trả lời xác nhận"

    def _echoed(self, url: str) -> bool:
        if not self.twin.switches["echo_handshake"] or "noecho" in url:
            return True
        token = secrets.token_hex(8)
        try:
            answer = requests.get(url.split("?")[0], {"echo": token}, timeout=5)
        except requests.RequestException:
            return False
        return answer.ok and answer.text == token

    def _missing(self) -> ResponseReturnValue:
        return self.twin.refuse("KvException", "Webhook không tồn tại", self.twin.switches["missing_status"])


def _public(hook: Record) -> Record:
    return {key: value for key, value in hook.items() if key != "secret" and value is not None}


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return False
