"""Sản phẩm in the browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.fresh import code, named
from tests.local.clients import Hub

Facts = dict[str, Any]


@pytest.fixture
def product(hub: Hub, request: pytest.FixtureRequest) -> Iterator[Facts]:
    """A product of a shop, afterwards of the type that it had; a stack that has none yet gets one from a twin."""
    known = next(hub.all("/products"), None)
    if known is None:
        twin = request.getfixturevalue("shops").twins["kiotviet"]
        made = twin.create("products", {"name": "Khăn len", "basePrice": 230000})
        known = request.getfixturevalue("found")("products", "kiotviet", made["id"])
    yield known
    hub.call("PATCH", f"/products/{known['id']}", {"product_type": known["product_type"]})


@pytest.fixture
def child(hub: Hub, product: Facts) -> Iterator[Facts]:
    """A type below another one; both are gone afterwards."""
    parent = hub.call("POST", "/catalogues/product-types", {"name": named("Thời trang"), "code": code("TT")})
    told = {"name": named("Khăn"), "code": code("KH"), "parent": parent["id"]}
    made = hub.call("POST", "/catalogues/product-types", told)
    yield made
    hub.call("PATCH", f"/products/{product['id']}", {"product_type": None})
    for one in (made, parent):
        hub.call("DELETE", f"/catalogues/product-types/{one['id']}")


def test_a_product_is_found_and_given_its_type(screen: Screen, product: Facts, child: Facts) -> None:
    """R-PT-01, R-PT-07: types are chosen from their tree; the list can be narrowed to one."""
    screen.open("/products").headed("Sản phẩm", "Products")
    screen.accessible()
    screen.fill("Mã, tên, mã vạch", "Code, name, barcode", product["name"])
    screen.press("Tìm kiếm", "Search")
    screen.says("Bỏ lọc", "Clear")
    screen.page.locator(f"a[href$='/products/{product['id']}']").click()
    screen.headed(product["name"], product["name"])
    field = screen.page.get_by_label(screen.t("Xếp vào loại", "Put into the type"))
    shown = f"\u00a0\u00a0\u00a0{child['name']} ({child['code']})"
    expect(field.locator(f"option[value={child['id']}]")).to_have_text(shown)
    field.select_option(child["id"])
    screen.press("Lưu", "Save")
    screen.says("Đã lưu.", "Saved.")
    screen.accessible()
    screen.open(f"/products?product_type={child['id']}")
    screen.shows(product["name"])
    expect(screen.page.locator("#rows tr")).to_have_count(1)
