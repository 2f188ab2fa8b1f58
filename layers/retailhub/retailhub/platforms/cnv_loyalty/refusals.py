"""CNV's refusals in words that may be kept: their shape is unknown, and they may repeat somebody's phone."""

import re
from typing import Any

_PERSONAL = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d[\d .-]{5,}\d")
_KEYS = ("message", "error", "errors", "msg")


def explained(body: Any) -> str:
    """The text of a refusal, without phone numbers and addresses in it."""
    said = next((body[key] for key in _KEYS if body.get(key)), "") if isinstance(body, dict) else body
    return _PERSONAL.sub("…", str(said or ""))
