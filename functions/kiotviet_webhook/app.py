"""/webhooks/kiotviet/{connection_id}/{type}: take KiotViet's notification, queue its changes; never answer 4xx."""

from typing import Any

from retailhub.platforms.kiotviet.webhook import receive
from retailhub.runtime.intake import accept


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """The answer to one API Gateway event (payload format 2.0)."""
    return accept(event, "kiotviet", receive, unknown_status=200)
