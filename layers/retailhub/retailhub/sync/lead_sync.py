"""Lead sync: the cloud's leads come down every 5, 10 or 15 minutes, if the admin wants that (R-SYN-06, A-SYN-1)."""

from typing import Literal

from retailhub.domain.errors import Permanent
from retailhub.domain.lead_sync import LEAD_SYNC, TYPES, due
from retailhub.store import connections, pulls
from retailhub.sync import pull
from retailhub.sync.hub import Hub

Outcome = Literal["begun", "running", "not_due", "off", "not_set"]


def tick(hub: Hub) -> Outcome:
    """Begin a run if one is due. The run's own item is the lock: one that is still under way is left alone, whoever
    began it (A-SYN-6)."""
    connection = connections.load(hub.table, LEAD_SYNC)
    if connection is None:
        return "not_set"
    every = connection.settings.get("every_minutes")
    if every is None:
        return "off"
    last = pulls.load(hub.table, LEAD_SYNC)
    if not due(every, last.started_at if last else "", hub.clock()):
        return "not_due"
    try:
        return "begun" if pull.start(hub, connection, LEAD_SYNC, TYPES, LEAD_SYNC) else "running"
    except Permanent:
        return "not_set"
