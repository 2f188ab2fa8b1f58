"""Words about duplicate and required fields."""

WORDS: dict[str, tuple[str, str]] = {}
