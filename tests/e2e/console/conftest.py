"""A real browser that is signed in to the console of the local stack, once in Vietnamese and once in English.

`CONSOLE_URL=http://127.0.0.1:8200/console/` lets the tests look at `tests.local.console_dev` instead.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.e2e.console.screen import Screen, signed_in, tab
from tests.local.browser import executable, options


@pytest.fixture(scope="session")
def console_url(stack: dict[str, Any]) -> str:
    """Where the console is, with a slash at its end."""
    return os.environ.get("CONSOLE_URL", stack["console"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=executable(), args=options())
        yield made
        made.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs in both languages, but for what is no screen's main act."""
    if "language" in metafunc.fixturenames:
        once = metafunc.definition.get_closest_marker("once") is not None
        metafunc.parametrize("language", ["vi"] if once else ["vi", "en"])


@pytest.fixture(scope="session")
def windows(browser: Browser, console_url: str, stack: dict[str, Any]) -> dict[str, BrowserContext]:
    """The admin's window in each language: light in Vietnamese, dark in English, so that both are looked at."""
    themes: dict[str, Any] = {"vi": "light", "en": "dark"}
    keys = console_url, stack["admin_key"]
    return {each: signed_in(browser, *keys, each, color_scheme=theme).page.context for each, theme in themes.items()}


@pytest.fixture
def screen(windows: dict[str, BrowserContext], console_url: str, language: str) -> Iterator[Screen]:
    """A tab of somebody who has signed in with the admin's key; no page may leave an error in its console."""
    made = tab(windows[language], console_url, language)
    yield made
    made.page.close()
    assert made.errors == []
