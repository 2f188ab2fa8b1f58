"""Đơn hàng in the browser."""

from typing import Any

import pytest

from console.formats import money
from tests.e2e.console.screen import Screen
from tests.local.clients import Hub

ADDRESS = {"first_name": "Cô Tư", "phone": "0912003457", "address1": "5 Lý Thường Kiệt", "province": "Cần Thơ"}


@pytest.fixture
def order(hub: Hub, request: pytest.FixtureRequest) -> dict[str, Any]:
    """An order that a shop sent to a recipient; a stack that has none yet gets one by way of a twin."""
    known = next((one for one in hub.all("/orders") if one["recipient"] and one["items"]), None)
    if known:
        return known
    twin = request.getfixturevalue("shops").twins["haravan"]
    buyer = twin.create("customers", {"first_name": "Hân", "phone": "0977410237"})
    line = {"title": "Túi vải", "sku": "TUI-01", "quantity": 2, "price": 250000}
    told = {"customer": {"id": buyer["id"]}, "line_items": [line], "shipping_address": ADDRESS}
    made = twin.create("orders", told)
    found: dict[str, Any] = request.getfixturevalue("found")("orders", "haravan", made["id"])
    return found


def test_an_order_is_found_and_shows_its_products_and_its_recipient(screen: Screen, order: dict[str, Any]) -> None:
    """R-HRV-24…30: the fields of the list, then products, values and the recipient's address."""
    number = order["order_number"]
    screen.open("/orders").headed("Đơn hàng", "Orders")
    screen.accessible()
    screen.fill("Số đơn, mã vận đơn, tên hoặc điện thoại", "Number, tracking code, name or phone", number)
    screen.press("Tìm kiếm", "Search")
    screen.says("Bỏ lọc", "Clear")
    screen.page.get_by_role("link", name=number, exact=True).click()
    screen.headed(f"Đơn hàng {number}", f"Order {number}")
    screen.says("Người nhận", "Recipient")
    screen.shows(order["items"][0]["name"])
    screen.shows(order["recipient"]["address"]["line"])
    screen.shows(money(order["total_price"]))
    screen.accessible()
    screen.press("Dòng thời gian", "Timeline")
    screen.says("Vì sao?", "Why?")
    screen.accessible()


@pytest.mark.once
def test_orders_are_narrowed_by_their_states(screen: Screen, order: dict[str, Any]) -> None:
    """R-HRV-26, R-HRV-27: a choice is sent by itself, and the place in the list stands in the address."""
    screen.open("/orders")
    screen.page.locator("#filter-payment_status").select_option(order["payment_status"])
    screen.page.wait_for_url(f"**payment_status={order['payment_status']}**")
    screen.page.locator("#filter-order_status").select_option("cancelled")
    screen.page.wait_for_url("**order_status=cancelled**")
    assert f"payment_status={order['payment_status']}" in screen.page.url
    screen.says("Bỏ lọc", "Clear")
