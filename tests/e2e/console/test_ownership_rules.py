"""Quy tắc chuyển chủ sở hữu in the browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named, phone


@pytest.fixture
def fair(hub: Any) -> dict[str, Any]:
    """A source that nobody else's customers have, and who is to get those that come from it."""
    return {
        "source": hub.call("POST", "/catalogues/sources", {"key": code("hc").lower(), "name": named("Hội chợ")}),
        "employee": hub.call("POST", "/employees", {"name": named("Lan")}),
    }


@pytest.fixture
def made(hub: Any, fair: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    """Two rules for those customers, one after the other; rules of these names are gone afterwards."""
    lines = [{"field": "source", "op": "=", "value": fair["source"]["id"]}]
    rule = {"event": "customer_created", "assign_to": {"employee": fair["employee"]["id"]}, "conditions": lines}
    rules = [hub.call("POST", "/ownership-rules", rule | {"name": named("Quy tắc")}) for _ in range(2)]
    yield rules
    for one in rules:
        hub.call("DELETE", f"/ownership-rules/{one['id']}")


def test_a_rule_is_made_tried_out_edited_and_deleted(screen: Screen, hub: Any, fair: dict[str, Any]) -> None:
    """R-OWN-03…08, R-OWN-11…25: conditions by row, the popup Sửa quy tắc, Xóa and Bỏ qua."""
    name, customer = named("Khách hội chợ"), named("Khách")
    hub.call("POST", "/customers", {"name": customer, "phone": phone(), "source": fair["source"]["id"]})
    screen.open("/settings/ownership-rules").headed("Quy tắc chuyển chủ sở hữu", "Ownership rules")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    popup = screen.page.get_by_role("dialog")
    popup.locator("#f-name").fill(name)
    screen.choose("Nhân viên", "Employee", fair["employee"]["name"])
    screen.choose("Giá trị", "Value", fair["source"]["name"])
    popup.locator("[data-row]").get_by_role("button", name=screen.t("Thêm điều kiện", "Add a condition")).click()
    another = popup.locator("[data-row]").nth(1)
    another.get_by_label(screen.t("Thông tin khách hàng", "What of the customer")).select_option("created_by")
    another.get_by_label(screen.t("So sánh", "Comparison")).select_option("!=")
    another.get_by_label(screen.t("Giá trị", "Value")).select_option(label="CRMVIET cloud")
    screen.press("Xem trước", "Preview", within=popup)
    expect(popup.get_by_role("link", name=customer)).to_be_visible()
    expect(another.get_by_label(screen.t("Giá trị", "Value"))).to_have_value("lead_sync")
    screen.accessible()
    screen.press("Lưu", "Save", within=popup)
    screen.says("Đã thêm.", "Added.")
    row = screen.page.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("!= CRMVIET cloud")

    screen.press(f"Sửa: {name}", f"Edit: {name}")
    expect(popup.get_by_role("heading").first).to_have_text(screen.t("Sửa quy tắc", "Edit rule"))
    screen.press("Bỏ điều kiện", "Remove the condition", within=another)
    screen.press("Lưu", "Save", within=popup)
    screen.says("Đã lưu.", "Saved.")
    expect(row).not_to_contain_text("CRMVIET cloud")

    screen.press(f"Xóa: {name}", f"Delete: {name}")
    screen.press("Bỏ qua", "Cancel", within=popup)
    screen.press(f"Xóa: {name}", f"Delete: {name}")
    screen.press("Xóa", "Delete", within=popup)
    screen.says("Đã xóa.", "Deleted.")
    expect(row).to_have_count(0)


@pytest.mark.once
def test_a_rule_without_conditions_and_a_name_that_is_there_are_warned_about(
    screen: Screen, made: list[dict[str, Any]], hub: Any
) -> None:
    """A-OWN-6, A-OWN-8: allowed, but said at saving."""
    screen.open("/settings/ownership-rules/new")
    popup = screen.page.get_by_role("dialog")
    popup.locator("#f-name").fill(made[0]["name"])
    popup.get_by_label(screen.t("Phòng ban, chia đều theo thứ tự nhân viên", "A department, each in turn")).check()
    popup.get_by_label(screen.t("Phòng ban", "Department"), exact=True).select_option(index=1)
    screen.press("Bỏ điều kiện", "Remove the condition", within=popup)
    popup.get_by_label(screen.t("Bật quy tắc này", "Switch this rule on")).uncheck()
    screen.press("Lưu", "Save", within=popup)
    screen.says("Đã có quy tắc khác cùng tên", "Another rule has this name")
    screen.says("Quy tắc không có điều kiện", "Without conditions the rule matches every customer")
    screen.accessible()
    screen.press("Dòng thời gian", "Timeline")
    screen.says("owner", "owner")
    screen.accessible()
    twice = [one for one in hub.all("/ownership-rules", q=made[0]["name"]) if one["id"] != made[0]["id"]]
    hub.call("DELETE", f"/ownership-rules/{twice[0]['id']}")


@pytest.mark.once
def test_rules_are_found_moved_and_switched_off(screen: Screen, made: list[dict[str, Any]], hub: Any) -> None:
    """R-OWN-26, A-OWN-1, A-OWN-10: the order counts, so it is moved row by row."""
    first, second = (one["name"] for one in made)
    screen.open("/settings/ownership-rules")
    screen.press(f"Lên: {second}", f"Up: {second}")
    names = screen.page.locator("#rows td.first a")
    expect(names.filter(has_text="Quy tắc").first).to_have_text(second)
    order = [one["name"] for one in hub.all("/ownership-rules")]
    assert order.index(second) < order.index(first)

    screen.fill("Tên quy tắc", "Name", first)
    screen.press("Tìm kiếm", "Search")
    expect(names).to_have_text([first])
    screen.press(f"Tắt: {first}", f"Switch off: {first}")
    screen.says("Đã tắt.", "Switched off.")
    assert hub.call("GET", f"/ownership-rules/{made[0]['id']}")["active"] is False


@pytest.mark.once
def test_all_active_rules_are_tried_out_at_once(screen: Screen, made: list[dict[str, Any]]) -> None:
    """Who would get which customers, without writing anything."""
    screen.open("/settings/ownership-rules").press("Xem trước", "Preview")
    screen.headed("Xem trước các quy tắc đang bật", "Preview of the rules that are on")
    screen.says("không có gì được thay đổi", "nothing was changed")
    screen.accessible()
    screen.press("Sửa thông tin khách hàng", "A customer's information is edited")
    screen.says("được sửa thông tin:", "were edited now:")
