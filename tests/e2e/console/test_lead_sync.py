"""Đồng bộ dữ liệu in the browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named
from tests.local.shops import CLOUD, twins_of


@pytest.fixture
def cloud(hub: Any) -> Iterator[None]:
    """An account of the cloud with a lead that nobody can ring up; the settings are as before afterwards."""
    names = ("base_url", "email", "sources", "every_minutes", "require_phone", "require_email")
    told = hub.call("GET", "/lead-sync")
    lead = {"LEAD_NAME": named("Không số"), "SOURCE": "Facebook", "EMAIL": "khong.so@example.vn"}
    twins_of(hub.stack)["crmviet"].create("leads", lead)
    yield
    hub.call("PATCH", "/lead-sync", {name: told[name] for name in names} | {"password": CLOUD["password"]})


def test_the_sync_is_set_warned_about_and_run(screen: Screen, cloud: None, hub: Any) -> None:
    """R-SYN-02…11, A-SYN-2, A-SYN-5: a blank password stays, no source warns, and the run tells what it left out."""
    screen.open("/settings/lead-sync").headed("Đồng bộ dữ liệu", "Data sync")
    screen.press("Sửa", "Edit")
    screen.fill("Email", "Email", CLOUD["email"])
    screen.fill("Password", "Password", CLOUD["password"])
    for source in ("Facebook", "Webform"):
        screen.page.get_by_label(source).uncheck()
    screen.accessible()
    screen.press("Lưu", "Save")
    screen.says("Đã lưu.", "Saved.")
    screen.says("Chưa chọn nguồn nào", "No source is ticked")
    screen.accessible()

    screen.press("Sửa", "Edit")
    expect(screen.page.get_by_label("Password")).to_have_value("")
    screen.tick("Facebook", "Facebook")
    screen.tick("Có SĐT", "With a phone")
    screen.choose("Tự động", "Automatic", screen.t("Mỗi 15 phút", "Every 15 minutes"))
    screen.press("Lưu", "Save")
    screen.says("Đã lưu.", "Saved.")
    told = hub.call("GET", "/lead-sync")
    assert (told["has_password"], told["every_minutes"], told["sources"]) == (True, 15, ["facebook"])

    screen.press("Đồng bộ ngay", "Sync now")
    screen.says("Đã bắt đầu đồng bộ lead.", "The lead sync has started.")
    newest = screen.page.locator("#rows tr").first
    expect(newest).to_contain_text(screen.t("Đã xong", "Done"))
    expect(newest).to_contain_text(screen.t("Không có SĐT", "Without a phone"))
    screen.accessible()
    screen.open("/settings/lead-sync/runs").headed("Các lần đồng bộ lead", "Runs of the lead sync")
    screen.accessible()
