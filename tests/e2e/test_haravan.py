"""Haravan ⇄ hub on the local stack: identity, totals, recipients, push."""

import time
from collections.abc import Callable
from typing import Any

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.local.clients import TwinControl
from tests.local.differences import phone
from tests.local.shops import Shops

Find = Callable[..., dict[str, Any]]
PENDING = "pending"


def test_revenue_and_total_orders_follow_an_order_through_its_life(shops: Shops, found: Find) -> None:
    """R-HRV-33…37 and the vectors under A-HRV-20, by webhooks."""
    twin = shops.twins["haravan"]
    buyer = twin.create("customers", {"first_name": "Hân", "last_name": "Phạm Gia", "phone": "0977410236"})
    line = {"title": "Túi vải", "sku": "TUI-01", "quantity": 2, "price": 250000}
    shipping = [{"code": "GH", "title": "Giao hàng", "price": 30000}]
    order = twin.create(
        "orders",
        {
            "customer": {"id": buyer["id"]},
            "line_items": [line],
            "shipping_lines": shipping,
            "financial_status": PENDING,
        },
    )

    def totals() -> tuple[int, int]:
        record = found("customers", "haravan", buyer["id"])
        return record["revenue"], record["total_orders"]

    assert totals() == (0, 1)
    twin.change("orders", order["id"], {"financial_status": "paid"})
    assert totals() == (530000, 1)
    twin.call("POST", "/webhooks/repeat", {"count": 5})
    assert totals() == (530000, 1)
    twin.change("orders", order["id"], {"cancelled_status": "cancelled", "cancelled_at": order["created_at"]})
    assert totals() == (0, 0)
    twin.change("orders", order["id"], {"cancelled_status": "uncancelled", "cancelled_at": None})
    assert totals() == (530000, 1)
    twin.create("refunds", {"order_id": order["id"], "amount": 100000})
    assert totals() == (400000, 1)


def test_same_phone_and_other_vendor_id_stay_two_customers(shops: Shops, found: Find) -> None:
    """R-HRV-10."""
    twin = shops.twins["haravan"]
    twin.call("PUT", "/switches", {"unique_contacts": False})
    one = twin.create("customers", {"first_name": "Một", "phone": "0977000001"})
    two = twin.create("customers", {"first_name": "Hai", "phone": "0977000001"})
    first, second = found("customers", "haravan", one["id"]), found("customers", "haravan", two["id"])
    assert first["id"] != second["id"]
    assert first["phone"] == second["phone"] == "+84977000001"


def test_a_recipient_who_is_not_the_buyer_becomes_a_contact_without_orders(shops: Shops, found: Find) -> None:
    """R-HRV-16, R-HRV-31, R-HRV-32."""
    twin = shops.twins["haravan"]
    buyer = twin.create("customers", {"first_name": "Người mua", "phone": "0977000002"})
    address = {"first_name": "Cô Tư", "phone": "0912003456", "address1": "5 Lý Thường Kiệt", "province": "Cần Thơ"}
    order = twin.create("orders", {"customer": {"id": buyer["id"]}, "shipping_address": address})
    record = found("orders", "haravan", order["id"])
    contact = shops.hub.call("GET", f"/customers/{record['recipient']['customer']}")
    assert (contact["name"], contact["is_buyer"], contact["total_orders"]) == ("Cô Tư", False, 0)
    assert found("customers", "haravan", buyer["id"])["is_buyer"] is True
    assert record["buyer"]["customer"] == found("customers", "haravan", buyer["id"])["id"]


def test_a_customer_pushed_from_the_hub_is_made_at_haravan_once(shops: Shops, calm: Callable[[], None]) -> None:
    """R-HRV-38…41, A-HRV-15: created there, its id kept as Id Vendor, and the echo changes nothing."""
    body = {"name": "Lê Thị Đẩy Sang", "phone": "0977000003", "email": "day.sang@example.vn"}
    customer = shops.hub.call("POST", "/customers", body)
    for _ in range(2):
        shops.hub.call("POST", f"/customers/{customer['id']}/push")
        calm()
    there = [c for c in shops.twins["haravan"].state("customers") if c["email"] == "day.sang@example.vn"]
    assert len(there) == 1
    ours = shops.hub.call("GET", f"/customers/{customer['id']}")
    assert ours["external_ids"][shops.id("haravan")] == str(there[0]["id"])


def test_old_data_come_by_backfill_and_a_second_run_changes_nothing(shops: Shops, calm: Callable[[], None]) -> None:
    """R-HRV-06, R-HRV-23, A-HRV-5: everything once, however often it is asked for."""
    twin = shops.twins["haravan"]
    twin.call("POST", "/seed", {"customers": 30, "orders": 40, "start": 500})
    path = f"/connections/{shops.id('haravan')}/backfills"
    first = shops.hub.call("POST", path, {"record_types": ["customer", "order"]})
    calm()
    versions = {o["id"]: o["version"] for o in shops.hub.all("/orders")}
    shops.hub.call("POST", path, {"record_types": ["customer", "order"]})
    calm()
    assert {o["id"]: o["version"] for o in shops.hub.all("/orders")} == versions
    assert shops.hub.call("GET", f"{path}/{first['id']}")["status"] == "done"
    assert len(versions) >= 40


def test_an_edit_in_the_hub_reaches_haravan_once_the_flow_is_switched_on(
    shops: Shops, calm: Callable[[], None]
) -> None:
    """R-HRV-38…41, A-HRV-15: off at first; a switch away; nothing that Haravan has is blanked."""
    twin, flow = shops.twins["haravan"], f"/flows/hub.{shops.id('haravan')}.customer"
    there = twin.create("customers", {"first_name": "Sửa", "phone": "0977000004", "email": "sua@example.vn"})
    calm()
    [ours] = shops.hub.all("/customers", vendor_id=str(there["id"]))
    shops.hub.call("PATCH", f"/customers/{ours['id']}", {"name": "Trước khi bật"})
    calm()
    assert _at(twin, there["id"])["first_name"] == "Sửa"

    shops.hub.call("PATCH", flow, {"active": True})
    time.sleep(REMEMBERED_SECONDS)
    shops.hub.call("PATCH", f"/customers/{ours['id']}", {"name": "Nguyễn Thị Sau"})
    calm()
    shops.hub.call("PATCH", flow, {"active": False})

    row = _at(twin, there["id"])
    assert (row["last_name"], row["first_name"]) == ("Nguyễn Thị", "Sau")
    assert (row["email"], phone(row["phone"])) == ("sua@example.vn", "+84977000004")


def _at(twin: TwinControl, customer_id: int) -> dict[str, Any]:
    return next(row for row in twin.state("customers") if row["id"] == customer_id)
