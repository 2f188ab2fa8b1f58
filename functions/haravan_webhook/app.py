"""/webhooks/haravan/{connection_id}: take Haravan's notification, queue its changes; answer its handshake."""

from typing import Any

from retailhub.platforms.haravan.webhook import receive
from retailhub.runtime.intake import accept


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """The answer to one API Gateway event (payload format 2.0)."""
    return accept(event, "haravan", receive)
