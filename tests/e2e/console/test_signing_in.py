"""Who comes into the console, and who does not."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, expect

from console.session import COOKIE
from tests.e2e.console.screen import Screen, signed_in
from tests.e2e.fresh import named, phone


@pytest.fixture
def screen(browser: Browser, console_url: str, stack: dict[str, Any], language: str) -> Iterator[Screen]:
    """A window of its own for every test: they sign out, and break what they came in with."""
    made = signed_in(browser, console_url, stack["admin_key"], language)
    yield made
    made.page.context.close()
    assert made.errors == []


@pytest.fixture
def viewer(browser: Browser, console_url: str, hub: Any, language: str) -> Iterator[Screen]:
    """A window of somebody who may only read."""
    key = hub.call("POST", "/api-keys", {"name": named("chỉ xem"), "employee": "lan", "role": "viewer"})
    made = signed_in(browser, console_url, key["key"], language)
    yield made
    made.page.context.close()
    hub.call("DELETE", f"/api-keys/{key['id']}")


def test_the_sign_in_page_takes_a_key_and_nothing_else(browser: Browser, console_url: str, screen: Screen) -> None:
    page = screen.page
    page.context.clear_cookies(name=COOKIE)
    screen.open("/customers?q=lan")
    screen.headed("Đăng nhập", "Sign in")
    screen.accessible()
    page.locator("#f-key").fill("rhk_guessed")
    page.locator("form[action$='/sign-in'] button").click()
    screen.says("Khóa API này không đúng hoặc đã bị thu hồi.", "This API key is wrong or has been revoked.")
    assert "next=" not in page.url, "the key's form answers on its own address"
    screen.refused()


@pytest.mark.once
def test_after_signing_in_one_is_where_one_wanted_to_be(screen: Screen, stack: dict[str, Any]) -> None:
    page = screen.page
    page.context.clear_cookies(name=COOKIE)
    screen.open("/customers?q=lan")
    page.locator("#f-key").fill(stack["admin_key"])
    page.locator("form[action$='/sign-in'] button").click()
    expect(page).to_have_url(f"{screen.url}customers?q=lan")


@pytest.mark.once
def test_a_forged_session_gets_nowhere(screen: Screen) -> None:
    cookies = screen.page.context.cookies()
    body, _, signature = next(one["value"] for one in cookies if one["name"] == COOKIE).rpartition(".")
    for forged in (f"{body}.{'0' * 64}", f"x{body}.{signature}", "", "…"):
        answer = requests.get(
            f"{screen.url}customers",
            cookies={COOKIE: forged.encode().decode("latin-1")},
            allow_redirects=False,
            timeout=10,
        )
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/console/sign-in")


@pytest.mark.once
def test_what_another_site_posts_is_refused_and_changes_nothing(screen: Screen, hub: Any) -> None:
    """The browser of a signed-in person, on a page of somebody else."""
    name = named("Từ trang lạ")
    page = screen.page
    page.route(
        "https://evil.example/**", lambda route: route.fulfill(body=_trap(screen.url, name), content_type="text/html")
    )
    page.goto("https://evil.example/")
    page.get_by_role("button").click()
    page.wait_for_url(f"{screen.url}**")
    assert hub.call("GET", "/customers", q=name)["items"] == []
    screen.refused()


def _trap(url: str, name: str) -> str:
    field = f'<input name="name" value="{name}">'
    return f'<form method="post" action="{url}customers/new">{field}<button>Quà tặng</button></form>'


@pytest.mark.once
def test_a_link_in_somebody_s_mail_leads_to_its_page_without_signing_in_again(screen: Screen) -> None:
    """The strict cookie does not come with such a link; the page asks once more by itself."""
    page = screen.page
    letter = f'<a href="{screen.url}customers?q=lan">Xem khách hàng</a>'
    page.route("https://mail.example/**", lambda route: route.fulfill(body=letter, content_type="text/html"))
    page.goto("https://mail.example/")
    page.get_by_role("link").click()
    screen.headed("Khách hàng", "Customers")
    expect(page).to_have_url(f"{screen.url}customers?q=lan")


@pytest.mark.once
def test_a_viewer_sees_lists_but_no_way_to_change_them(viewer: Screen, hub: Any) -> None:
    customer = hub.call("POST", "/customers", {"name": named("Khách"), "phone": phone()})
    viewer.open("/customers")
    viewer.headed("Khách hàng", "Customers")
    assert viewer.page.get_by_role("link", name=viewer.t("Thêm mới", "Add"), exact=True).count() == 0
    for path in ("/settings/api-keys", "/dead-letters", f"/customers/{customer['id']}/edit"):
        viewer.open(path)
        token = viewer.page.locator("input[name=_proof]").first.get_attribute("value") or ""
        answer = viewer.page.request.post(
            f"{viewer.url}customers/{customer['id']}/edit",
            form={"_proof": token, "name": "Đổi tên"},
            headers={"origin": viewer.url.removesuffix("/console/")},
        )
        assert answer.status == 403
    assert hub.call("GET", f"/customers/{customer['id']}")["name"] == customer["name"]


def test_what_was_typed_stays_when_the_session_ends_meanwhile(screen: Screen, stack: dict[str, Any]) -> None:
    name = named("Gõ dở")
    page = screen.page
    screen.open("/customers/new")
    screen.fill("Tên", "Name", name)
    page.context.clear_cookies(name=COOKIE)
    screen.press("Lưu", "Save")
    expect(page.get_by_role("dialog")).to_contain_text(screen.t("Phiên làm việc đã kết thúc", "Your session has ended"))
    screen.accessible()
    with page.context.expect_page() as opened:
        page.get_by_role("dialog").get_by_role("link").click()
    opened.value.locator("#f-key").fill(stack["admin_key"])
    opened.value.locator("form[action$='/sign-in'] button").click()
    opened.value.wait_for_url(screen.url)
    opened.value.close()
    page.get_by_role("dialog").get_by_role("button").click()
    screen.press("Lưu", "Save")
    expect(page.locator("h1")).to_contain_text(name)
    screen.refused()


def test_the_language_and_the_theme_are_chosen_and_stay(screen: Screen) -> None:
    page = screen.page
    screen.open("/customers")
    page.get_by_role("button", name=screen.t("Tối", "Dark"), exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name=screen.t("English", "Tiếng Việt")).click()
    screen.language = screen.t("en", "vi")
    screen.headed("Khách hàng", "Customers")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    screen.accessible()


@pytest.mark.once
def test_signing_out_closes_the_door(screen: Screen) -> None:
    screen.open("/")
    screen.press("Đăng xuất", "Sign out")
    screen.headed("Đăng nhập", "Sign in")
    screen.open("/customers").headed("Đăng nhập", "Sign in")


def test_a_page_that_is_not_there_says_so(screen: Screen) -> None:
    screen.open("/nowhere")
    screen.headed("Không tìm thấy", "Not found")
    screen.accessible()
    screen.refused()
