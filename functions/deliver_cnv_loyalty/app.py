"""SQS (FIFO): bring records' newest state to CNV Loyalty, one delivery at a time per customer."""

from typing import Any

from retailhub.runtime.delivering import deliver_batch


def handler(event: dict[str, Any], context: Any) -> Any:
    """Partial batch response: the deliveries that must come again."""
    return deliver_batch(event, context)
