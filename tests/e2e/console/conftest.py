"""A real browser that is signed in to the console of the local stack, once in Vietnamese and once in English.

`CONSOLE_URL=http://127.0.0.1:8200/console/` lets the tests look at `tests.local.console_dev` instead.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.console.screen import Screen, signed_in
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


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each test runs in both languages."""
    return str(request.param)


@pytest.fixture
def screen(browser: Browser, console_url: str, stack: dict[str, Any], language: str) -> Iterator[Screen]:
    """A window of somebody who has signed in with the admin's key; no page may leave an error in its console."""
    made = signed_in(browser, console_url, stack["admin_key"], language)
    yield made
    errors = made.errors
    made.page.context.close()
    assert errors == []
