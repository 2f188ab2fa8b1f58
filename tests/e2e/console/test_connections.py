"""Tích hợp in the browser, with connections of its own, which bring no records in and are removed again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from console.platform_steps import GUIDES, NOT_ASKED
from retailhub.crm import settings_check
from retailhub.domain.instants import parse, stamp
from retailhub.platforms.registry import client_class, settings_models
from retailhub.store import pulls
from retailhub.store.dynamo import DynamoTable
from retailhub.store.pulls import Pull
from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named
from tests.local.deployment import clients
from tests.local.shops import CREDENTIALS

STRANGE = {"access_token": "no-such-token", "org_id": "1"}


@pytest.fixture
def name(hub: Any) -> Iterator[str]:
    """A name for connections; all that bear it are removed afterwards, wherever the test ended."""
    told = named("Thử nghiệm")
    yield told
    for path in [f"/connections/{one['id']}" for one in hub.all("/connections") if one["name"].startswith(told)]:
        for run in hub.call("GET", f"{path}/backfills")["items"]:
            if run["status"] == "running":
                hub.call("POST", f"{path}/backfills/{run['id']}/cancel")
        hub.call("DELETE", path)


@pytest.fixture
def strange(hub: Any, name: str) -> dict[str, Any]:
    """A Haravan connection whose token Haravan does not know."""
    wanted = {"platform": "haravan", "name": name, "record_types": ["customer", "order"], "credentials": STRANGE}
    made: dict[str, Any] = hub.call("POST", "/connections", wanted)
    return made


def test_a_shop_is_connected_tried_edited_and_removed(screen: Screen, hub: Any, name: str) -> None:
    """R-HRV-02…05, A-KV-1: exact steps, what to paste with buttons that copy it, a test in words; the secret is shown
    once, and an edit without credentials keeps them."""
    screen.open("/connections").headed("Tích hợp", "Connections")
    screen.accessible()
    screen.press("Thêm mới", "Add")
    screen.headed("Kết nối nền tảng nào?", "Which platform is to be connected?")
    screen.accessible()
    screen.page.locator("main").get_by_role("link", name="Haravan").first.click()
    screen.headed("Kết nối Haravan", "Connect Haravan")
    screen.fill("Tên hiển thị", "Display name", name)
    screen.fill("Token ứng dụng", "App token", CREDENTIALS["haravan"]["access_token"])
    screen.fill("Mã cửa hàng (org id)", "Shop's number (org id)", "abc")
    screen.press("Lưu", "Save")
    screen.says("Sai định dạng", "Not in the right form")
    screen.accessible()
    screen.refused()
    screen.fill("Mã cửa hàng (org id)", "Shop's number (org id)", CREDENTIALS["haravan"]["org_id"])
    screen.press("Lưu", "Save")
    screen.headed("Đã thêm kết nối", "The connection was added")
    screen.accessible()
    one = next(one for one in hub.all("/connections") if one["name"] == name)
    screen.shows("orders/fulfilled")
    screen.shows(one["id"])
    secret = screen.page.locator("[data-copy]").last.get_attribute("data-copy")
    screen.press("Kiểm tra kết nối", "Test the connection")
    screen.says("Kết nối tốt", "The connection works")
    screen.shows(str(secret))
    screen.accessible()
    screen.open(f"/connections/{one['id']}/edit")
    screen.fill("Tên hiển thị", "Display name", f"{name} 2")
    screen.press("Cập nhật", "Update")
    screen.headed(f"{name} 2", f"{name} 2")
    screen.press("Kiểm tra kết nối", "Test the connection")
    screen.says("Kết nối tốt", "The connection works")
    screen.press("Xóa", "Remove")
    screen.press("Xóa", "Remove", within=screen.page.locator("dialog[open]"))
    screen.says("Đã xóa.", "Deleted.")
    expect(screen.page.get_by_role("link", name=f"{name} 2")).to_have_count(0)


def test_a_store_is_set_up_with_who_gets_its_contracts(screen: Screen, hub: Any, name: str) -> None:
    """R-KV-04, R-KV-05, A-KV-1, A-KV-2: defaults and sellers are chosen by name, all types are ticked; what the
    platform refuses is said in words, and contracts without customers are warned of."""
    employee = hub.call("POST", "/employees", {"name": named("Nhân viên")})
    screen.open("/connections/new/kiotviet")
    screen.fill("Tên hiển thị", "Display name", name)
    screen.fill("Tên kết nối", "Shop code (Tên kết nối)", "khongco")
    screen.fill("Client ID", "Client ID", "nobody")
    screen.fill("Mã bảo mật", "Client secret (Mã bảo mật)", "nothing")
    screen.choose("Nhân viên phụ trách mặc định", "Default owner", employee["name"])
    screen.page.locator("summary").click()
    screen.page.get_by_role("button", name=screen.t("Thêm dòng", "Add a row")).click()
    screen.fill("Mã người bán KiotViet", "KiotViet's seller number", "12001")
    screen.choose("Nhân viên", "Employee", employee["name"])
    screen.fill("Chi nhánh lấy hóa đơn", "Branches whose invoices are taken", "mot")
    screen.press("Lưu", "Save")
    screen.says("Phải là số nguyên", "Must be an integer")
    screen.accessible()
    screen.refused()
    screen.fill("Chi nhánh lấy hóa đơn", "Branches whose invoices are taken", "41001, 41002")
    screen.press("Lưu", "Save")
    screen.says("Chưa đăng ký được webhook", "The webhooks could not be registered")
    screen.press("Kiểm tra kết nối", "Test the connection")
    screen.says("Chưa kết nối được", "The connection does not work")
    screen.accessible()
    one = next(one for one in hub.all("/connections") if one["name"] == name)
    assert one["record_types"] == ["customer", "product", "contract"]
    owner = employee["id"]
    assert one["settings"] == {"default_owner": owner, "branches": [41001, 41002], "sellers": {"12001": owner}}
    screen.open(f"/connections/{one['id']}/edit")
    screen.page.get_by_label(screen.t("Sản phẩm", "Products"), exact=True).uncheck()
    screen.press("Cập nhật", "Update")
    screen.says("Hợp đồng cần có cả khách hàng và sản phẩm", "Contracts need customers and products")
    screen.shows(f"12001 → {employee['name']}")
    screen.accessible()


@pytest.mark.once
def test_a_connection_rests_goes_on_and_gets_a_new_secret(screen: Screen, strange: dict[str, Any]) -> None:
    """A-KV-1: pausing keeps what comes; the new secret is shown this once."""
    screen.open(f"/connections/{strange['id']}")
    screen.press("Tạm dừng", "Pause")
    screen.says("Những gì đến trong lúc này được giữ lại", "What comes meanwhile is kept")
    screen.accessible()
    screen.press("Chạy tiếp", "Resume")
    screen.says("Đã chạy tiếp.", "Resumed.")
    screen.press("Đổi mã bí mật", "Change the secret")
    screen.press("Đổi mã bí mật", "Change the secret", within=screen.page.locator("dialog[open]"))
    screen.headed("Mã bí mật mới", "The new secret")
    screen.says("Mã cũ còn dùng được một ngày", "The old one stays good for a day")
    secret = screen.page.locator("[data-copy]").last.get_attribute("data-copy")
    assert secret not in (None, strange["webhook_secret"])
    screen.accessible()
    screen.page.reload()
    screen.headed(strange["name"], strange["name"])
    expect(screen.page.get_by_text(str(secret))).to_have_count(0)


def test_old_data_are_watched_stopped_and_taken_up_again(
    screen: Screen, strange: dict[str, Any], running: Callable[..., None]
) -> None:
    """R-KV-07, R-KV-09, A-KV-7: a bar that moves by itself, the time left, stop and go on."""
    running(450)
    screen.open(f"/connections/{strange['id']}?tab=sync")
    screen.shows("450 / 3.000")
    screen.says("Còn khoảng", "About")
    screen.accessible()
    running(2100)
    screen.shows("2.100 / 3.000")
    screen.press("Dừng", "Stop")
    screen.press("Dừng", "Stop", within=screen.page.locator("dialog[open]"))
    screen.says("Đã dừng.", "Cancelled.")
    screen.says("Bắt đầu đồng bộ", "Start the sync")
    screen.accessible()
    screen.page.get_by_role("button", name=screen.t("Chạy tiếp", "Go on")).click()
    screen.says("Thất bại", "Failed")
    screen.says("Nền tảng từ chối", "The platform refused")
    screen.open("/connections")
    screen.says("Đồng bộ dữ liệu cũ thất bại", "The sync of old data failed")
    screen.accessible()


@pytest.fixture
def running(stack: dict[str, Any], strange: dict[str, Any]) -> Callable[[int], None]:
    """Let old data be under way since four minutes, as many orders in as said."""
    table = DynamoTable(clients(stack["endpoint"], "dynamodb"), stack["table"])
    started = stamp(parse(strange["created_at"]) - timedelta(minutes=4))
    begun = Pull(f"{strange['id']}-old", strange["id"], "backfill", ("customer", "order"), at=1, started_at=started)

    def written(orders: int) -> None:
        known = pulls.load(table, begun.id) or begun
        counts = {"customer": {"done": 1200, "total": 1200}, "order": {"done": orders, "total": 3000}}
        table.write(pulls.put(replace(known, counts=counts, beat_at=strange["created_at"])))

    return written


@pytest.mark.once
def test_what_waits_is_told(screen: Screen, strange: dict[str, Any]) -> None:
    """Nothing waits for a new connection, and the page says so."""
    screen.open(f"/connections/{strange['id']}?tab=waiting")
    screen.says("Không có gì đang chờ", "Nothing waits")
    screen.accessible()


@pytest.mark.parametrize("platform", GUIDES)
def test_a_guide_names_what_the_api_takes(platform: str) -> None:
    """Fields, record types and what is sent there are those of the platform itself."""
    models = dict(zip(("settings", "credentials"), settings_models(platform), strict=True))
    taken = {f"{part}.{field}": info for part, model in models.items() for field, info in model.model_fields.items()}
    guide = GUIDES[platform]
    assert {one.name for one in guide.fields} | NOT_ASKED.get(platform, set()) == set(taken)
    assert {one.name for one in guide.fields if one.required} == {n for n, info in taken.items() if info.is_required()}
    assert tuple(guide.types) == settings_check.record_types(platform, None)
    assert set(guide.takes) == set(getattr(client_class(platform), "writes", ()))
