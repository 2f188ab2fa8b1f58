"""`python -m tests.local.screenshots FOLDER [part of a path …]`: a picture of every screen of the console on the
running local stack, in both languages, at 360 and 1920 pixels, light and dark, to be looked at as a shop manager would.
`make screenshots` renews those of the README (`tests/local/screens/`)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.console.screen import signed_in
from tests.local import browser, stack
from tests.local.clients import Hub
from tests.local.places import CHECKOUT, Place, say

WIDTHS, THEMES, LANGUAGES = (360, 1920), ("light", "dark"), ("vi", "en")
PLAIN = (
    *(
        "/",
        "/customers",
        "/customers/new",
        "/members",
        "/haravan-customers",
        "/members/import",
        "/contacts",
        "/reviews",
    ),
    *("/leads", "/leads/new", "/opportunities", "/opportunities/new", "/orders", "/contracts", "/contracts/new"),
    *("/products", "/suppliers", "/tickets", "/tickets/new", "/reports/conversion", "/reports/loss-reasons"),
    *("/connections", "/connections/new", "/connections/new/kiotviet", "/connections/new/haravan", "/flows"),
    *("/events", "/dead-letters", "/settings", "/settings/ownership-rules", "/settings/ownership-rules/new"),
    *("/settings/order-automations", "/settings/order-automations/new", "/settings/duplicates", "/settings/points"),
    *("/settings/lead-sync", "/settings/employees", "/settings/departments", "/settings/customer-groups"),
    *("/settings/api-keys", "/settings/audit", "/catalogues/loss-reasons", "/catalogues/ticket-priorities"),
    *("/catalogues/ticket-priorities/new", "/catalogues/contract-types", "/catalogues/product-types"),
    *("/catalogues/supplier-types", "/catalogues/contact-positions", "/catalogues/sources"),
)
ONE_OF = {
    "/customers": ("", "?tab=addresses", "?tab=orders", "?tab=contracts", "?tab=points", "?tab=timeline", "/edit"),
    "/orders": ("",),
    "/contracts": ("", "/edit"),
    "/products": ("",),
    "/leads": ("", "/convert"),
    "/opportunities": ("",),
    "/connections": ("", "?tab=sync", "?tab=waiting"),
    "/events": ("",),
}
"""List of the API → what is added to the address of its first item."""
README = {
    "overview": "/",
    "customer": "/customers/{customer}?tab=timeline",
    "connection": "/connections/{connection}",
    "rule": "/settings/ownership-rules/{rule}",
    "events": "/events",
}


def paths(hub: Hub) -> Iterator[str]:
    """Every screen that the shop's records have something to show on."""
    yield from PLAIN
    for path, endings in ONE_OF.items():
        for one in hub.call("GET", path, limit=1)["items"]:
            yield from (f"{path}/{one['id']}{ending}" for ending in endings)


def pictures(described: dict[str, Any], folder: Path, wanted: list[str]) -> None:
    """Take them; the name tells path, width, theme and language."""
    folder.mkdir(parents=True, exist_ok=True)
    every = [path for path in paths(Hub(described)) if not wanted or any(part in path for part in wanted)]
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=browser.executable(), args=browser.options())
        for width in WIDTHS:
            for theme in THEMES:
                for language in LANGUAGES:
                    _taken(made, described, every, folder, width, theme, language)


def _taken(
    made: Browser, described: dict[str, Any], every: list[str], folder: Path, width: int, theme: Any, language: str
) -> None:
    url = os.environ.get("CONSOLE_URL", described["console"])
    window = signed_in(made, url, described["admin_key"], language, color_scheme=theme)
    window.page.set_viewport_size({"width": width, "height": 900})
    for path in every:
        window.open(path)
        window.page.wait_for_load_state("networkidle")
        name = path.strip("/").replace("/", "_").replace("?", "_") or "home"
        window.page.screenshot(path=folder / f"{name[:60]}.{width}.{theme}.{language}.png", full_page=True)
        for error in window.errors:
            say(f"{path}: {error}")
        window.errors.clear()
    window.page.context.close()


def of_readme(described: dict[str, Any], folder: Path) -> None:
    """The five of the README: small files, at the size of a laptop."""
    hub = Hub(described)
    folder.mkdir(parents=True, exist_ok=True)
    first = {"connection": "/connections", "rule": "/ownership-rules"}
    known = {name: hub.call("GET", path, limit=1)["items"][0]["id"] for name, path in first.items()}
    buyers = [one for one in hub.all("/customers", is_buyer="true") if one["owner"] or one["total_orders"]]
    known["customer"] = max(buyers, key=lambda one: one["total_orders"])["id"]
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=browser.executable(), args=browser.options())
        for name, path in README.items():
            theme: Any = "dark" if name == "events" else "light"
            url = os.environ.get("CONSOLE_URL", described["console"])
            window = signed_in(made, url, described["admin_key"], "vi", color_scheme=theme)
            window.open(path.format(**known))
            window.page.wait_for_load_state("networkidle")
            window.page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=70)
            window.page.context.close()


def main(arguments: list[str]) -> int:
    described = stack.status(Place(CHECKOUT))
    if described is None:
        say("the local stack does not run; start it with: make up")
        return 1
    if arguments:
        pictures(described, Path(arguments[0]), arguments[1:])
    else:
        of_readme(described, CHECKOUT / "tests" / "local" / "screens")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
