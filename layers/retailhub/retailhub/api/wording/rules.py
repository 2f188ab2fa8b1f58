"""Words about ownership rules and order automations."""

WORDS: dict[str, tuple[str, str]] = {}
