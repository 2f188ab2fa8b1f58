"""Words about reward points."""

WORDS: dict[str, tuple[str, str]] = {}
