"""/webhooks/cnv-loyalty/{connection_id}: take CNV Loyalty's notification, queue its changes."""

from typing import Any

from retailhub.platforms.cnv_loyalty.webhook import receive
from retailhub.runtime.intake import accept


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """The answer to one API Gateway event (payload format 2.0)."""
    return accept(event, "cnv_loyalty", receive)
