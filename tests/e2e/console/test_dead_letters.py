"""Đứng lại in the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.console.screen import Screen
from tests.e2e.console.shop_webhooks import RIGHT, WRONG, Shop, open_shop
from tests.e2e.fresh import named, phone
from tests.local.clients import Hub


@pytest.fixture
def shop(hub: Hub) -> Iterator[Shop]:
    """A shop whose new secret nobody has told the hub yet."""
    with open_shop(hub, WRONG) as made:
        yield made


def test_what_stands_still_is_tried_out_first_and_runs_again_once_its_cause_is_gone(
    screen: Screen, shop: Shop, hub: Hub
) -> None:
    """Grouped by cause; a dry run changes nothing; what still fails says why and stays."""
    shop.customer(named("Khách"), phone())
    screen.open(f"/dead-letters?connection={shop.id}").headed("Đứng lại", "Dead letters")
    screen.accessible()
    screen.press("Chữ ký không đúng", "The signature is wrong")
    screen.shows("customers/create")
    screen.accessible()
    tried(screen)
    screen.accessible()
    run(screen)
    screen.says("Đã cho chạy lại 0 mục.", "0 entries were sent to run again.")
    why = screen.t("Chữ ký không đúng", "The signature is wrong")
    expect(screen.page.locator("main td", has_text=why)).to_be_visible()
    screen.accessible()

    hub.call("PATCH", f"/connections/{shop.id}", {"credentials": {"webhook_secret": RIGHT}})
    screen.open(f"/dead-letters/group?queue=Quarantine&cause=bad_signature&connection={shop.id}")
    tried(screen)
    run(screen)
    screen.says("Đã cho chạy lại 1 mục.", "1 entry was sent to run again.")
    screen.open(f"/dead-letters?connection={shop.id}")
    screen.says("Không có gì đứng lại", "Nothing stands still")
    screen.accessible()


def tried(screen: Screen) -> None:
    """Everything of the group, but only on trial."""
    screen.press("Thử chạy lại tất cả", "Dry run of all")
    screen.says("1 mục sẽ được chạy lại. Chưa có gì thay đổi.", "1 entry would run again. Nothing has changed yet.")


def run(screen: Screen) -> None:
    """For real, after the question."""
    screen.press("Chạy lại thật", "Run again for real")
    screen.press("Chạy lại", "Run again", within=screen.page.locator("dialog[open]"))


@pytest.mark.once
def test_nothing_chosen_is_not_everything(screen: Screen) -> None:
    """A torn form that names no entry must not run all of them."""
    screen.open("/dead-letters")
    proof = screen.page.locator("input[name=_proof]").first.get_attribute("value") or ""
    origin = {"origin": screen.url.removesuffix("/console/")}
    answer = screen.page.request.post(f"{screen.url}dead-letters/redrive", form={"_proof": proof}, headers=origin)
    assert answer.status == 422
