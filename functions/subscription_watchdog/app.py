"""Schedule: find webhook subscriptions that vanished, create them again and close the gap behind them."""

from typing import Any

from retailhub.runtime.schedules import watch_all


def handler(_event: dict[str, Any], _context: Any) -> dict[str, str]:
    """What was found, by connection: `fine`, `repaired` or an error's code."""
    return watch_all()
