"""The catalogues in the browser: one implementation, each in the words of its page."""

from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named, phone


def popup(screen: Screen) -> Locator:
    """The dialog that is open."""
    return screen.page.locator("dialog:modal")


def test_a_loss_reason_is_added_found_edited_and_removed(screen: Screen) -> None:
    """R-LOST-04…10: Thêm mới, Lưu, Tìm kiếm by the description, Sửa, Cập nhật, Xóa with Xóa / Không."""
    name, description = named("Giá cao"), named("khách so sánh")
    screen.open("/catalogues/loss-reasons").headed("Nguyên nhân cơ hội thất bại", "Lost-opportunity reasons")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.accessible()
    screen.fill("Nguyên nhân", "Reason", name)
    screen.fill("Mô tả", "Description", description)
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    screen.fill("Từ khóa", "Keyword", description)
    screen.press("Tìm kiếm", "Search")
    screen.press(f"Sửa: {name}", f"Edit: {name}")
    screen.fill("Nguyên nhân", "Reason", f"{name} quá")
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    screen.open(f"/catalogues/loss-reasons?q={name}").press(f"Sửa: {name} quá", f"Edit: {name} quá")
    screen.press("Xóa", "Delete")
    screen.accessible()
    screen.press("Không", "No", within=popup(screen))
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Delete", within=popup(screen))
    screen.says("Đã xóa.", "Deleted.")


@pytest.mark.once
def test_what_is_missing_or_taken_is_said_at_its_field(screen: Screen, hub: Any) -> None:
    """A-LOST-1: the name is unique; what was typed stays."""
    taken = named("Hết hàng")
    hub.call("POST", "/catalogues/loss-reasons", {"name": taken})
    screen.open("/catalogues/loss-reasons/new").fill("Nguyên nhân", "Reason", taken)
    screen.fill("Mô tả", "Description", "đúng lúc cần")
    screen.press("Lưu", "Save")
    screen.page.locator("[aria-invalid=true]#f-name").wait_for()
    screen.accessible()
    screen.refused()
    assert screen.page.locator("#f-description").input_value() == "đúng lúc cần"


def test_a_ticket_priority_says_how_soon(screen: Screen) -> None:
    """R-TKT-04…10: minutes, hours or days; «Trở về» leaves the edit screen and the popup."""
    name = named("Khẩn")
    screen.open("/catalogues/ticket-priorities/new").fill("Mức ưu tiên", "Priority", name)
    screen.fill("Thời gian giải quyết", "Resolve time", "45")
    screen.choose("Đơn vị (phút, giờ, ngày)", "Unit (minutes, hours, days)", screen.t("phút", "minutes"))
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    screen.open(f"/catalogues/ticket-priorities?q={name}").says("45 phút", "45 minutes")
    screen.press(f"Sửa: {name}", f"Edit: {name}")
    screen.press("Xóa", "Delete")
    screen.press("Trở về", "Back", within=popup(screen))
    screen.accessible()
    screen.press("Trở về", "Back")
    screen.headed("Mức độ ưu tiên ticket", "Ticket priorities")


def test_a_contract_type_in_use_stays_and_shows_who_uses_it(screen: Screen, hub: Any) -> None:
    """R-CTR-10: its contracts must go first; the page names them and leads to them."""
    name, number = named("Bán sỉ"), code("HD")
    made = hub.call("POST", "/catalogues/contract-types", {"name": name})["id"]
    customer = hub.call("POST", "/customers", {"name": named("Khách"), "phone": phone()})["id"]
    contract = {"code": number, "contract_type": made, "customer": customer, "value": 100_000}
    hub.call("POST", "/contracts", contract)
    screen.open(f"/catalogues/contract-types/{made}/edit")
    screen.press("Xóa", "Delete")
    screen.press("Xóa", "Delete", within=popup(screen))
    screen.shows(number)
    screen.says("hợp đồng (1)", "contract (1)")
    screen.accessible()
    screen.refused()
    screen.press(number, number)
    screen.page.wait_for_url("**/contracts/*")


def test_a_supplier_type_shows_its_suppliers(screen: Screen, hub: Any) -> None:
    """R-SUP-10…13: «Chi tiết» shows all suppliers of the type; from there one is seen or edited."""
    mark, supplier = code("VAI"), named("Dệt may")
    made = hub.call("POST", "/catalogues/supplier-types", {"code": mark, "name": named("Vải")})
    hub.call("POST", "/suppliers", {"name": supplier, "supplier_type": made["id"]})
    screen.open(f"/catalogues/supplier-types?q={mark}")
    screen.press(f"Chi tiết: {made['name']}", f"Details: {made['name']}")
    screen.shows(supplier)
    screen.accessible()
    screen.press(f"Sửa: {supplier}", f"Edit: {supplier}")
    screen.fill("Địa chỉ", "Address", "12 Hàng Bông")
    screen.press("Cập nhật", "Update")
    screen.shows("12 Hàng Bông")


def test_positions_are_searched_by_name_alone(screen: Screen, hub: Any) -> None:
    """R-POS-10: the description is not looked into."""
    name, description = named("Kế toán"), named("giữ sổ")
    hub.call("POST", "/catalogues/contact-positions", {"name": name, "description": description})
    screen.open("/catalogues/contact-positions").fill("Từ khóa", "Keyword", description)
    screen.press("Tìm kiếm", "Search")
    screen.says("Không tìm thấy gì", "Nothing was found")
    screen.accessible()
    screen.fill("Từ khóa", "Keyword", name)
    screen.press("Tìm kiếm", "Search")
    screen.shows(name)


def test_a_source_has_a_key_and_is_removed_with_yes(screen: Screen) -> None:
    """R-SRC-04…11, A-SRC-1: a wrong key is told at the field; «Có» removes, «Không» does not."""
    key, name = code("zalo").lower(), named("Zalo")
    screen.open("/catalogues/sources/new").fill("Key", "Key", "Zalo OA")
    screen.fill("Tên", "Name", name)
    screen.press("Lưu", "Save")
    screen.says("Key chỉ gồm chữ thường", "A key consists of letters")
    screen.refused()
    screen.fill("Key", "Key", key)
    screen.press("Lưu", "Save")
    screen.says("Đã thêm.", "Added.")
    screen.open(f"/catalogues/sources?q={key}").press(f"Sửa: {name}", f"Edit: {name}")
    screen.accessible()
    screen.press("Xóa", "Delete")
    screen.press("Có", "Yes", within=popup(screen))
    screen.says("Đã xóa.", "Deleted.")


@pytest.mark.once
def test_a_built_in_source_keeps_its_key(screen: Screen) -> None:
    """A-SRC-2, A-SRC-3: only the name of what an integration writes can be edited."""
    screen.open("/catalogues/sources?q=cnv-zalo-oa").press("Sửa: CNV – Zalo OA", "Edit: CNV – Zalo OA")
    screen.shows("cnv-zalo-oa")
    screen.accessible()
    assert screen.page.locator("#f-key").count() == 0
    assert screen.page.get_by_role("button", name=screen.t("Xóa", "Delete"), exact=True).count() == 0
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
