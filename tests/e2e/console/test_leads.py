"""Tiềm năng in the browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named, phone
from tests.local.clients import Hub


def test_a_lead_is_entered_and_converted_with_an_opportunity(screen: Screen) -> None:
    """R-CVR-02: the lead becomes a customer, and the opportunity comes with it at once."""
    name = named("Hà")
    screen.open("/leads").headed("Tiềm năng", "Leads")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.fill("Tên", "Name", name)
    screen.fill("Điện thoại", "Phone", "123")
    screen.press("Lưu", "Save")
    screen.says("Số điện thoại không hợp lệ", "The phone number is not valid")
    screen.accessible()
    screen.refused()
    screen.fill("Điện thoại", "Phone", phone())
    screen.press("Lưu", "Save")
    screen.headed(name, name)
    screen.accessible()
    screen.press("Chuyển đổi", "Convert")
    screen.tick("Tạo cơ hội luôn", "Create one at once")
    screen.fill("Giá trị (đồng)", "Value (VND)", "5.000.000")
    screen.accessible()
    screen.press("Chuyển đổi", "Convert")
    screen.says("Đã chuyển đổi.", "Converted.")
    screen.says("Đã thành khách hàng", "Became the customer")
    screen.shows("5.000.000 ₫")


@pytest.mark.once
def test_a_lead_turns_out_to_be_a_customer_who_is_there(screen: Screen, hub: Hub) -> None:
    """R-SYN-12: nobody is made twice; the customer is found by typing."""
    customer = hub.call("POST", "/customers", {"name": named("Mai"), "phone": phone()})
    lead = hub.call("POST", "/leads", {"name": named("Mai")})
    screen.open(f"/leads/{lead['id']}/convert")
    screen.tick("Một khách hàng đã có", "A customer who is there already")
    screen.page.locator("#f-customer-search").fill(customer["name"])
    screen.page.locator("#f-customer option", has_text=customer["name"]).wait_for(state="attached")
    screen.page.locator("#f-customer").select_option(customer["id"])
    screen.press("Chuyển đổi", "Convert")
    screen.says("Đã chuyển đổi.", "Converted.")
    screen.shows(customer["name"])


@pytest.mark.once
def test_a_lead_with_an_opportunity_is_not_deleted(screen: Screen, hub: Hub) -> None:
    """A-CVR-10: the reports would lose it; the page says what hangs on the lead."""
    lead = hub.call("POST", "/leads", {"name": named("Khánh")})
    chance: dict[str, Any] = hub.call("POST", "/opportunities", {"name": named("Đồng phục"), "lead": lead["id"]})
    screen.open(f"/leads/{lead['id']}/edit")
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Delete", within=screen.page.get_by_role("dialog"))
    expect(screen.page.get_by_role("alert")).to_contain_text(chance["name"])
    screen.accessible()
    screen.refused()
    hub.call("DELETE", f"/opportunities/{chance['id']}")
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Delete", within=screen.page.get_by_role("dialog"))
    screen.says("Đã xóa.", "Deleted.")


@pytest.mark.once
def test_leads_are_narrowed_to_those_of_a_day_without_an_opportunity(screen: Screen, hub: Hub) -> None:
    """R-CVR-08: the filters stand in the address."""
    lead = hub.call("POST", "/leads", {"name": named("Lan"), "source": "webform"})
    screen.open(f"/leads?q={lead['name']}")
    screen.choose("Có cơ hội", "Has an opportunity", screen.t("Không", "No"))
    screen.page.wait_for_url("**with_opportunity=false**")
    screen.shows(lead["name"])
    screen.fill("đến ngày", "to", "2020-01-01")
    screen.press("Tìm kiếm", "Search")
    screen.says("Không tìm thấy lead nào", "No lead was found")
    screen.accessible()
