"""Schedule: bring leads of the CRMVIET cloud down, if the set 5, 10 or 15 minutes are over."""

from typing import Any

from retailhub.runtime.schedules import sync_leads


def handler(_event: dict[str, Any], _context: Any) -> dict[str, str]:
    """What became of it: `begun`, or why not (`off`, `not_due`, `running`, `not_set`)."""
    return {"outcome": sync_leads()}
