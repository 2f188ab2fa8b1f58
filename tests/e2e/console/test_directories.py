"""Staff, departments, groups, suppliers and contacts in the browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named, phone


def test_an_employee_joins_a_department_at_its_end(screen: Screen, hub: Any) -> None:
    """A-OWN-3: who comes without a place in the order is last; absent ones are dealt no customers."""
    department = hub.call("POST", "/departments", {"name": named("Bán hàng")})
    hub.call("POST", "/employees", {"name": named("An"), "department": department["id"]})
    name = named("Bình")
    screen.open("/settings/employees").headed("Nhân viên", "Employees")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.accessible()
    screen.fill("Tên", "Name", name)
    screen.choose("Phòng ban", "Department", department["name"])
    screen.tick("Tạm vắng", "Absent")
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    screen.open(f"/settings/employees?department={department['id']}").press(name, name)
    screen.accessible()
    made = hub.call("GET", "/employees", q=name)["items"][0]
    assert (made["position"], made["absent"], made["active"]) == (2, True, True)


@pytest.mark.once
def test_an_employee_is_somebody_in_each_connected_system(screen: Screen, hub: Any) -> None:
    """R-GA-12: their user id there is kept, and can be taken away."""
    connection = hub.call("GET", "/connections")["items"][0]
    employee = hub.call("POST", "/employees", {"name": named("Chi")})["id"]
    screen.open(f"/settings/employees/{employee}/edit")
    field = screen.page.locator(f"[id='f-users.{connection['id']}']")
    for typed, kept in (("4711", {connection["id"]: "4711"}), ("", {})):
        field.fill(typed)
        screen.press("Cập nhật", "Update")
        screen.says("Đã lưu.", "Saved.")
        assert hub.call("GET", f"/employees/{employee}")["users"] == kept
        screen.open(f"/settings/employees/{employee}/edit")


@pytest.mark.once
def test_a_department_with_staff_stays(screen: Screen, hub: Any) -> None:
    """Who works there is shown, with a way to them."""
    department = hub.call("POST", "/departments", {"name": named("Kho")})
    employee = hub.call("POST", "/employees", {"name": named("Dũng"), "department": department["id"]})
    screen.open(f"/settings/departments/{department['id']}/edit")
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Delete", within=screen.page.locator("dialog:modal"))
    screen.shows(employee["name"])
    screen.accessible()
    screen.refused()
    screen.press("nhân viên (1)", "employee (1)")
    screen.headed("Nhân viên", "Employees")
    screen.shows(employee["name"])


def test_a_customer_group_has_a_type_to_filter_by(screen: Screen) -> None:
    """crmviet.md §3: two levels."""
    name, kind = named("Khách sỉ"), named("Doanh nghiệp")
    screen.open("/settings/customer-groups/new").fill("Tên nhóm", "Name", name)
    screen.fill("Loại khách hàng", "Customer type", kind)
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    screen.fill("Loại khách hàng", "Customer type", kind)
    screen.press("Tìm kiếm", "Search")
    screen.shows(name)
    screen.accessible()


def test_a_supplier_is_entered_and_edited(screen: Screen, hub: Any) -> None:
    """A-SUP-2: code, name, phone, e-mail, address, type."""
    kind = hub.call("POST", "/catalogues/supplier-types", {"code": code("PK"), "name": named("Phụ kiện")})
    name = named("Nút áo Thành Đạt")
    screen.open("/suppliers").headed("Nhà cung cấp", "Suppliers")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.fill("Tên", "Name", name)
    screen.fill("Điện thoại", "Phone", "12")
    screen.choose("Loại nhà cung cấp", "Supplier type", kind["name"])
    screen.press("Lưu", "Save")
    screen.says("Số điện thoại không hợp lệ", "The phone number is not valid")
    screen.refused()
    screen.fill("Điện thoại", "Phone", phone())
    screen.press("Lưu", "Save")
    screen.headed(name, name)
    screen.shows(kind["name"])
    screen.accessible()


def test_a_contact_belongs_to_a_customer_and_has_a_position(screen: Screen, hub: Any) -> None:
    """R-POS-01: the position comes from the catalogue, the customer is found by typing."""
    number, company, name = phone(), named("Công ty May"), named("Đinh Thị Kế")
    hub.call("POST", "/customers", {"name": company, "phone": number})
    position = hub.call("POST", "/catalogues/contact-positions", {"name": named("Kế toán")})
    screen.open("/contacts/new").fill("Tên", "Name", name)
    screen.choose("Chức vụ", "Position", position["name"])
    screen.page.locator("#f-customer-search").fill(number)
    screen.page.locator("#f-customer option", has_text=company).wait_for(state="attached")
    screen.page.locator("#f-customer").select_option(index=1)
    screen.press("Lưu", "Save")
    screen.headed(name, name)
    screen.shows(company)
    screen.accessible()


@pytest.mark.once
def test_nobody_writes_over_what_somebody_else_changed(screen: Screen, hub: Any) -> None:
    """What was typed stays, and the page leads to the newest state."""
    supplier = hub.call("POST", "/suppliers", {"name": named("Dệt may")})["id"]
    screen.open(f"/suppliers/{supplier}/edit").fill("Địa chỉ", "Address", "Hà Nội")
    hub.call("PATCH", f"/suppliers/{supplier}", {"address": "Huế"})
    screen.press("Cập nhật", "Update")
    screen.says("Dữ liệu đã bị người khác sửa", "Somebody else has changed this")
    screen.accessible()
    screen.refused()
    assert screen.page.locator("#f-address").input_value() == "Hà Nội"
    screen.press("Tải lại bản mới nhất", "Load it again")
    expect(screen.page.locator("#f-address")).to_have_value("Huế")
