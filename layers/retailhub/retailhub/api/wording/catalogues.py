"""Words about catalogues and the business's own records."""

WORDS: dict[str, tuple[str, str]] = {}
