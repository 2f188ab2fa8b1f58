"""Hồ sơ thành viên and Khách hàng từ Haravan in the browser."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named, phone
from tests.local.shops import twins_of

HEAD = "Số điện thoại,Họ tên,Giới tính,Điểm đầu kỳ,Hạng thành viên,Lần cuối mua hàng,Sở thích"
SEARCH = ("Tên, điện thoại, e-mail, mã, số thẻ", "Name, phone, e-mail, code, card")
Come = Callable[..., str]


@pytest.fixture
def from_haravan(hub: Any, request: pytest.FixtureRequest) -> Come:
    """Enter somebody at the Haravan shop and wait until the hub knows them; answers their name."""
    if not any(one["platform"] == "haravan" for one in hub.all("/connections")):
        request.getfixturevalue("shops")
    shop = twins_of(hub.stack)["haravan"]

    def come(name: str, **fields: str) -> str:
        shop.create("customers", {"first_name": name, **fields})
        deadline = time.monotonic() + 30
        while not list(hub.all("/members", list="haravan", q=name)):
            assert time.monotonic() < deadline, f"{name} did not arrive"
            time.sleep(0.2)
        return name

    return come


def _opening_file(*rows: str) -> FilePayload:
    return {"name": "dau-ky.csv", "mimeType": "text/csv", "buffer": "\n".join((HEAD, *rows)).encode()}


def _member(hub: Any, **given: str) -> str:
    """A member of the opening file who bought today; answers their name."""
    name, today = named("Hội viên"), datetime.now().astimezone().strftime("%d/%m/%Y")
    row = f"{phone()},{name},{given.get('gender', 'Nữ')},250,{given.get('level', 'Bạc')},{today},"
    hub.send("/members/import", f"{HEAD}\n{row}".encode(), "text/csv")
    return name


def test_members_are_found_by_a_saved_filter_and_further_ones(screen: Screen, hub: Any) -> None:
    """R-HL-06, R-HL-08, R-HL-10, A-HL-9: filters hold together, and each can be taken away again."""
    silver, gold = _member(hub, level="Bạc"), _member(hub, level="Vàng")
    page, rows = screen.page, screen.page.locator("#rows")
    screen.open("/members").headed("Hồ sơ thành viên", "Member profiles")
    page.get_by_role("link", name=screen.t("Mua hàng 7 ngày gần đây", "Bought in 7 days")).click()
    screen.says("trong 7 ngày", "within 7 days")
    screen.press("Thêm bộ lọc", "Add filter")
    screen.choose("Giới tính", "Gender", screen.t("Nữ", "Female"))
    screen.fill("Hạng thành viên", "Tier", "bạc")
    screen.accessible()
    screen.press("Áp dụng", "Apply")
    screen.says("Giới tính: Nữ", "Gender: Female")
    expect(rows.get_by_text(silver)).to_be_visible()
    expect(rows.get_by_text(gold)).to_have_count(0)
    screen.accessible()
    screen.press("Bỏ bộ lọc: Hạng thành viên", "Remove the filter: Tier")
    expect(rows.get_by_text(gold)).to_be_visible()
    screen.fill(*SEARCH, gold)
    screen.press("Tìm kiếm", "Search")
    expect(rows.get_by_text(silver)).to_have_count(0)
    expect(rows.get_by_text(gold)).to_be_visible()


@pytest.mark.once
def test_everybody_chooses_their_own_columns(screen: Screen, hub: Any) -> None:
    """R-HL-07, A-HL-5: exactly those are shown, in both lists, until the default is asked for."""
    name, page = _member(hub), screen.page
    screen.open(f"/members?q={name}").press("Cột hiển thị", "Columns")
    screen.accessible()
    boxes = page.get_by_role("dialog").get_by_role("checkbox")
    for box in boxes.all():
        box.set_checked(box.get_attribute("value") in ("name", "level", "revenue"))
    screen.press("Lưu", "Save", within=page.get_by_role("dialog"))
    labels = [screen.t("Họ tên", "Name"), screen.t("Hạng thành viên", "Tier")]
    expect(page.locator("thead th")).to_have_text([*labels, screen.t("Doanh thu theo đơn hàng", "Revenue by orders")])
    screen.shows(name)
    screen.press("Cột hiển thị", "Columns")
    screen.press("Về mặc định", "Back to the default")
    expect(page.locator("thead th")).to_have_count(17)


@pytest.mark.once
def test_an_admin_says_how_the_saved_filters_are_read(screen: Screen) -> None:
    """A-HL-1: within the days, or not for as long."""
    screen.open("/members?segment=bought_7_days").press("Cách hiểu bộ lọc", "How filters are read")
    screen.accessible()
    screen.tick("Người không mua từ 7 ngày / 30 ngày trở lên", "Who has not bought for 7 / 30 days or more")
    screen.press("Lưu", "Save", within=screen.page.get_by_role("dialog"))
    screen.says("từ 7 ngày trước trở về trước", "7 days ago or more")
    screen.press("Cách hiểu bộ lọc", "How filters are read")
    screen.tick("Người có mua trong 7 ngày / 30 ngày qua", "Who bought within the last 7 / 30 days")
    screen.press("Lưu", "Save", within=screen.page.get_by_role("dialog"))
    screen.says("trong 7 ngày", "within 7 days")


def test_many_haravan_customers_are_activated_at_once(screen: Screen, from_haravan: Come) -> None:
    """R-HL-17, R-HL-18, A-HL-8: who cannot be a member is named with the reason; members have no box."""
    crowd, page = named("Đám"), screen.page
    fine, other = (from_haravan(f"{who} {crowd}", phone=phone()) for who in ("An", "Bình"))
    without_phone = from_haravan(f"Chi {crowd}")
    screen.open(f"/haravan-customers?segment=unregistered&q={crowd}")
    screen.headed("Khách hàng từ Haravan", "Customers from Haravan")
    button = page.get_by_role("button", name=screen.t("Kích hoạt thành viên (", "Activate as members ("))
    expect(button).to_be_disabled()
    screen.tick("Chọn tất cả trên trang này", "Tick all on this page")
    expect(button).to_contain_text("(3)")
    screen.accessible()
    button.click()
    screen.accessible()
    screen.press("Kích hoạt", "Activate", within=page.get_by_role("dialog"))
    screen.says("2 đã kích hoạt, 1 bị từ chối", "2 activated, 1 refused")
    screen.says("Chưa có số điện thoại", "There is no phone number")
    screen.accessible()
    expect(page.locator("#rows").get_by_role("link", name=fine)).to_have_count(0)
    expect(page.locator("#rows").get_by_role("link", name=without_phone)).to_be_visible()
    screen.open(f"/haravan-customers?q={other}")
    screen.says("Đã đăng ký", "Registered")
    expect(page.get_by_role("checkbox", name=other)).to_have_count(0)


@pytest.mark.once
def test_a_haravan_customer_is_looked_at_and_activated(screen: Screen, from_haravan: Come) -> None:
    """R-HL-05, R-HL-15, A-HL-8: who they are, what the programme keeps, and one button."""
    name = from_haravan(named("Khách"), phone=phone())
    screen.open(f"/haravan-customers?q={name}").press(name, name)
    screen.headed(name, name)
    screen.says("Thông tin cá nhân", "Personal information")
    screen.says("Thông tin tích điểm", "Loyalty information")
    screen.accessible()
    screen.press("Kích hoạt thành viên", "Activate as a member")
    screen.press("Kích hoạt", "Activate", within=screen.page.get_by_role("dialog"))
    screen.says("Đã kích hoạt thành viên.", "Activated.")
    screen.says("Bằng tay", "By hand")
    screen.press("Trang khách hàng", "Customer page")
    screen.headed(name, name)


def test_an_opening_file_is_looked_at_before_it_is_taken_in(screen: Screen, hub: Any) -> None:
    """R-HL-02, A-HL-6: the preview writes nothing; the receipt has a line for every row, those at fault first."""
    name, page = named("Bà Năm"), screen.page
    file = _opening_file(f"{phone()},{name},Nữ,1.250,Bạc,10/05/2024,trà", "12,Sai số,Nữ,1,,,")
    screen.open("/members").press("Nhập dữ liệu đầu kỳ", "Import opening data")
    screen.headed("Nhập dữ liệu đầu kỳ", "Import opening data")
    screen.accessible()
    page.locator("#f-file").set_input_files(file)
    screen.says("Dòng 3, Số điện thoại: Số điện thoại không hợp lệ", "Row 3, Phone: The phone number is not valid")
    screen.shows("1.250")
    screen.shows("Sở thích")
    screen.accessible()
    assert list(hub.all("/members", q=name)) == []
    screen.press("Nhập 1 dòng", "Import 1 rows")
    screen.says("Đã nhập xong", "Imported")
    expect(page.locator("#result tbody tr").first).to_contain_text(screen.t("Bị từ chối", "Refused"))
    screen.accessible()
    with page.expect_download() as told:
        screen.press("Tải kết quả", "Download the receipt")
    assert told.value.suggested_filename == "ket-qua-nhap.csv"
    page.get_by_text(screen.t("Các dòng đã nhận (1)", "Rows taken (1)")).click()
    screen.press("Xem thành viên của dòng 2", "See the member of row 2")
    screen.headed(name, name)
    screen.says("Tệp đầu kỳ", "Opening file")


@pytest.mark.once
def test_a_file_that_is_none_is_refused_and_another_can_be_chosen(screen: Screen) -> None:
    """A-HL-6: what is wrong is said before anything is written."""
    page = screen.page
    screen.open("/members/import")
    page.locator("#f-file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    screen.says("Chỉ nhận tệp CSV (text/csv) hoặc XLSX", "Only a CSV (text/csv) or an XLSX file is taken")
    screen.accessible()
    screen.refused()
    page.locator("#f-file").set_input_files(_opening_file(f"{phone()},Lan,,,,,"))
    screen.says("Nhập 1 dòng", "Import 1 rows")


@pytest.mark.parametrize("kind", ["XLSX", "CSV"])
@pytest.mark.once
def test_the_template_is_downloaded(screen: Screen, kind: str) -> None:
    """A-HL-6."""
    screen.open("/members/import")
    with screen.page.expect_download() as told:
        screen.press(f"Tệp mẫu {kind}", f"Template {kind}")
    assert told.value.suggested_filename == f"hoi-vien-dau-ky.{kind.lower()}"
