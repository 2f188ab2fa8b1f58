"""Names and numbers that no earlier run on the same stack has used: its records outlive a run."""

import secrets


def phone() -> str:
    """A mobile number as people write it."""
    return f"0976{secrets.randbelow(10**6):06d}"


def named(name: str) -> str:
    """The name with a mark of its own."""
    return f"{name} {secrets.token_hex(3)}"


def code(prefix: str) -> str:
    """A code with a mark of its own."""
    return f"{prefix}-{secrets.token_hex(3)}".upper()
