"""Ticket in the browser."""

from typing import Any

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named, phone


def test_a_ticket_gets_its_due_time_from_its_priority_and_is_settled(screen: Screen, hub: Any) -> None:
    """A-TKT-2: due is the creation plus the priority's resolve time."""
    priority = named("Thường")
    days = {"name": priority, "resolve_time": 2, "resolve_unit": "days"}
    hub.call("POST", "/catalogues/ticket-priorities", days)
    customer = hub.call("POST", "/customers", {"name": named("Khách"), "phone": phone()})
    title = named("Đổi cỡ áo")
    screen.open(f"/tickets/new?customer={customer['id']}").fill("Tiêu đề", "Title", title)
    screen.choose("Mức ưu tiên", "Priority", priority)
    screen.accessible()
    screen.press("Lưu", "Save")
    screen.headed(title, title)
    screen.shows(customer["name"])
    screen.accessible()
    screen.press("Sửa", "Edit")
    screen.choose("Trạng thái", "Status", screen.t("Đã xong", "Done"))
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    screen.open(f"/tickets?customer={customer['id']}&status=done").shows(title)
    screen.accessible()
    made = hub.call("GET", "/tickets", customer=customer["id"])["items"][0]
    assert made["due_at"] > made["created_at"]
