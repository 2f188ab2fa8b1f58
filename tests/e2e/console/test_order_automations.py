"""Automations of orders in the browser."""

from typing import Any

from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named


def test_an_automation_gives_each_source_to_its_person_and_is_activated(screen: Screen, hub: Any) -> None:
    """R-GA-07…14, A-GA-3, A-GA-6: the chain in three steps; a source in two branches is refused at its row."""
    name, lan, minh = named("Hai trang"), named("Lan"), named("Minh")
    for one in (lan, minh):
        hub.call("POST", "/employees", {"name": one})
    page = f"https://example.vn/{code('a').lower()}"
    screen.open("/settings/order-automations").headed("Tự động hóa đơn hàng", "Order automations")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    rows = screen.page.locator("[data-row]")
    screen.press("Thêm nhánh", "Add a branch")
    for row, employee in zip(rows.all(), (lan, minh), strict=True):
        row.get_by_label(screen.t("Nguồn đơn hàng", "Order source")).fill(page)
        row.get_by_label(screen.t("Người phụ trách", "Person in charge")).select_option(label=employee)
    screen.fill("Tên automation", "Name", name)
    screen.page.get_by_label(screen.t("Kích hoạt", "Activate"), exact=True).uncheck()
    screen.tick("Chỉ khi khách hàng chưa có người phụ trách", "Only if the customer has nobody in charge yet")
    screen.press("Lưu", "Save")
    screen.says("Nguồn đơn hàng này đã có ở một nhánh khác", "This order source stands in another branch already")
    screen.accessible()
    screen.refused()
    rows.nth(1).get_by_label(screen.t("Nguồn đơn hàng", "Order source")).fill(f"{page}/2")
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")

    screen.open(f"/settings/order-automations?q={name}")
    row = screen.page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text(screen.t("Chưa kích hoạt", "Not active"))
    expect(row).to_contain_text(minh)
    screen.press(f"Kích hoạt: {name}", f"Activate: {name}")
    screen.says("Đã bật.", "Switched on.")
    [made] = hub.all("/order-automations", q=name)
    assert (made["active"], made["order_type"], made["only_if_empty"]) == (True, "sale", True)

    screen.press(name, name)
    screen.says("Tạo đơn hàng", "An order is created")
    screen.accessible()
    screen.press(f"Sửa: {name}", f"Edit: {name}")
    screen.headed("Sửa automation", "Edit automation")
    screen.page.get_by_label(screen.t("Bỏ nhánh", "Remove the branch")).nth(1).click()
    screen.press("Lưu", "Save")
    screen.says("Đã lưu.", "Saved.")
    screen.press(f"Xóa: {name}", f"Delete: {name}")
    screen.press("Xóa", "Delete", within=screen.page.get_by_role("dialog"))
    screen.says("Đã xóa.", "Deleted.")
    assert list(hub.all("/order-automations", q=name)) == []
