"""CNV's refusals in words that may be kept: their shape is unknown, and they may repeat somebody's phone."""

from typing import Any

from retailhub.platforms.masking import masked

_KEYS = ("message", "error", "errors", "msg")


def explained(body: Any) -> str:
    """The text of a refusal, without phone numbers and addresses in it."""
    said = next((body[key] for key in _KEYS if body.get(key)), "") if isinstance(body, dict) else body
    return masked(str(said or ""))
