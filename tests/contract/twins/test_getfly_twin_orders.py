"""The Getfly twin keeps the quirks of its sheet (getfly.md §6): orders."""

import pytest

from tests.contract.twins.getfly_tenant import SHIRT, Tenant


@pytest.fixture
def tenant() -> Tenant:
    """An empty tenant whose clock stands still."""
    return Tenant()


def test_the_order_list_wants_type_and_days(tenant: Tenant) -> None:
    """§2."""
    days = {"created_at_from": "2024-06-18", "created_at_to": "2024-06-18"}
    assert tenant.call("GET", "/orders")[1]["message"].startswith("order_type")
    assert tenant.call("GET", "/orders", order_type=2)[1]["message"].startswith("Thiếu khoảng ngày")
    assert tenant.call("GET", "/orders", order_type=2, created_at_from="2024-06-18")[0] == 400
    assert tenant.call("GET", "/orders", order_type=2, **days)[0] == 200


def test_list_and_detail_spell_the_same_order_differently(tenant: Tenant) -> None:
    """§6.1, §10.1."""
    tenant.account(account_code="KV-1")
    order_id = tenant.order(order_code="KV-HD1", order_date="17/06/2024", source_name="Zalo")[1]["order_id"]
    days = {"order_date_from": "2024-06-17", "order_date_to": "2024-06-17"}
    row = tenant.call("GET", "/orders", order_type=2, **days)[1]["records"][0]
    detail = tenant.call("GET", "/orders/KV-HD1")[1]
    listed = (row["amount"], row["status"], row["payment_status"], row["order_id"])
    assert listed == ("1,000,000.0", "1", "unpaid", str(order_id))
    info = detail["order_info"]
    assert (info["amount"], info["order_status"], info["order_date"]) == (1000000, 1, "17/06/2024")
    assert (info["status_label"], info["source_name"], info["account_code"]) == ("Chờ duyệt", "Zalo", "KV-1")
    assert detail == tenant.call("GET", "/orders/detail", order_id=order_id)[1]


def test_a_new_order_may_be_answered_by_a_bare_number(tenant: Tenant) -> None:
    """§2."""
    tenant.account(account_code="KV-1")
    tenant.switch(order_answer="integer")
    assert tenant.order() == (201, 40001)


def test_an_order_without_account_code_makes_a_customer(tenant: Tenant) -> None:
    """§6.1."""
    tenant.account()
    tenant.order(account_code="", account_name="Trần Thu Hà", account_phone="0905550142")
    assert len(tenant.board("GET", "/state/customers")) == 2


def test_an_order_for_an_unknown_code_is_refused_unless_switched(tenant: Tenant) -> None:
    """§6.1, unknown: both readings."""
    assert tenant.order(account_code="KV-9", account_name="An")[0] == 404
    tenant.switch(unknown_account_code="create")
    assert tenant.order(account_code="KV-9", account_name="An")[0] == 201
    assert tenant.call("GET", "/account", account_code="KV-9")[0] == 200


def test_an_order_code_is_taken_once(tenant: Tenant) -> None:
    """§2: the caller's code is what makes creates repeatable."""
    tenant.account(account_code="KV-1")
    tenant.order(order_code="KV-HD1")
    status, body = tenant.order(order_code="KV-HD1")
    assert (status, body["message"]) == (400, "Mã đơn hàng không cho phép trùng")
    assert tenant.board("GET", "/counts")["orders"] == 1


def test_an_order_is_edited_approved_and_paid_by_its_code(tenant: Tenant) -> None:
    """§6.1, §6.4."""
    tenant.account(account_code="KV-1")
    tenant.order(order_code="HD1")
    line = {**SHIRT, "quantity": 1}
    body = {"order_code": "HD1", "order_info": {"discount_amount": 50000}, "products": [line]}
    tenant.call("PUT", "/orders", body)
    tenant.call("POST", "/orders/approve", {"order_code": "HD1"})
    payment = {"amount": 450000, "pay_date": "18/06/2024", "description": "tiền mặt"}
    tenant.call("POST", "/orders/paid", {"order_code": "HD1", "payment_info": payment})
    detail = tenant.call("GET", "/orders/HD1")[1]
    info = detail["order_info"]
    assert (info["amount"], info["status_label"], info["payment_status"]) == (450000, "Đã duyệt", "paid")
    assert detail["payments"] == [payment]


def test_orders_are_counted_by_state(tenant: Tenant) -> None:
    """§4.1: count_orders_status."""
    account_id = tenant.account(account_code="KV-1")
    keys = [tenant.order()[1]["order_id"] for _ in range(3)]
    tenant.board("PUT", f"/records/orders/{keys[0]}", {"status": "delivered"})
    tenant.board("PUT", f"/records/orders/{keys[1]}", {"status": "cancelled"})
    counts = tenant.call("GET", f"/account/{account_id}/count_orders_status")[1]
    assert counts == {"waiting": 1, "approval": 1, "cancel": 1}
