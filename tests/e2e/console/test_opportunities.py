"""Cơ hội in the browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named
from tests.local.clients import Hub


def test_an_opportunity_is_entered_on_a_lead_lost_for_a_reason_and_won_after_all(screen: Screen, hub: Hub) -> None:
    """R-CVR-03, R-LOST-01: the reason goes with the loss, and a won opportunity shows it."""
    lead = hub.call("POST", "/leads", {"name": named("Khánh")})
    reason = hub.call("POST", "/catalogues/loss-reasons", {"name": named("Giá cao")})
    name = named("Đồng phục")
    screen.open(f"/opportunities?lead={lead['id']}").headed("Cơ hội", "Opportunities")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.fill("Tên", "Name", name)
    screen.fill("Giá trị (đồng)", "Value (VND)", "2.500.000")
    screen.accessible()
    screen.press("Lưu", "Save")
    screen.headed(name, name)
    screen.shows(lead["name"])
    screen.press("Thất bại", "Lost")
    screen.choose("Nguyên nhân thất bại", "Loss reason", reason["name"])
    screen.accessible()
    screen.press("Lưu", "Save", within=screen.page.get_by_role("dialog"))
    screen.says("Đã lưu.", "Saved.")
    screen.shows(reason["name"])
    screen.accessible()
    screen.open(f"/opportunities?loss_reason={reason['id']}")
    screen.shows("2.500.000 ₫")
    screen.page.get_by_role("link", name=name).click()
    screen.press("Mở lại", "Open again")
    screen.press("Thành công", "Won")
    screen.says("Thành công lúc", "Won")
    expect(screen.page.locator("main")).not_to_contain_text(reason["name"])


@pytest.mark.once
def test_an_opportunity_belongs_to_somebody_and_is_deleted_after_a_question(screen: Screen, hub: Hub) -> None:
    """R-CVR-02: without a lead or a customer there is none."""
    screen.open("/opportunities/new")
    screen.fill("Tên", "Name", named("Áo"))
    screen.press("Lưu", "Save")
    expect(screen.page.locator("#f-lead-wrong")).to_be_visible()
    screen.accessible()
    screen.refused()
    customer = hub.call("POST", "/customers", {"name": named("Hà")})
    made = hub.call("POST", "/opportunities", {"name": named("Áo"), "customer": customer["id"]})
    screen.open(f"/opportunities/{made['id']}/edit")
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Delete", within=screen.page.get_by_role("dialog"))
    screen.says("Đã xóa.", "Deleted.")
