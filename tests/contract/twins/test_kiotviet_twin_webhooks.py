"""The KiotViet twin sends webhooks as the platform sheet says: envelopes, proof, tries, and the end after a 4xx."""

import hashlib
import hmac

import pytest

from tests.contract.twins.shops import BASE64_SECRET, KiotVietShop
from tests.twins.inbox import Inbox


def test_a_registration_needs_a_known_type_and_a_base64_secret(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §2.1, §2.4: refusals are 420, nothing is kept."""
    assert kiotviet.register("product.created", "http://127.0.0.1:9/x").status_code == 420
    assert kiotviet.register("product.update", "http://127.0.0.1:9/x", "kein base64!").status_code == 420
    assert kiotviet.get("/webhooks") == {"total": 0, "pageSize": 20}
    made = kiotviet.register("product.update", "http://127.0.0.1:9/x").json()
    assert {key: made[key] for key in ("type", "isActive", "retailerId")} == {
        "type": "product.update", "isActive": True, "retailerId": 500123456,
    }  # fmt: skip
    assert "secret" not in kiotviet.get(f"/webhooks/{made['id']}")
    kiotviet.call("DELETE", f"/webhooks/{made['id']}")
    assert kiotviet.get("/webhooks")["total"] == 0


def test_a_second_hook_of_a_type_is_refused_only_by_switch(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §2.1: unknown in the field."""
    assert kiotviet.register("order.update", "http://127.0.0.1:9/a").status_code == 200
    assert kiotviet.register("order.update", "http://127.0.0.1:9/b").status_code == 200
    kiotviet.control("PUT", "/switches", {"one_hook_per_type": True})
    assert kiotviet.register("order.update", "http://127.0.0.1:9/c").status_code == 420


def test_an_echo_is_asked_for_unless_the_url_says_noecho(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.1: the ancestor's handshake, by switch."""
    kiotviet.control("PUT", "/switches", {"echo_handshake": True})
    assert kiotviet.register("order.update", f"{inbox.url}/a").status_code == 420
    assert kiotviet.register("order.update", f"{inbox.url}/a?noecho").status_code == 200
    inbox.shake = lambda asked: (asked["echo"], 200)
    assert kiotviet.register("invoice.update", f"{inbox.url}/a").status_code == 200


def test_a_change_arrives_in_an_envelope_signed_with_the_secrets_text(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.3, §2.4, §2.6: PascalCase, nulls left out, +07:00, `sha1=` before a SHA-256."""
    kiotviet.register("customer.update", inbox.url)
    kiotviet.typed("customers", name="Phạm Thu Hà", contactNumber="0912 000 111", wardName="Cống Vị", gender=None)
    assert kiotviet.twin.drain(5)
    letter = inbox.letters[0]
    proof = hmac.new(BASE64_SECRET.encode(), letter.body, hashlib.sha256).hexdigest()
    assert letter.header("X-Hub-Signature") == f"sha1={proof}"
    assert letter.header("X-Webhook-Event") == "customer.update"
    assert letter.data["Notifications"][0]["Action"] == "customer.update.500123456"
    item = letter.data["Notifications"][0]["Data"][0]
    assert next(iter(item)) == "__type"
    assert (item["ContactNumber"], item["ModifiedDate"][-6:], letter.data["Attempt"]) == ("0912 000 111", "+07:00", 1)
    assert not {"Gender", "WardName", "BirthDate"} & set(item)


def test_the_key_may_be_the_decoded_secret(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.4: the other reading, by switch."""
    kiotviet.control("PUT", "/switches", {"signature_key": "base64"})
    kiotviet.register("customer.update", inbox.url)
    kiotviet.typed("customers", name="An")
    assert kiotviet.twin.drain(5)
    proof = hmac.new(b"hub-test-secret-01", inbox.letters[0].body, hashlib.sha256).hexdigest()
    assert inbox.letters[0].header("X-Hub-Signature") == f"sha1={proof}"


def test_a_product_webhook_keeps_its_odd_lower_case_keys(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.3: `isActive`, `masterProductId`; attributes and stock rows are PascalCase."""
    kiotviet.register("product.update", inbox.url)
    kiotviet.control("POST", "/seed", {"products": 7, "webhooks": True})
    assert kiotviet.twin.drain(5)
    items = [letter.data["Notifications"][0]["Data"][0] for letter in inbox.letters]
    variant = next(item for item in items if "masterProductId" in item)
    assert (variant["isActive"], variant["Attributes"][0]["AttributeName"]) == (True, "SIZE")
    assert {"BranchId", "OnHand", "Cost"} <= set(variant["Inventories"][0])
    assert "BarCode" not in variant


def test_an_import_travels_in_few_webhooks_with_many_items(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.3: several notifications, several Data items."""
    kiotviet.register("customer.update", inbox.url)
    kiotviet.control("PUT", "/switches", {"batch_size": 4, "notifications": 2})
    kiotviet.control("POST", "/bulk/customers", {"count": 19})
    assert kiotviet.twin.drain(5)
    sizes = sorted([len(part["Data"]) for part in letter.data["Notifications"]] for letter in inbox.letters)
    assert sizes == [[3], [4, 4], [4, 4]]


def test_a_sale_fires_for_stock_product_and_customer_too(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.5: one change, several webhooks, by switch."""
    kiotviet.control("POST", "/seed", {"customers": 1, "products": 1})
    for topic in ("invoice.update", "stock.update", "product.update", "customer.update"):
        kiotviet.register(topic, inbox.url)
    lines = [{"productId": 31000001, "quantity": 2.0, "price": 359000.0}]
    sale = kiotviet.typed("invoices", customerId=90210001, invoiceDetails=lines)
    assert kiotviet.twin.drain(5)
    events = sorted(letter.header("X-Webhook-Event") or "" for letter in inbox.letters)
    assert events == ["customer.update", "invoice.update", "product.update", "stock.update"]
    assert (sale["total"], sale["totalPayment"], sale["branchName"]) == (718000.0, 718000.0, "Chi nhánh trung tâm")
    kiotviet.control("PUT", "/switches", {"companion_webhooks": False})
    kiotviet.typed("invoices", customerId=90210001, invoiceDetails=lines)
    assert kiotviet.twin.drain(5)
    assert len(inbox.letters) == 5


@pytest.mark.parametrize("shape, bare", [("documented", True), ("envelope", False), ("bare", True)])
def test_a_delete_has_two_shapes(kiotviet: KiotVietShop, inbox: Inbox, shape: str, bare: bool) -> None:
    """kiotviet.md §2.3: a bare RemoveId, or an envelope whose Data are ids."""
    kiotviet.control("PUT", "/switches", {"delete_shape": shape})
    kiotviet.control("POST", "/seed", {"products": 1})
    kiotviet.register("product.delete", f"{inbox.url}/product")
    kiotviet.register("branch.delete", f"{inbox.url}/branch")
    kiotviet.control("DELETE", "/records/products/31000001")
    kiotviet.control("DELETE", "/records/branches/41003")
    assert kiotviet.twin.drain(5)
    found = {letter.path.rsplit("/", 1)[1]: letter.data for letter in inbox.letters}
    for name, key in (("product", 31000001), ("branch", 41003)):
        ids = found[name]["RemoveId"] if bare else found[name]["Notifications"][0]["Data"]
        assert ids == [key]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 429])
def test_any_4xx_switches_the_subscription_off(kiotviet: KiotVietShop, inbox: Inbox, status: int) -> None:
    """kiotviet.md §0.2: never answer KiotViet with a 4xx."""
    hook = kiotviet.register("customer.update", inbox.url).json()
    inbox.statuses = [status]
    for name in ("An", "Bình"):
        kiotviet.typed("customers", name=name)
        assert kiotviet.twin.drain(5)
    assert len(inbox.letters) == 1
    assert kiotviet.get(f"/webhooks/{hook['id']}")["isActive"] is False


def test_three_tries_with_a_growing_attempt_then_it_is_lost(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.5: 5xx is tried again, signed anew; the subscription stays on."""
    kiotviet.control("PUT", "/switches", {"retry_seconds": [0.01]})
    hook = kiotviet.register("customer.update", inbox.url).json()
    inbox.statuses = [503]
    kiotviet.typed("customers", name="An")
    assert kiotviet.twin.drain(5)
    assert [letter.data["Attempt"] for letter in inbox.letters] == [1, 2, 3]
    assert len({letter.data["Id"] for letter in inbox.letters}) == 1
    last = inbox.letters[2]
    proof = hmac.new(BASE64_SECRET.encode(), last.body, hashlib.sha256).hexdigest()
    assert last.header("X-Hub-Signature") == f"sha1={proof}"
    assert kiotviet.get(f"/webhooks/{hook['id']}")["isActive"] is True
    assert kiotviet.control("GET", "/webhooks")["dropped"] == 1


def test_an_answer_that_comes_too_late_is_a_failure(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.5: 5 seconds, here shortened."""
    assert kiotviet.twin.switches["webhook_timeout"] == 5.0
    kiotviet.control("PUT", "/switches", {"webhook_timeout": 0.1, "webhook_tries": 1})
    kiotviet.register("customer.update", inbox.url)
    inbox.delay = 0.4
    kiotviet.typed("customers", name="An")
    assert kiotviet.twin.drain(5)
    assert kiotviet.control("GET", "/webhooks")["last"][0]["status"] is None


def test_the_website_plugin_deletes_everybodys_hooks_of_its_types(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §0.3: four types go, whoever made them."""
    for topic in ("product.update", "order.update", "stock.update", "customer.update", "invoice.update"):
        kiotviet.register(topic, "http://127.0.0.1:9/x")
    assert kiotviet.control("POST", "/plugin") == {"deleted": 3}
    assert [row["type"] for row in kiotviet.get("/webhooks")["data"]] == ["customer.update", "invoice.update"]


def test_writes_through_the_api_echo_unless_switched_off(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §2.5."""
    kiotviet.register("customer.update", inbox.url)
    kiotviet.call("POST", "/customers", json={"name": "An"})
    kiotviet.control("PUT", "/switches", {"echo_api_writes": False})
    kiotviet.call("POST", "/customers", json={"name": "Bình"})
    assert kiotviet.twin.drain(5)
    assert [letter.data["Notifications"][0]["Data"][0]["Name"] for letter in inbox.letters] == ["An"]


def test_returns_have_a_list_and_no_webhook(kiotviet: KiotVietShop, inbox: Inbox) -> None:
    """kiotviet.md §0.4: only polling sees a return."""
    for topic in ("invoice.update", "order.update", "customer.update"):
        kiotviet.register(topic, inbox.url)
    kiotviet.control("POST", "/seed", {"products": 3, "invoices": 1})
    lines = [{"productId": 31000001, "quantity": 1, "price": 1000.0}]
    kiotviet.typed("returns", invoiceId=5500001, returnDetails=lines)
    assert kiotviet.twin.drain(5)
    assert (kiotviet.get("/returns")["data"][0]["returnTotal"], inbox.letters) == (1000.0, [])
