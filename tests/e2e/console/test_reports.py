"""Báo cáo in the browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named


def test_the_conversion_report_is_filtered_and_every_number_opens(screen: Screen, hub: Any) -> None:
    """R-CVR-07…11: the filter's icon, from and to, department, OK; the filter is found again."""
    department = hub.call("POST", "/departments", {"name": named("Bán hàng")})
    employee = hub.call("POST", "/employees", {"name": named("Chi"), "department": department["id"]})
    lead = hub.call("POST", "/leads", {"name": named("Hà"), "owner": employee["id"]})
    hub.call("POST", "/opportunities", {"name": "Áo", "lead": lead["id"], "status": "won", "owner": employee["id"]})
    screen.open("/reports/conversion")
    screen.press("Bộ lọc", "Filter")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_label(screen.t("Phòng Ban", "Department")).select_option(label=department["name"])
    screen.accessible()
    dialog.get_by_role("button", name="OK").click()
    screen.shows(employee["name"])
    expect(screen.page.locator("tfoot")).to_contain_text("100 %")
    screen.accessible()
    screen.open("/reports/conversion")
    screen.shows(department["name"])
    row = screen.page.get_by_role("row").filter(has_text=employee["name"])
    row.get_by_role("link", name="1", exact=True).first.click()
    screen.shows(lead["name"])
    screen.accessible()
    hub.call("PATCH", "/reports/conversion/filter", {"department": None})


@pytest.mark.once
def test_a_period_that_ends_before_it_begins_is_said_at_its_field(screen: Screen) -> None:
    """A-CVR-8."""
    screen.open("/reports/conversion")
    screen.press("Bộ lọc", "Filter")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_label(screen.t("Từ ngày", "From")).fill("2026-02-01")
    dialog.get_by_label(screen.t("Đến ngày", "To")).fill("2026-01-01")
    dialog.get_by_role("button", name="OK").click()
    expect(screen.page.locator("[role=alert]")).to_be_visible()
    expect(screen.page.locator("main input[type=date]").first).to_have_value("2026-02-01")
    screen.refused()


def test_the_loss_report_shows_why_and_its_rows(screen: Screen, hub: Any) -> None:
    """R-LOST-02, A-LOST-3."""
    reason = hub.call("POST", "/catalogues/loss-reasons", {"name": named("Giá cao")})
    lead = hub.call("POST", "/leads", {"name": named("Khánh")})
    body = {"name": named("Đồng phục"), "lead": lead["id"], "status": "lost", "value": 2_500_000}
    lost = hub.call("POST", "/opportunities", {**body, "loss_reason": reason["id"]})
    screen.open("/reports/loss-reasons")
    screen.accessible()
    screen.page.get_by_role("cell", name=reason["name"]).get_by_role("link").click()
    screen.shows(lost["name"])
    screen.shows("2.500.000 ₫")


@pytest.mark.once
def test_reports_are_downloaded_as_files(screen: Screen) -> None:
    screen.open("/reports/conversion")
    with screen.page.expect_download() as download:
        screen.press("Excel", "Excel")
    assert download.value.suggested_filename.endswith(".xlsx")
