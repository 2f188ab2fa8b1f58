"""Sự kiện in the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.console.shop_webhooks import WRONG, Shop, open_shop
from tests.e2e.fresh import named, phone
from tests.local.clients import Hub


@pytest.fixture
def shop(hub: Hub) -> Iterator[Shop]:
    """A shop of this test alone."""
    with open_shop(hub) as made:
        yield made


def test_a_customer_asks_and_their_events_are_found_by_phone_and_by_the_shops_id(screen: Screen, shop: Shop) -> None:
    """What came, when, by which way, what became of it, and on to the record."""
    name, number = named("Khách"), phone()
    there = shop.customer(name, number)
    screen.open("/events").headed("Sự kiện", "Events")
    screen.accessible()
    screen.fill("Điện thoại khách hàng", "Customer's phone", number)
    screen.press("Tìm kiếm", "Search")
    screen.shows(name)
    screen.fill("Điện thoại khách hàng", "Customer's phone", "")
    screen.fill("Mã", "Code", there)
    screen.choose("Kết quả", "Outcome", screen.t("Đã áp dụng", "Applied"))
    screen.shows(name)
    expect(screen.page.locator("#rows tr")).to_have_count(1)
    screen.accessible()
    screen.page.locator("#rows time").click()
    screen.headed(f"Khách hàng: {name}", f"Customer: {name}")
    screen.says("báo: khách hàng mới", "reports a new customer")
    screen.shows("customers/create")
    screen.accessible()
    screen.press("Mở khách hàng", "Open customer")
    screen.headed(name, name)


@pytest.mark.once
def test_what_waits_tells_what_to_do(screen: Screen, shop: Shop) -> None:
    """Somebody knows the shop's address but no secret; nothing of theirs is believed."""
    shop.customer(named("Khách giả"), phone(), key=WRONG)
    screen.open(f"/events?connection={shop.id}&outcome=parked")
    screen.page.locator("#rows time").click()
    screen.says("Cần làm gì?", "What to do?")
    screen.says("dữ liệu của bạn không bị ảnh hưởng", "your data are not touched")
    screen.page.locator("summary", has_text=screen.t("Nội dung đã giữ lại", "The content that was kept")).click()
    screen.shows("Khách giả")
    screen.accessible()
    screen.press("Cho chạy lại", "Run again")
    screen.headed("Chữ ký không đúng", "The signature is wrong")


@pytest.mark.once
def test_a_search_that_finds_nothing_says_so(screen: Screen) -> None:
    screen.open("/events?code=KHONG-CO-MA-NAY")
    screen.says("Không tìm thấy sự kiện nào", "No event was found")
    screen.accessible()
