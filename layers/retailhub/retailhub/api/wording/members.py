"""Words about members and their files."""

WORDS: dict[str, tuple[str, str]] = {}
