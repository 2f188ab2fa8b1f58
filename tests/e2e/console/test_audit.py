"""Nhật ký thao tác in the browser."""

from typing import Any

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named


def test_the_audit_tells_before_and_after_with_names(screen: Screen, hub: Any) -> None:
    """Who changed what, when, from what to what; narrowed by kind and person."""
    first = hub.call("POST", "/departments", {"name": named("Kho")})
    second = hub.call("POST", "/departments", {"name": named("Giao hàng")})
    employee = hub.call("POST", "/employees", {"name": named("Giang"), "department": first["id"]})
    hub.call("PATCH", f"/employees/{employee['id']}", {"department": second["id"]})
    screen.open("/settings/audit").headed("Nhật ký thao tác", "Audit log")
    screen.accessible()
    screen.choose("Loại", "Kind", screen.t("nhân viên", "employee"))
    screen.page.wait_for_url("**kind=employee**")
    edited = screen.page.locator("tr", has_text=employee["name"]).first
    edited.locator("del", has_text=first["name"]).wait_for()
    assert second["name"] in edited.inner_text()
    assert first["id"] not in edited.inner_text()
    screen.choose("Người thực hiện", "Person", "owner")
    screen.page.wait_for_url("**by=owner**")
    edited.wait_for()
    screen.accessible()
    screen.press(employee["name"], employee["name"])
    screen.headed(employee["name"], employee["name"])
