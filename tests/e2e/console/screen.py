"""A window of the console, as a person has it before them."""

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

SECONDS = 15
SIGN_IN = """([url, key]) =>
    fetch(url, {method: "POST", body: new URLSearchParams({key}), redirect: "manual"}).then(() => null)"""
expect.set_options(timeout=SECONDS * 1000)


@dataclass
class Screen:
    """errors: what the browser complained of, but for answers that the test asked for (4xx pages)."""

    page: Page
    url: str
    language: str
    errors: list[str] = field(default_factory=list)

    def t(self, vietnamese: str, english: str) -> str:
        """The text in the window's language."""
        return vietnamese if self.language == "vi" else english

    def open(self, path: str) -> "Screen":
        """Go to a page, e.g. `/customers`."""
        self.page.goto(self.url.rstrip("/") + path)
        return self

    def press(self, vietnamese: str, english: str, *, within: Locator | None = None) -> None:
        """Press the button or follow the link of this name."""
        name = self.t(vietnamese, english)
        place = within or self.page
        button = place.get_by_role("button", name=name, exact=True)
        button.or_(place.get_by_role("link", name=name, exact=True)).first.click()

    def fill(self, vietnamese: str, english: str, text: str) -> None:
        """Type into the field of this label."""
        self.page.get_by_label(self.t(vietnamese, english), exact=True).first.fill(text)

    def choose(self, vietnamese: str, english: str, option: str) -> None:
        """Choose by the option's text in the field of this label."""
        self.page.get_by_label(self.t(vietnamese, english), exact=True).first.select_option(label=option)

    def tick(self, vietnamese: str, english: str) -> None:
        """Tick the box of this label."""
        self.page.get_by_label(self.t(vietnamese, english), exact=True).first.check()

    def shows(self, text: str) -> None:
        """The text stands on the page, or will in a moment."""
        expect(self.page.locator("main").get_by_text(text).first).to_be_visible()

    def says(self, vietnamese: str, english: str) -> None:
        """The text of this language stands on the page."""
        self.shows(self.t(vietnamese, english))

    def headed(self, vietnamese: str, english: str) -> None:
        """The page's heading."""
        expect(self.page.locator("h1")).to_have_text(self.t(vietnamese, english))

    def accessible(self) -> None:
        """axe finds nothing wrong with the page as it is now."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
        assert told == [], f"{self.page.url}: {told}"

    def refused(self) -> None:
        """What the browser complained of about answers of 4xx is what the test wanted."""
        self.errors[:] = [one for one in self.errors if not re.search("status of 4|Error Code 4", one)]


def window(browser: Browser, url: str, language: str, **options: Any) -> BrowserContext:
    """Somebody's browser, with cookies of its own, that nobody has signed in with yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options)
    context.set_default_timeout(SECONDS * 1000)
    context.add_cookies([{"name": "language", "value": language, "url": url, "secure": True}])
    return context


def tab(context: BrowserContext, url: str, language: str) -> Screen:
    """A tab of the window; it notes what the browser complains of."""
    made = Screen(context.new_page(), url, language)
    made.page.on("console", lambda message: _noted(made, message))
    made.page.on("pageerror", lambda error: made.errors.append(str(error)))
    return made


def signed_in(browser: Browser, url: str, key: str, language: str, **options: Any) -> Screen:
    """A fresh window, signed in with a key; the form for that has tests of its own."""
    made = tab(window(browser, url, language, **options), url, language)
    made.page.goto(f"{url}sign-in")
    made.page.evaluate(SIGN_IN, [f"{url}sign-in", key])
    return made


def _noted(screen: Screen, message: ConsoleMessage) -> None:
    if message.type == "error":
        screen.errors.append(message.text)
