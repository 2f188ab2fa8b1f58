"""Loại hàng hóa in the browser."""

from typing import Any

import pytest

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named


def test_types_stand_in_a_tree_and_are_kept_in_popups(screen: Screen, hub: Any) -> None:
    """R-PT-03…12: the popup adds below a parent or on the outermost level, edits, and deletes; «Bỏ qua» does not."""
    outer, inner = named("Thời trang"), named("Áo")
    screen.open("/catalogues/product-types").headed("Loại hàng hóa", "Product types")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    popup = screen.page.locator("dialog:modal")
    screen.fill("Tên loại", "Name", outer)
    screen.fill("Mã loại", "Code", code("TT"))
    screen.accessible()
    screen.press("Lưu", "Save", within=popup)
    screen.says("Đã thêm.", "Added.")
    screen.press(f"Thêm loại con của {outer}", f"Add a child of {outer}")
    screen.fill("Tên loại", "Name", inner)
    screen.fill("Mã loại", "Code", code("AO"))
    screen.press("Lưu", "Save", within=popup)
    screen.page.locator(".tree li", has_text=outer).locator("li", has_text=inner).wait_for()
    screen.press(f"Sửa loại hàng hóa: {inner}", f"Edit product type: {inner}")
    screen.fill("Tên loại", "Name", f"{inner} sơ mi")
    screen.press("Cập nhật", "Update", within=popup)
    screen.shows(f"{inner} sơ mi")
    screen.press(f"Sửa loại hàng hóa: {inner} sơ mi", f"Edit product type: {inner} sơ mi")
    screen.press("Xóa", "Delete", within=popup)
    screen.press("Bỏ qua", "Skip", within=popup.last)
    screen.press("Xóa", "Delete", within=popup)
    screen.press("Xóa", "Delete", within=popup.last)
    screen.says("Đã xóa.", "Deleted.")
    left = hub.call("GET", "/catalogues/product-types", q=outer)["items"]
    assert [one["name"] for one in left] == [outer]
    hub.call("DELETE", f"/catalogues/product-types/{left[0]['id']}")


@pytest.mark.once
def test_a_type_with_children_stays_and_escape_leaves_the_popup(screen: Screen, hub: Any) -> None:
    """A-PT-1: the page names what stands below it."""
    outer = hub.call("POST", "/catalogues/product-types", {"name": named("Giày"), "code": code("G")})
    inner = {"name": named("Dép"), "code": code("D"), "parent": outer["id"]}
    hub.call("POST", "/catalogues/product-types", inner)
    screen.open(f"/catalogues/product-types/{outer['id']}/edit")
    popup = screen.page.locator("dialog:modal")
    screen.press("Xóa", "Delete", within=popup)
    screen.press("Xóa", "Delete", within=popup.last)
    popup.get_by_text(screen.t("Đang dùng ở:", "Used by:")).wait_for()
    popup.get_by_role("link", name=inner["name"]).wait_for()
    screen.accessible()
    screen.refused()
    screen.page.keyboard.press("Escape")
    screen.page.wait_for_url("**/catalogues/product-types")
    screen.says("Tất cả các loại", "All types")
