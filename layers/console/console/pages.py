"""Pages: templates filled in for one visit. Everything that is put into a page is escaped; scripts and styles come from
this deployment alone."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from console import assets, stories, words
from console.formats import FILTERS
from console.routing import BASE

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "strict-transport-security": "max-age=31536000",
}
"""What every answer of the console carries."""


SVG = Markup(
    '<svg class="icon {}" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" focusable="false">{}</svg>'
)


def rendered(template: str, **told: Any) -> str:
    """The page as HTML."""
    return _environment().get_template(template).render(**told)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("console"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= FILTERS
    made.globals |= {"asset": assets.address, "icon": icon, "base": BASE, "words": words, "story_lines": stories.lines}
    return made


def icon(name: str, more: str = "") -> Markup:
    """An icon inside the text; it says nothing to screen readers, the words beside it do."""
    drawing = Markup(assets.icons()[name])  # noqa: S704 drawn by the icons' makers, picked when the layer was built
    return SVG.format(more, drawing)
