"""The console's first view on the local stack, in a browser that has never seen it: when the largest part is painted,
how much was transferred, what the page asked for, and that nothing moved."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.figures import Figure, at_most, exactly
from tests.e2e.console.screen import signed_in
from tests.local import browser, stack
from tests.local.places import CHECKOUT, Place

VIEWS = {"sign-in": "/sign-in", "dashboard": "/", "customers": "/customers", "connections": "/connections"}
SEEN = """() => new Promise((done) => {
  const seen = {lcp: 0, largest: "", moved: 0};
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true});
  watch("largest-contentful-paint", (one) => { seen.lcp = one.startTime; seen.largest = one.element?.tagName ?? ""; });
  watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.moved += one.value; });
  setTimeout(() => done(seen), 300);
})"""
SETTLED = 1500
"""Milliseconds after which nothing follows any more."""


def figures() -> Iterator[Figure]:
    """On a running stack, or on one of its own that is removed afterwards. Each view in a fresh browser, after one
    request has woken the function."""
    place = Place(CHECKOUT)
    running = stack.status(place)
    described = running or stack.up(place)
    try:
        with sync_playwright() as playwright:
            made = playwright.chromium.launch(executable_path=browser.executable(), args=browser.options())
            signed_in(made, described["console"], described["admin_key"], "vi").page.context.close()
            for name, path in VIEWS.items():
                yield from _view(made, described, name, path)
    finally:
        if not running:
            stack.down(place)


def _view(made: Browser, described: dict[str, Any], name: str, path: str) -> Iterator[Figure]:
    window = signed_in(made, described["console"], described["admin_key"], "vi")
    if path == "/sign-in":
        window.page.context.clear_cookies()
    received = _counted(window.page)
    window.open(path)
    window.page.wait_for_load_state("networkidle")
    window.page.wait_for_timeout(SETTLED)
    told = window.page.evaluate(SEEN)
    yield at_most(f"{name}: largest contentful paint", told["lcp"], 1000, "ms")
    yield at_most(f"{name}: transferred", received["bytes"] / 1000, 250, "kB")
    yield at_most(f"{name}: layout shift", told["moved"], 0.1)
    yield exactly(f"{name}: errors in the browser's console", len(window.errors), 0)
    window.page.context.close()


def _counted(page: Page) -> dict[str, int]:
    """How much comes over the wire from now on."""
    received = {"bytes": 0}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def came(event: dict[str, Any]) -> None:
        received["bytes"] += int(event["encodedDataLength"])

    session.on("Network.loadingFinished", came)
    return received
