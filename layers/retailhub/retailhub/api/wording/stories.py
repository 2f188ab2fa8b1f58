"""Words about what happened to a record, line by line."""

WORDS: dict[str, tuple[str, str]] = {}
