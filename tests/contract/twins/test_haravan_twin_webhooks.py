"""The Haravan twin sends webhooks as the platform sheet says: topics, proof, handshake, deletion after failures."""

import base64
import hashlib
import hmac
from typing import Any

import pytest

from tests.contract.twins.shops import HaravanShop
from tests.twins.haravan import ORG_ID, SECRET, VERIFY_TOKEN
from tests.twins.inbox import Inbox


def _topics(inbox: Inbox) -> list[str]:
    return sorted(letter.header("X-Haravan-Topic") or "" for letter in inbox.letters)


def test_a_webhook_is_the_bare_record_signed_in_base64(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §0.1, §0.2, §2.3: topic and shop in headers, the proof over the exact bytes."""
    haravan.private(inbox.url)
    made = haravan.control("POST", "/records/customers", {"first_name": "An", "phone": "0912000111"})
    assert haravan.twin.drain(5)
    letter = inbox.letters[0]
    proof = base64.b64encode(hmac.new(SECRET.encode(), letter.body, hashlib.sha256).digest()).decode()
    assert letter.header("X-Haravan-Hmacsha256") == proof
    assert (letter.header("X-Haravan-Topic"), letter.header("X-Haravan-Org-Id")) == ("customers/create", str(ORG_ID))
    assert letter.data["id"] == made["id"]
    assert b'"total_spent":0.0000' in letter.body


def test_one_new_paid_order_fires_three_topics(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.5: create, updated and paid."""
    haravan.private(inbox.url)
    order = haravan.ordered(financial_status="paid")
    assert haravan.twin.drain(5)
    assert _topics(inbox) == ["orders/create", "orders/paid", "orders/updated"]
    assert {letter.header("X-Haravan-Order-Id") for letter in inbox.letters} == {str(order["id"])}
    haravan.control("PUT", "/switches", {"create_also_updated": False})
    inbox.letters.clear()
    haravan.ordered()
    assert haravan.twin.drain(5)
    assert _topics(inbox) == ["orders/create"]


@pytest.mark.parametrize(
    "change, topic",
    [
        ({"financial_status": "paid"}, "orders/paid"),
        ({"fulfillment_status": "fulfilled"}, "orders/fulfilled"),
        ({"cancelled_status": "cancelled"}, "orders/cancelled"),
    ],
)
def test_a_step_of_an_order_fires_its_topic_once(haravan: HaravanShop, inbox: Inbox, change: Any, topic: str) -> None:
    """haravan.md §2.4: and orders/updated beside it."""
    key = haravan.ordered()["id"]
    haravan.private(inbox.url)
    haravan.control("PUT", f"/records/orders/{key}", change)
    haravan.control("PUT", f"/records/orders/{key}", {"note": "gọi trước"})
    assert haravan.twin.drain(5)
    assert _topics(inbox) == sorted([topic, "orders/updated", "orders/updated"])


def test_a_refund_fires_refunds_create_and_the_orders_update(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.4; the refund's body has created_at only."""
    key = haravan.ordered(financial_status="paid")["id"]
    haravan.private(inbox.url)
    haravan.control("POST", "/records/refunds", {"order_id": key, "amount": 130000})
    assert haravan.twin.drain(5)
    found = {str(letter.header("X-Haravan-Topic")): letter.data for letter in inbox.letters}
    assert sorted(found) == ["orders/updated", "refunds/create"]
    assert "updated_at" not in found["refunds/create"]
    assert found["orders/updated"]["refunds"][0]["id"] == found["refunds/create"]["id"]


def test_topic_spellings_are_switches_and_a_delete_is_the_id_alone(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.4: orders/update, products/delete."""
    haravan.control("PUT", "/switches", {"updated_topic": "orders/update", "deleted_topic": "products/delete"})
    haravan.control("POST", "/seed", {"products": 1})
    key = haravan.ordered()["id"]
    haravan.private(inbox.url)
    haravan.control("PUT", f"/records/orders/{key}", {"note": "x"})
    haravan.control("DELETE", "/records/products/1020000011")
    assert haravan.twin.drain(5)
    assert _topics(inbox) == ["orders/update", "products/delete"]
    assert {"id": 1020000011} in [letter.data for letter in inbox.letters]


def test_the_apps_callback_must_answer_the_challenge(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §0.4, §2.1: GET with hub.mode, hub.verify_token, hub.challenge before anything is sent."""
    app = {"kind": "app", "url": inbox.url}
    inbox.shake = lambda asked: ("unauthorized", 401)
    assert "challenge with 401" in haravan.control("PUT", "/webhooks/target", app)["error"]
    assert haravan.call("POST", "/api/subscribe", json={}).json()["error"] is True
    proven = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN}
    inbox.shake = lambda asked: (asked["hub.challenge"], 200 if proven.items() <= asked.items() else 401)
    assert haravan.control("PUT", "/webhooks/target", app) == app


def test_a_shop_subscribes_is_listed_and_unsubscribes(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.1: POST, GET, DELETE /api/subscribe with the shop's token."""
    inbox.shake = lambda asked: (asked["hub.challenge"], 200)
    haravan.control("PUT", "/webhooks/target", {"kind": "app", "url": inbox.url})
    assert haravan.call("GET", "/api/subscribe").json()["data"] == []
    assert haravan.call("POST", "/api/subscribe").json()["error"] is False
    assert [row["url"] for row in haravan.call("GET", "/api/subscribe").json()["data"]] == [inbox.url]
    haravan.control("POST", "/records/customers", {"first_name": "An"})
    assert haravan.twin.drain(5)
    proof = hmac.new(SECRET.encode(), inbox.letters[0].body, hashlib.sha256).digest()
    assert inbox.letters[0].header("X-Haravan-Hmacsha256") == base64.b64encode(proof).decode()
    haravan.call("DELETE", "/api/subscribe")
    assert haravan.call("GET", "/api/subscribe").json()["data"] == []


def test_nineteen_failures_in_a_row_delete_the_subscription(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §0.3: retries and new webhooks count together, 3xx too."""
    haravan.control("PUT", "/switches", {"retry_seconds": [0.001]})
    haravan.private(inbox.url)
    inbox.statuses = [302]
    haravan.control("POST", "/records/customers", {"first_name": "An"})
    assert haravan.twin.drain(10)
    assert len(inbox.letters) == 19
    assert haravan.control("GET", "/subscriptions") == {"subscriptions": []}


def test_a_success_starts_the_count_of_failures_afresh(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §0.3: in a row; a retry is the same bytes with its counter."""
    haravan.control("PUT", "/switches", {"retry_seconds": [0.001]})
    haravan.private(inbox.url)
    inbox.statuses = [500, 503, 200]
    haravan.control("POST", "/records/customers", {"first_name": "An"})
    assert haravan.twin.drain(5)
    assert haravan.control("GET", "/subscriptions")["subscriptions"][0]["failures"] == 0
    assert len({letter.body for letter in inbox.letters}) == 1
    assert [letter.header("X-Haravan-Retry") for letter in inbox.letters] == [None, "1", "2"]


def test_an_answer_that_comes_too_late_is_a_failure(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §0.3: 5 seconds, here shortened."""
    assert haravan.twin.switches["webhook_timeout"] == 5.0
    haravan.control("PUT", "/switches", {"webhook_timeout": 0.1, "webhook_tries": 1})
    haravan.private(inbox.url)
    inbox.delay = 0.4
    haravan.control("POST", "/records/customers", {"first_name": "An"})
    assert haravan.twin.drain(5)
    assert haravan.control("GET", "/subscriptions")["subscriptions"][0]["failures"] == 1


def test_the_dashboards_test_is_marked(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.3: X-Haravan-Test."""
    haravan.private(inbox.url)
    haravan.control("POST", "/webhooks/test", {"topic": "orders/create"})
    assert haravan.twin.drain(5)
    assert inbox.letters[0].header("X-Haravan-Test") == "True"


def test_an_uninstalled_app_says_so_and_its_token_is_dead(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.4: app/uninstalled."""
    haravan.private(inbox.url)
    haravan.control("POST", "/uninstall")
    assert haravan.twin.drain(5)
    assert _topics(inbox) == ["app/uninstalled"]
    assert haravan.call("GET", "/com/haravan.json").status_code == 401


def test_private_webhooks_may_want_some_topics_only(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.2: topic and URL by hand."""
    haravan.private(inbox.url, "orders/create")
    haravan.ordered(financial_status="paid")
    assert haravan.twin.drain(5)
    assert _topics(inbox) == ["orders/create"]


def test_writes_through_the_api_echo_unless_switched_off(haravan: HaravanShop, inbox: Inbox) -> None:
    """haravan.md §2.5."""
    haravan.private(inbox.url)
    haravan.call("POST", "/com/customers.json", json={"customer": {"first_name": "An"}})
    haravan.control("PUT", "/switches", {"echo_api_writes": False})
    haravan.call("POST", "/com/customers.json", json={"customer": {"first_name": "Bình"}})
    assert haravan.twin.drain(5)
    assert [letter.data["first_name"] for letter in inbox.letters] == ["An"]
