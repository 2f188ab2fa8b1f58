"""Haravan's webhooks: topics in headers, Base64 signature, private and app subscriptions, deletion after failures."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import requests
from flask import request
from flask.typing import ResponseReturnValue

from tests.twins.haravan.switches import ORG_ID
from tests.twins.haravan.texts import PLAIN
from tests.twins.outbox import Delivery

if TYPE_CHECKING:
    from tests.twins.haravan.twin import HaravanTwin

Record = dict[str, Any]
SECRET, VERIFY_TOKEN = "twin-haravan-secret", "twin-verify-token"
STATE_TOPICS = {"Enabled": "customers/enable", "Disabled": "customers/disable"}


class Hooks:
    """The shop's subscriptions and all that is sent to them (haravan.md §2)."""

    def __init__(self, twin: HaravanTwin) -> None:
        self.twin = twin
        self.subscribed: dict[int, Record] = {}
        self.app_callback: Record = {}
        self.last_id = 70
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
        """/api/subscribe of the app webhooks, and this twin's own control calls."""
        add = self.twin.app.add_url_rule
        add("/api/subscribe", "subscribe", lambda: self.twin.hooks.subscribe(), methods=["POST"])
        add("/api/subscribe", "subscribed", lambda: self.twin.hooks.listed(), methods=["GET"])
        add("/api/subscribe", "unsubscribe", lambda: self.twin.hooks.unsubscribe(), methods=["DELETE"])
        add("/_twin/subscriptions", "subscriptions", lambda: self.twin.hooks.all(), methods=["GET"])
        add("/_twin/webhooks/test", "test_webhook", lambda: self.twin.hooks.test(), methods=["POST"])
        add("/_twin/uninstall", "uninstall", lambda: self.twin.hooks.uninstall(), methods=["POST"])

    def set_target(self, wish: Record) -> Record:
        """Set a private webhook or the app's callback; a failed handshake is a ValueError."""
        if wish.get("clear"):
            self.subscribed.clear()
            self.app_callback = {}
            return {"subscriptions": []}
        if wish.get("kind", "private") == "private":
            return _public(self._subscribed("private", wish))
        self._shake_hands(wish)
        self.app_callback = {"url": wish["url"], "secret": wish.get("secret") or SECRET, "topics": wish.get("topics")}
        return {"kind": "app", "url": wish["url"]}

    def subscribe(self) -> ResponseReturnValue:
        """Subscribe the shop to the app's callback; faults come as 200 with an error inside (haravan.md §2.1)."""
        wish: Any = request.get_json(silent=True) or {}
        try:
            if wish.get("webhook_url"):
                self.set_target({"kind": "app", "url": wish["webhook_url"], "topics": wish.get("topics")})
            if not self.app_callback:
                raise ValueError("webhook url is not configured")
        except ValueError as error:
            return self.twin.answer({"error": True, "message": str(error)})
        hook = self._app_hook() or self._subscribed("app", self.app_callback)
        return self.twin.answer({"error": False, "message": None, "data": _public(hook)})

    def listed(self) -> ResponseReturnValue:
        """The shop's subscription to this app, if it stands; the list's shape is a switch."""
        hook = self._app_hook()
        rows = [_public(hook)] if hook else []
        plain = self.twin.switches["subscribe_shape"] == "list"
        return self.twin.answer(rows if plain else {"error": False, "message": None, "data": rows})

    def unsubscribe(self) -> ResponseReturnValue:
        """End the shop's subscription to this app."""
        hook = self._app_hook()
        if hook:
            del self.subscribed[hook["id"]]
        return self.twin.answer({"error": not hook, "message": None if hook else "not subscribed"})

    def all(self) -> ResponseReturnValue:
        """Control: every subscription, private ones too, with its failures in a row."""
        rows = [{**_public(hook), "failures": hook["failures"]} for hook in self.subscribed.values()]
        return self.twin.answer({"subscriptions": rows})

    def test(self) -> ResponseReturnValue:
        """Control: the dashboard's test button, marked X-Haravan-Test (haravan.md §2.3)."""
        wish: Any = request.get_json(silent=True) or {}
        topic = wish.get("topic", "orders/create")
        self.fire(topic, {"id": 1, "test": True}, {"X-Haravan-Test": "True"})
        return self.twin.answer({"sent": topic})

    def uninstall(self) -> ResponseReturnValue:
        """Control: the owner removes the app; its token is dead (haravan.md §2.4)."""
        self.fire("app/uninstalled", {"id": ORG_ID})
        self.twin.uninstalled = True
        return self.twin.answer({"uninstalled": True})

    def fire_created(self, kind: str, record: Record) -> None:
        """The topics of a new record; a new order fires several (haravan.md §2.5)."""
        self.fire(f"{kind}/create", self.twin.shown(kind, record))
        if kind != "orders":
            return
        if self.twin.switches["create_also_updated"]:
            self.fire(self.twin.switches["updated_topic"], record)
        if record["financial_status"] == "paid":
            self.fire("orders/paid", record)

    def fire_changed(self, kind: str, old: Record, new: Record) -> None:
        """The topics that follow from the difference between two states of a record."""
        updated = self.twin.switches["updated_topic"] if kind == "orders" else f"{kind}/update"
        self.fire(updated, self.twin.shown(kind, new))
        if kind == "customers" and old["state"] != new["state"] and new["state"] in STATE_TOPICS:
            self.fire(STATE_TOPICS[new["state"]], self.twin.shown(kind, new))
        for topic, field, word in (
            ("orders/paid", "financial_status", "paid"),
            ("orders/fulfilled", "fulfillment_status", "fulfilled"),
            ("orders/cancelled", "cancelled_status", "cancelled"),
        ):
            if kind == "orders" and old[field] != new[field] and PLAIN.get(new[field], new[field]) == word:
                self.fire(topic, new)

    def fire_deleted(self, kind: str, key: int) -> None:
        """A delete carries the id and nothing else."""
        self.fire(self.twin.switches["deleted_topic"] if kind == "products" else f"{kind}/delete", {"id": key})

    def fire(self, topic: str, record: Record, marks: dict[str, str] | None = None) -> None:
        """Send one record, bare, to every subscription that wants the topic."""
        if self.hush:
            return
        body = self.twin.dumps(record).encode()
        for hook in self.subscribed.values():
            if not hook["topics"] or topic in hook["topics"]:
                headers = {**self._headers(topic, record, body, hook), **(marks or {})}
                self.twin.send_webhook(hook["url"], body, headers, topic, hook=hook["id"])

    def answered(self, delivery: Delivery, status: int | None) -> float | None:
        """200 ends it; all else is tried again until the tries or the subscription are used up."""
        hook = self.subscribed.get(delivery.about["hook"])
        if hook is None:
            return None
        if status == 200:
            hook["failures"] = 0
            return None
        hook["failures"] += 1
        limit = self.twin.switches["delete_after_failures"]
        if limit and hook["failures"] >= limit:
            del self.subscribed[hook["id"]]
            return None
        if delivery.attempt >= self.twin.switches["webhook_tries"]:
            return None
        delivery.headers = {**delivery.headers, "X-Haravan-Retry": str(delivery.attempt)}
        pauses = self.twin.switches["retry_seconds"]
        return float(pauses[min(delivery.attempt, len(pauses)) - 1])

    def _headers(self, topic: str, record: Record, body: bytes, hook: Record) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json", "X-Haravan-Topic": topic, "X-Haravan-Org-Id": str(ORG_ID),
            "X-Haravan-Subscription-Id": str(hook["id"]),
        }  # fmt: skip
        if topic.startswith("orders/"):
            headers["X-Haravan-Order-Id"] = str(record["id"])
        if hook["secret"]:
            proof = hmac.new(hook["secret"].encode(), body, hashlib.sha256).digest()
            headers["X-Haravan-Hmacsha256"] = base64.b64encode(proof).decode()
        return headers

    def _subscribed(self, kind: str, wish: Record) -> Record:
        same = [key for key, hook in self.subscribed.items() if (hook["kind"], hook["url"]) == (kind, wish["url"])]
        for key in same:
            del self.subscribed[key]
        self.last_id += 1
        hook = {
            "id": self.last_id, "kind": kind, "url": wish["url"], "topics": wish.get("topics") or [],
            "secret": wish.get("secret"), "failures": 0, "created_at": self.twin.now(),
        }  # fmt: skip
        self.subscribed[self.last_id] = hook
        return hook

    def _app_hook(self) -> Record | None:
        return next((hook for hook in self.subscribed.values() if hook["kind"] == "app"), None)

    def _shake_hands(self, wish: Record) -> None:
        challenge = secrets.token_hex(12)
        asked = {
            "hub.mode": "subscribe", "hub.verify_token": wish.get("verify_token") or VERIFY_TOKEN,
            "hub.challenge": challenge,
        }  # fmt: skip
        try:
            answer = requests.get(wish["url"], asked, timeout=5, allow_redirects=False)
        except requests.RequestException as error:
            raise ValueError(f"callback url does not answer: {type(error).__name__}") from error
        if answer.status_code != 200 or answer.text != challenge:
            raise ValueError(f"callback url failed the challenge with {answer.status_code}")


def _public(hook: Record) -> Record:
    return {key: hook[key] for key in ("id", "kind", "url", "topics", "created_at")}
