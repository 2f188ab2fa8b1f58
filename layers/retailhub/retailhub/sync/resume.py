"""Resume: what waits for a platform is queued again, oldest first, portion by portion as its budget fills.

Whoever parks something for want of budget asks for a portion, and as long as more is due each portion asks for the next
one, two seconds later; a minute's schedule begins anew where nobody asks. So nothing sleeps, no receive count is burnt,
and a backlog drains as fast as the budget lets it.
"""

from dataclasses import replace

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery
from retailhub.domain.errors import Temporary, Throttled
from retailhub.domain.instants import after
from retailhub.store import events, links
from retailhub.store.table import Conflict, Item, parked_for, waiting_for
from retailhub.sync.hub import Hub
from retailhub.sync.pace import State, peek

SOON = 5.0
"""Seconds; what must wait longer is left to the minute's schedule."""
CALLS_EACH = 4
"""What one delivery may cost: look-ups by code and by phone, the create, an answer's code."""
UNKNOWN = 100
"""Calls to begin with where nobody has called yet, so that no budget is known."""
CHANGE_LEASE = 300.0
"""Seconds until a change that was queued again is taken for lost and queued once more."""


def resume(hub: Hub) -> dict[str, int]:
    """A portion for every connection; answers how many were queued again. A connection whose breaker is open is left
    alone, one that has just failed gets a single probe."""
    return {c.id: _portion(hub, c) for c in hub.directory.connections() if not c.paused}


def resume_more(hub: Hub, connection_id: str) -> int:
    """The next portion for one connection, as a queue message asks for it; answers how many were queued again."""
    connection = hub.directory.connection(connection_id)
    return _portion(hub, connection) if connection and not connection.paused else 0


def soon(error: Temporary) -> bool:
    """True if what is parked for this reason may go on within seconds, so that a portion should be asked for."""
    return isinstance(error, Throttled) and error.retry_after is not None and error.retry_after <= SOON


def _portion(hub: Hub, connection: Connection) -> int:
    now, pace = hub.clock(), peek(hub.table, connection.id)
    if pace.open_until > now:
        return 0
    room = _room(pace, now)
    most = max(1, room // CALLS_EACH)
    delivered = _deliveries(connection, hub, now, most)
    left = max(0, room - delivered * CALLS_EACH) if delivered else max(1, room)
    changed = _changes(connection, hub, now, left)
    if delivered == most or (changed and changed == left):
        hub.queues.send_resumption(connection.id, now)
    return delivered + changed


def _room(pace: State, now: str) -> int:
    """Calls that may be begun now; of a platform that has just failed only one."""
    if pace.failures:
        return 1
    return pace.room(now) if pace.per_second else UNKNOWN


def _deliveries(connection: Connection, hub: Hub, now: str, room: int) -> int:
    waiting = [links.from_item(item) for item in _due(hub, waiting_for(connection.id), now, room)]
    hub.queues.send_deliveries(
        Delivery(
            connection.platform,
            connection.id,
            link.type,
            link.record,
            link.group or link.record,
            link.version,
            link.asked,
            link.attempts,
        )
        for link in waiting
    )
    return len(waiting)


def _changes(connection: Connection, hub: Hub, now: str, room: int) -> int:
    due = _due(hub, parked_for(connection.id), now, room) if room > 0 else []
    queued = [change for item in due if (change := _leased(hub, item["pk"], after(now, CHANGE_LEASE)))]
    hub.queues.send_changes(replace(change, attempt=change.attempt + 1) for change in queued)
    return len(queued)


def _leased(hub: Hub, key: str, due: str) -> Change | None:
    """The parked change, its due time pushed on before it is queued; None if it was handled meanwhile (the index of
    what is due may lag)."""
    event = events.load(hub.table, key.removeprefix("EVENT#"))
    if event is None or event.outcome not in ("parked", "received") or event.change is None:
        return None
    try:
        hub.table.write(replace(events.put(replace(event, due_at=due)), expect=event.rev))
    except Conflict:
        return None
    return event.change


def _due(hub: Hub, partition: str, now: str, room: int) -> list[Item]:
    return hub.table.query(partition, index="due", until=f"{now}~", limit=room).items
