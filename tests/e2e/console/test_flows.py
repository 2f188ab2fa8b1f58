"""Luồng dữ liệu in the browser, between two connections of its own that carry no records."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named


@pytest.fixture
def ends(hub: Any) -> Iterator[tuple[str, str]]:
    """The names of a CRMVIET and of a Haravan connection."""
    wanted: tuple[dict[str, Any], ...] = (
        {"platform": "crmviet", "name": named("CRM")},
        {"platform": "haravan", "name": named("Shop"), "credentials": {"access_token": "no-such-token"}},
    )
    made = [hub.call("POST", "/connections", one) for one in wanted]
    yield made[0]["name"], made[1]["name"]
    for one in made:
        hub.call("DELETE", f"/connections/{one['id']}")


def test_a_flow_is_added_switched_chosen_and_removed(screen: Screen, ends: tuple[str, str]) -> None:
    """R-CNV-05…18: which system feeds which, in words, and on what."""
    source, target = f"{ends[0]} (CRMVIET)", f"{ends[1]} (Haravan)"
    screen.open("/flows").headed("Luồng dữ liệu", "Flows")
    screen.accessible()
    _add(screen, source, target, "Đơn hàng", "Orders")
    screen.says("Nền tảng đích không nhận loại dữ liệu này", "The destination takes no records of that type")
    screen.accessible()
    screen.refused()
    screen.choose("Dữ liệu", "Records", screen.t("Khách hàng", "Customers"))
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    pair = screen.page.locator("section", has=screen.page.get_by_role("heading", name=ends[0]))
    expect(pair).to_contain_text(screen.t("Khi khách hàng được thêm mới", "When a customer is created"))
    pair.get_by_role("button", name=screen.t("Tắt", "Switch off")).click()
    screen.says("Đã tắt.", "Switched off.")
    expect(pair).to_contain_text(screen.t("Đang tắt", "Off"))
    pair.get_by_role("link", name=screen.t("Sửa", "Edit")).click()
    screen.headed("Sửa luồng", "Edit flow")
    screen.tick("Khi sửa", "When edited")
    screen.accessible()
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    expect(pair).to_contain_text(screen.t("thêm mới hoặc sửa", "is created or is edited"))
    pair.get_by_role("link", name=screen.t("Sửa", "Edit")).click()
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Remove", within=screen.page.locator("dialog[open]"))
    screen.says("Đã xóa.", "Deleted.")
    expect(pair).to_have_count(0)


def _add(screen: Screen, source: str, target: str, vietnamese: str, english: str) -> None:
    screen.press("Thêm mới", "Add")
    screen.choose("Từ", "From", source)
    told = screen.t("khách hàng", "customer")
    screen.choose("Đến", "To", f"{target}: {told}")
    screen.choose("Dữ liệu", "Records", screen.t(vietnamese, english))
    screen.press("Lưu", "Save")
