"""Words about leads, opportunities, lead sync and reports."""

WORDS: dict[str, tuple[str, str]] = {}
