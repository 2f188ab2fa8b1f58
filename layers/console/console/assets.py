"""What pages load: stylesheets, scripts and icons, from this package alone, each under a name that changes with it."""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path

from console.routing import BASE

STATIC = Path(__file__).parent / "static"
VENDOR = STATIC / "vendor"
FILES = {
    "tabler.css": VENDOR / "tabler.css",
    "htmx.js": VENDOR / "htmx.js",
    "console.css": STATIC / "console.css",
    "console.js": STATIC / "console.js",
    "theme.js": STATIC / "theme.js",
    "logo.svg": STATIC / "logo.svg",
}
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@cache
def address(name: str) -> str:
    """Where a page finds a file."""
    stem, _, kind = name.rpartition(".")
    mark = hashlib.sha256(FILES[name].read_bytes()).hexdigest()[:12]
    return f"{BASE}/assets/{stem}.{mark}.{kind}"


@cache
def served(asked: str) -> tuple[str, bytes] | None:
    """Media type and compressed content of a file by its marked name, or None."""
    stem, _, rest = asked.partition(".")
    name = f"{stem}.{rest.rpartition('.')[2]}"
    if name not in FILES or address(name) != f"{BASE}/assets/{asked}":
        return None
    return KINDS[FILES[name].suffix], gzip.compress(FILES[name].read_bytes(), 9, mtime=0)


@cache
def icons() -> dict[str, str]:
    """Icon → its drawing, for inside an svg element of 16 by 16."""
    drawn: dict[str, str] = json.loads((VENDOR / "icons.json").read_text())
    return drawn
