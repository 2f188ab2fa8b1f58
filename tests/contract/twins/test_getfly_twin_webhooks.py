"""The Getfly twin keeps the quirks of its sheet (getfly.md §8): webhooks."""

import json
from collections.abc import Iterator

import pytest

from tests.contract.twins.getfly_tenant import Tenant
from tests.contract.twins.inbox import Inbox, open_inbox


@pytest.fixture
def tenant() -> Tenant:
    """An empty tenant whose clock stands still."""
    return Tenant()


@pytest.fixture
def inbox(tenant: Tenant) -> Iterator[Inbox]:
    """A registered webhook with the secret s3cr3t."""
    with open_inbox() as opened:
        tenant.board("PUT", "/webhooks/target", {"url": opened.url, "secret": "s3cr3t"})
        yield opened
        tenant.twin.outbox.close()


def test_a_webhook_is_a_thin_form_with_the_secret_inside(tenant: Tenant, inbox: Inbox) -> None:
    """§8; the API's own writes fire too (echo)."""
    account_id = tenant.account()
    assert tenant.twin.drain(5)
    headers, message = inbox.taken[0][0], inbox.forms()[-1]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["User-Agent"] == "GuzzleHttp/7"
    assert len(message.pop("uid")) == 36
    assert message == {
        "event": "customer.created", "secret_key": "s3cr3t", "domain": "cuahangmau.getflycrm.com",
        "created_at": "1718699004", "data[account_id]": str(account_id),
    }  # fmt: skip


def test_a_webhook_may_be_json(tenant: Tenant, inbox: Inbox) -> None:
    """§8: as the v3 page prints it."""
    tenant.switch(webhook_format="json", webhook_created_at=False)
    tenant.board("POST", "/records/products", {"product_code": "SP1", "product_name": "Nón lá"})
    assert tenant.twin.drain(5)
    message = json.loads(inbox.taken[0][1])
    assert message["data"] == {"product_id": 301, "product_code": "SP1"}
    assert set(message) == {"event", "secret_key", "domain", "uid", "data"}


def test_an_order_may_come_in_a_double_envelope(tenant: Tenant, inbox: Inbox) -> None:
    """§8, §10.6: as captured."""
    tenant.account(account_code="KV-1")
    tenant.order(order_code="HD1")
    tenant.switch(order_envelope="double")
    tenant.call("POST", "/orders/approve", {"order_code": "HD1"})
    assert tenant.twin.drain(5)
    message = next(form for form in inbox.forms() if form["event"] == "order.approved")
    assert message["data[data][order_code]"] == "HD1"
    assert message["data[event]"] == message["event"] == "order.approved"
    assert message["data[uid]"] == message["uid"]
    assert "data[order_id]" not in message


def test_an_edited_customer_tells_what_changed(tenant: Tenant, inbox: Inbox) -> None:
    """§8: data_change."""
    account_id = tenant.account()
    tenant.call("PUT", f"/account/{account_id}", {"account": {"phone_office": "0911"}, "custom_fields": {"cnv": "7"}})
    assert tenant.twin.drain(5)
    message = next(form for form in inbox.forms() if form["event"] == "customer.updated")
    assert message["data[data_change][data][a.phone_office][old_value]"] == "0905550142"
    assert message["data[data_change][data][a.phone_office][new_value]"] == "0911"
    assert message["data[data_change][data][custom_fields[cnv]][new_value]"] == "7"


def test_only_registered_events_are_sent_and_some_get_lost(tenant: Tenant, inbox: Inbox) -> None:
    """§8: every event is off at first."""
    tenant.board("PUT", "/webhooks/target", {**tenant.twin.target, "events": ["product.created"]})
    tenant.switch(lose_every=2)
    tenant.account()
    for code in ("SP1", "SP2", "SP3"):
        tenant.board("POST", "/records/products", {"product_code": code})
    assert tenant.twin.drain(5)
    assert sorted(form["data[product_code]"] for form in inbox.forms()) == ["SP1", "SP3"]


def test_an_unknown_event_cannot_be_registered(tenant: Tenant) -> None:
    """§8: 4.0 knows seven of them."""
    answer = tenant.web.put("/_twin/webhooks/target", json={"url": "http://127.0.0.1:1", "events": ["order.paid"]})
    assert answer.status_code == 422
    assert "order.paid" in answer.text


def test_shipping_goes_on_in_the_screen(tenant: Tenant, inbox: Inbox) -> None:
    """§6.4, R-CNV-16; with the switch it is silent and must be polled (§0.4)."""
    tenant.account(account_code="KV-1")
    order_id = tenant.order(order_code="HD1")[1]["order_id"]
    tenant.board("PUT", f"/records/orders/{order_id}", {"lading_status": "ASSIGNING", "lading_code": "AHA1"})
    tenant.switch(status_changes_fire=False)
    tenant.board("PUT", f"/records/orders/{order_id}", {"lading_status": "DELIVERED"})
    assert tenant.twin.drain(5)
    info = tenant.call("GET", "/orders/HD1")[1]["order_info"]
    assert (info["lading_status"], info["lading_code"]) == ("DELIVERED", "AHA1")
    assert info["lading_info"]["status"] == {"code": "DELIVERED", "name": "DELIVERED"}
    assert sorted(form["event"] for form in inbox.forms()) == [
        "customer.created", "order.created", "order.updated",
    ]  # fmt: skip
