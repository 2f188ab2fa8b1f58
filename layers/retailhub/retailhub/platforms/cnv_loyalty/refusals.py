"""CNV's refusals in words that may be kept: their shape is unknown, and they may repeat somebody's phone."""

from typing import Any

_KEYS = ("message", "error", "errors", "msg")


def explained(body: Any) -> str:
    """The text of a refusal."""
    said = next((body[key] for key in _KEYS if body.get(key)), "") if isinstance(body, dict) else body
    return str(said or "")
