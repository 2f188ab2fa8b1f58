"""Khóa API in the browser."""

from typing import Any

from playwright.sync_api import Browser

from tests.e2e.console.screen import Screen, signed_in
from tests.e2e.fresh import named


def test_a_key_is_shown_once_and_opens_what_its_role_may(
    screen: Screen, hub: Any, browser: Browser, console_url: str
) -> None:
    """Made for an employee with a role; its holder sees no button that the role may not press; revoked, it is over."""
    employee, name = hub.call("POST", "/employees", {"name": named("Lan")}), named("Quầy 1")
    screen.open("/settings/api-keys").headed("Khóa API", "API keys")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.fill("Tên khóa", "Name", name)
    screen.choose("Nhân viên", "Employee", employee["name"])
    screen.accessible()
    screen.press("Tạo khóa", "Create the key")
    screen.headed("Khóa đã được tạo", "The key was created")
    screen.accessible()
    key = screen.page.locator(".secret").inner_text()
    theirs = signed_in(browser, console_url, key, screen.language)
    theirs.open("/catalogues/loss-reasons").headed("Nguyên nhân cơ hội thất bại", "Lost-opportunity reasons")
    assert theirs.page.get_by_role("link", name=screen.t("Thêm mới", "Add"), exact=True).count() == 0
    screen.press("Đã chép xong", "I have copied it")
    screen.shows(employee["name"])
    screen.press(f"Thu hồi: {name}", f"Revoke: {name}")
    screen.press("Thu hồi", "Revoke", within=screen.page.locator("dialog:modal"))
    screen.says("Đã thu hồi khóa.", "The key was revoked.")
    theirs.open("/customers")
    theirs.page.wait_for_url("**/sign-in*")
    theirs.page.context.close()
