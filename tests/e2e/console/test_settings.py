"""Cài đặt in the browser: the way to everything, duplicate settings, reward points."""

from collections.abc import Iterator
from typing import Any

import pytest

from console.screens import ROUTES
from tests.e2e.console.screen import Screen
from tests.e2e.fresh import named


@pytest.fixture
def points(hub: Any) -> Iterator[dict[str, Any]]:
    """The parameters as they were, and as they are again afterwards."""
    names = ("amount_per_point", "point_value", "min_purchases", "min_points_left", "net_of_points")
    told = hub.call("GET", "/point-settings")
    yield told
    hub.call("PATCH", "/point-settings", {name: told[name] for name in names})


def test_the_home_of_settings_leads_to_everything_that_can_be_set(screen: Screen) -> None:
    """R-OWN-02, R-SYN-02, R-DUP-03, R-RWD-03, R-TKT-02: the labels and groups of the documents."""
    screen.open("/settings").headed("Cài đặt", "Settings")
    screen.accessible()
    for vietnamese, english in (("Danh mục", "Catalogues"), ("Đồng bộ dữ liệu", "Data sync"), ("Nguồn gốc", "Sources")):
        screen.says(vietnamese, english)
    doors = [one.get_attribute("href") for one in screen.page.locator(".doors a").all()]
    assert len(doors) == 17
    assert {*doors} <= {route.rule for route in ROUTES if route.method == "GET"}


@pytest.mark.once
def test_a_field_of_the_business_is_checked_against_duplicates_and_no_more(screen: Screen, hub: Any) -> None:
    """R-DUP-04…09, A-DUP-1, A-DUP-6: what is newly unique says that old data are still gone through."""
    name = named("Cỡ giày")
    screen.open("/settings/duplicates").headed("Trùng lặp dữ liệu", "Duplicate data")
    screen.says("Luôn bắt buộc", "Always")
    screen.accessible()
    screen.press("Cài đặt", "Set up", within=screen.page.locator(".console-actions"))
    screen.press("Thêm trường riêng", "Add a field of your own")
    screen.fill("Tên trường riêng", "Name of your own field", name)
    screen.choose("Yêu cầu", "What is asked", screen.t("Trường trùng", "Unique"))
    screen.accessible()
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    screen.shows(name)
    screen.says("Đang rà soát dữ liệu cũ", "Going through old data")
    screen.accessible()

    screen.press("Cài đặt", "Set up", within=screen.page.locator(".console-actions"))
    screen.page.get_by_label(f"{screen.t('Trường trùng', 'Unique')}: {name}", exact=True).uncheck()
    screen.press("Cập nhật", "Update")
    screen.says("Đã lưu.", "Saved.")
    assert f"custom.{name}" not in [row["field"] for row in hub.call("GET", "/duplicate-settings")["fields"]]


def test_points_are_set_with_an_example_that_follows_what_is_typed(
    screen: Screen, points: dict[str, Any], hub: Any
) -> None:
    """R-RWD-03…09: A, B, N and M in plain words; what is wrong is said at its field."""
    screen.open("/settings/points").headed("Tham số điểm thưởng", "Reward point parameters")
    screen.accessible()
    screen.press("Thiết lập", "Set up")
    screen.headed("Thiết lập điểm thưởng", "Set reward points up")
    typed = {"amount_per_point": "100.000", "point_value": "1.000", "min_purchases": "2", "min_points_left": "x"}
    for name, value in typed.items():
        screen.page.locator(f"#f-{name}").fill(value)
    screen.says("Nhập đủ các số để xem ví dụ.", "Enter all numbers to see an example.")
    screen.press("Lưu", "Save")
    screen.says("Phải là số nguyên", "Must be an integer")
    screen.accessible()
    screen.refused()
    screen.page.locator("#f-min_points_left").fill("1.007")
    screen.shows("1.249.000 ₫")
    screen.press("Lưu", "Save")
    screen.says("Đã lưu.", "Saved.")
    screen.shows("≥ 1.007")
    assert hub.call("GET", "/point-settings")["min_points_left"] == 1007
