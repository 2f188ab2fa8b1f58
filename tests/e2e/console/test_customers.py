"""Khách hàng in the browser."""

from typing import Any

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named, phone


def test_a_customer_is_entered_found_and_edited(screen: Screen, hub: Any) -> None:
    """R-DUP-07: what is wrong is said at its field, and nothing that was typed is lost."""
    name = named("Khách")
    screen.open("/customers").headed("Khách hàng", "Customers")
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
    screen.open(f"/customers?q={name}")
    screen.shows(name)
