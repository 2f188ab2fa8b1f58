"""Refusals in words that may be kept: platforms repeat in them what they were sent."""

import re

_PERSONAL = re.compile(r"[\w.+-]+@[\w.-]+|\+?\d[\d .-]{5,}\d")


def masked(text: str) -> str:
    """The text without phone numbers and addresses in it."""
    return _PERSONAL.sub("…", text)
