"""Khách hàng in the browser."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.console.screen import Screen, signed_in
from tests.e2e.fresh import code, named, phone
from tests.local.clients import Hub
from tests.local.shops import Shops

SEARCH = ("Tên, điện thoại, e-mail, mã, Id Vendor", "Name, phone, e-mail, code, Id Vendor")
TABS = (
    ("Địa chỉ (1)", "Addresses (1)"),
    ("Ecommerce", "Ecommerce"),
    ("Hợp đồng", "Contracts"),
    ("Điểm thưởng", "Points"),
    ("Dòng thời gian", "Timeline"),
)


@pytest.fixture
def customer(hub: Hub) -> dict[str, Any]:
    """A customer of this test alone."""
    home = {"line": "1 Lê Lợi", "province": "Huế", "default": True}
    body = {"name": named("Trần Thị"), "phone": phone(), "email": "tran@example.vn", "addresses": [home]}
    made: dict[str, Any] = hub.call("POST", "/customers", body)
    return made


def dialog(screen: Screen) -> Locator:
    """The dialog that is open."""
    return screen.page.locator("dialog[open]")


def test_a_customer_is_entered_found_by_phone_and_edited(screen: Screen) -> None:
    """R-DUP-07, R-HRV-14: what is wrong is said at its field, nothing that was typed is lost; rows of addresses."""
    name, number = named("Khách"), phone()
    screen.open("/customers").headed("Khách hàng", "Customers")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.fill("Tên", "Name", name)
    screen.fill("Điện thoại", "Phone", "123")
    screen.press("Lưu", "Save")
    screen.says("Số điện thoại không hợp lệ", "The phone number is not valid")
    screen.accessible()
    screen.refused()
    screen.fill("Điện thoại", "Phone", number)
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    screen.open("/customers").fill(*SEARCH, number)
    screen.press("Tìm kiếm", "Search")
    screen.page.get_by_role("link", name=name).click()
    screen.press("Sửa", "Edit")
    screen.press("Thêm địa chỉ", "Add an address")
    screen.fill("Số nhà, đường", "Street", "12 Hàng Bài")
    screen.accessible()
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    screen.shows("12 Hàng Bài")


@pytest.mark.once
def test_any_value_tells_where_it_comes_from(screen: Screen, customer: dict[str, Any]) -> None:
    """R-HRV-17…22, "Vì sao?": the question mark beside a value opens the lines of the story that speak of it."""
    screen.open(f"/customers/{customer['id']}").headed(customer["name"], customer["name"])
    screen.accessible()
    screen.press("Vì sao? E-mail", "Why? E-mail")
    expect(dialog(screen)).to_contain_text(screen.t("thêm khách hàng", "entered the customer"))
    screen.accessible()
    screen.press("Đóng", "Close", within=dialog(screen))
    screen.press("Vì sao? Doanh thu (Revenue)", "Why? Revenue")
    expect(dialog(screen)).to_contain_text(screen.t("Tổng của các đơn hàng", "The sum of the orders"))


def test_each_tab_has_its_part(screen: Screen, hub: Hub, customer: dict[str, Any]) -> None:
    """R-HRV-14, R-HRV-23, R-RWD: addresses, orders, contracts, points and the story."""
    number = code("HD")
    hub.call("POST", "/contracts", {"code": number, "customer": customer["id"], "value": 500_000, "paid": 200_000})
    screen.open(f"/customers/{customer['id']}")
    no_orders, balance = screen.t("Chưa có đơn hàng", "No orders yet"), screen.t("Số dư điểm", "Balance")
    for tab, text in zip(TABS, ("1 Lê Lợi, Huế", no_orders, number, balance, number), strict=True):
        screen.press(*tab, within=screen.page.locator("main"))
        screen.shows(text)
        screen.accessible()


@pytest.mark.once
def test_an_edit_that_meets_another_one_keeps_both(screen: Screen, hub: Hub, customer: dict[str, Any]) -> None:
    """Somebody else's change is said, and only what was typed is saved over it."""
    path = f"/customers/{customer['id']}"
    screen.open(f"{path}/edit").fill("Ghi chú", "Note", "thích màu xanh")
    hub.call("PATCH", path, {"email": "moi@example.vn"})
    screen.press("Cập nhật", "Update")
    screen.says("Có người vừa sửa khách hàng này", "Somebody changed this customer")
    screen.accessible()
    screen.refused()
    screen.press("Cập nhật", "Update")
    screen.headed(customer["name"], customer["name"])
    saved = hub.call("GET", path)
    assert (saved["email"], saved["note"]) == ("moi@example.vn", "thích màu xanh")


@pytest.mark.once
def test_leads_are_brought_down_from_the_list(screen: Screen) -> None:
    """R-SYN-13: a run begins, or is refused while another one is under way; either way its result is told."""
    screen.open("/customers").press("Đồng bộ lead", "Sync leads")
    line = screen.page.locator("#lead-sync")
    expect(line).to_contain_text(screen.t("ồng bộ lead", "lead"))
    screen.accessible()
    screen.press("Xem các lần đồng bộ và thiết lập", "See all runs and the settings", within=line)
    screen.page.wait_for_url("**/settings/lead-sync")
    screen.refused()


def test_a_customer_is_pushed_to_haravan_after_a_question(
    screen: Screen, shops: Shops, customer: dict[str, Any]
) -> None:
    """R-HRV-38…41: name, mobile and e-mail are shown before they are sent."""
    assert shops.id("haravan")
    screen.open(f"/customers/{customer['id']}")
    screen.press("Đẩy lên Haravan", "Push to Haravan")
    expect(dialog(screen)).to_contain_text("tran@example.vn")
    screen.accessible()
    screen.press("Đẩy lên Haravan", "Push to Haravan", within=dialog(screen))
    screen.says("đẩy khách hàng lên Haravan", "sent the customer to Haravan")


@pytest.mark.once
def test_who_may_only_look_finds_nothing_to_press(
    browser: Browser, console_url: str, hub: Hub, language: str, customer: dict[str, Any]
) -> None:
    """A viewer's key reads."""
    key = hub.call("POST", "/api-keys", {"name": named("xem"), "employee": "owner", "role": "viewer"})
    screen = signed_in(browser, console_url, key["key"], language)
    screen.open(f"/customers/{customer['id']}").shows("tran@example.vn")
    for vietnamese, english in (("Sửa", "Edit"), ("Đẩy lên Haravan", "Push to Haravan")):
        expect(screen.page.locator("main").get_by_text(screen.t(vietnamese, english), exact=True)).to_have_count(0)
    screen.page.context.close()
    hub.call("DELETE", f"/api-keys/{key['id']}")
