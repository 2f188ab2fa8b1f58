"""Schedule: ask KiotViet for what changed since the last time, in case a notification was lost."""

from typing import Any

from retailhub.runtime.schedules import catch_up


def handler(_event: dict[str, Any], _context: Any) -> dict[str, list[str]]:
    """The connections whose catch-up began; one that is still under way is left alone."""
    return {"begun": catch_up("kiotviet")}
