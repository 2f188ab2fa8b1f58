"""Schedule: ask Haraloyalty for what changed since the last time."""

from typing import Any

from retailhub.runtime.schedules import catch_up


def handler(_event: dict[str, Any], _context: Any) -> dict[str, list[str]]:
    """The connections whose catch-up began; one that is still under way is left alone."""
    return {"begun": catch_up("haraloyalty")}
