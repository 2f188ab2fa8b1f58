"""What people did by hand, as the audit shows it."""

from typing import Any

from retailhub.api.shapes.base import Answer, Instant
from retailhub.api.shapes.records import InBoth


class Act(Answer):
    """Who did what to which record, connection or setting, and when. id: of the event. changes: field → before, now."""

    id: str
    at: Instant
    by: str
    kind: str
    record: str
    topic: str
    text: InBoth
    changes: dict[str, list[Any]]
    decisions: list[dict[str, Any]]
