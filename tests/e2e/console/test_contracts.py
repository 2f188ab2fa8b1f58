"""Hợp đồng in the browser."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named, phone
from tests.local.clients import Hub

POINTS = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 0, "min_points_left": 5}


@pytest.fixture
def customer(hub: Hub) -> dict[str, Any]:
    """A customer of this test alone."""
    made: dict[str, Any] = hub.call("POST", "/customers", {"name": named("Khách"), "phone": phone()})
    return made


@pytest.fixture
def points(hub: Hub) -> None:
    """Settings of points that this file counts on; functions remember the ones before for a while."""
    changed = datetime.fromisoformat(hub.call("PATCH", "/point-settings", POINTS)["updated_at"])
    time.sleep(max(0, REMEMBERED_SECONDS - (datetime.now(UTC) - changed).total_seconds()))


def test_a_contract_is_entered_for_a_customer_who_is_found_by_typing(screen: Screen, customer: dict[str, Any]) -> None:
    """A-KV-5: value, paid and debt; what is wrong is said at its field, and nothing that was typed is lost."""
    number = code("HD")
    screen.open("/contracts").headed("Hợp đồng", "Contracts")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.headed("Thêm hợp đồng", "Add a contract")
    expect(screen.page.locator(".wrong")).to_have_count(0)
    screen.fill("Mã hợp đồng", "Contract code", number)
    screen.fill("Giá trị (đồng)", "Value (VND)", "một triệu")
    screen.page.locator("#f-customer-search").fill(customer["name"])
    screen.page.locator("#f-customer option", has_text=customer["name"]).wait_for(state="attached")
    screen.page.locator("#f-customer").select_option(customer["id"])
    screen.press("Lưu", "Save")
    screen.says("Phải là số", "Must be a number")
    screen.accessible()
    screen.refused()
    screen.fill("Giá trị (đồng)", "Value (VND)", "1.299.000")
    screen.press("Lưu", "Save")
    screen.headed(f"Hợp đồng {number}", f"Contract {number}")
    screen.shows(customer["name"])
    screen.shows("1.299.000 ₫")
    screen.accessible()


@pytest.mark.once
def test_a_contract_gets_lines_and_is_removed_after_a_question(
    screen: Screen, hub: Hub, customer: dict[str, Any]
) -> None:
    """A-RWD-3: whoever removes it is told what becomes of its points."""
    body = {"code": code("HD"), "value": 500_000, "customer": customer["id"]}
    made = hub.call("POST", "/contracts", body)
    screen.open(f"/contracts/{made['id']}/edit")
    screen.press("Thêm dòng", "Add a line")
    row = screen.page.locator("[data-rows] [data-row]")
    row.get_by_label(screen.t("Hàng hóa", "Goods"), exact=True).fill("Vải lụa")
    row.get_by_label(screen.t("Số lượng", "Quantity"), exact=True).fill("2,5")
    screen.press("Cập nhật", "Update")
    expect(row.get_by_label(screen.t("Đơn giá", "Price"), exact=True)).to_have_attribute("aria-invalid", "true")
    screen.accessible()
    screen.refused()
    row.get_by_label(screen.t("Đơn giá", "Price"), exact=True).fill("200.000")
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    screen.shows("Vải lụa")
    screen.press("Sửa", "Edit")
    screen.press("Xóa", "Delete")
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text(screen.t("Điểm đã tích", "Points it earned"))
    screen.accessible()
    screen.press("Xóa", "Delete", within=dialog)
    screen.says("Đã xóa.", "Deleted.")


@pytest.mark.usefixtures("points")
def test_points_are_redeemed_and_the_debt_falls(screen: Screen, hub: Hub, customer: dict[str, Any]) -> None:
    """R-RWD-02, A-RWD-5, A-RWD-7: balance, the most that may be redeemed, and the discount while one types."""
    paid = {"code": code("HD"), "value": 3_000_000, "paid": 3_000_000, "customer": customer["id"]}
    hub.call("POST", "/contracts", paid)
    made = hub.call("POST", "/contracts", {"code": code("HD"), "value": 500_000, "customer": customer["id"]})
    screen.open(f"/contracts/{made['id']}")
    screen.press("Đổi điểm", "Redeem points")
    screen.says("30 điểm", "30 points")
    screen.fill("Số điểm đổi", "Points to redeem", "26")
    screen.says("Nhiều hơn mức được đổi cho hợp đồng này", "More than may be redeemed for this contract")
    screen.press("Đổi điểm", "Redeem points")
    expect(screen.page.locator("#f-points-wrong")).to_be_visible()
    screen.accessible()
    screen.refused()
    screen.fill("Số điểm đổi", "Points to redeem", "25")
    screen.shows("25.000 ₫")
    screen.press("Đổi điểm", "Redeem points")
    screen.says("Đã đổi điểm.", "Points redeemed.")
    screen.shows("475.000 ₫")
    screen.says("Khách không đủ điểm để đổi sau khi giữ lại số điểm tối thiểu", "After the points that must be left")
