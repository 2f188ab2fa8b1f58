"""Tổng quan in the browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen


def test_the_dashboard_tells_how_everything_goes(screen: Screen) -> None:
    """R-CVR-01: conversion per employee stands on the dashboard; R-HL-09: groups of members at a glance."""
    screen.open("/")
    screen.headed("Tổng quan", "Dashboard")
    page = screen.page
    for panel in ("conversion", "loss-reasons", "segments", "dead-letters"):
        section = page.locator(f"section[aria-labelledby=panel-{panel}]")
        expect(section.locator(".spinner-border")).to_have_count(0)
        expect(section.locator("p, ul").first).to_be_visible()
    screen.says("Mua hàng 7 ngày gần đây", "Bought in 7 days")
    screen.accessible()


@pytest.mark.once
def test_the_menu_is_there_on_a_phone_too(screen: Screen) -> None:
    page = screen.page
    page.set_viewport_size({"width": 360, "height": 740})
    screen.open("/")
    menu = page.get_by_role("navigation", name=screen.t("Menu chính", "Main menu"))
    expect(menu).not_to_be_visible()
    page.get_by_role("button", name=screen.t("Mở hoặc đóng menu", "Open or close the menu")).click()
    menu.get_by_role("link", name=screen.t("Đơn hàng", "Orders"), exact=True).click()
    screen.headed("Đơn hàng", "Orders")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    screen.accessible()
