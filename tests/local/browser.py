"""The browser of the tests: Chromium or Chrome as this machine has it, else the one that Playwright keeps."""

import os
import shutil
from pathlib import Path

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
