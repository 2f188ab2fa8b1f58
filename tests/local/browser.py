"""The browser of the tests: Chromium or Chrome as this machine has it, else the one that Playwright keeps.

`python -m tests.local.browser` sees to it that there is one: where none is, it takes the system's package if it may,
and otherwise Playwright's own download.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.local.places import say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """The path of the browser; None: Playwright knows (`playwright install chromium`)."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in APPS if Path(path).exists()), None)


def options() -> list[str]:
    """How it is started: it calls nobody but the stack, and as root it has no sandbox of its own."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def main() -> int:
    """Find or fetch a browser; answers 1 with a sentence where neither works."""
    if executable() or _of_playwright():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("  installing Chromium, in which the console is tested")
        for words in (["update", "-qq"], ["install", "-y", "-qq", "chromium", "fonts-noto-core"]):
            subprocess.run(["apt-get", *words], check=False, stdout=subprocess.DEVNULL, env=_unasked())
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if executable() or _of_playwright():
        return 0
    say("The console is tested in a browser and none was found: install Chromium or Chrome, then run this again.")
    return 1


def _of_playwright() -> bool:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def _unasked() -> dict[str, str]:
    return {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}


if __name__ == "__main__":
    sys.exit(main())
