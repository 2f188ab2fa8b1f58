"""Resume: once a minute what waits for a platform is queued again, oldest first, no more than its budget can take."""

from dataclasses import replace

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery
from retailhub.domain.instants import after
from retailhub.store import events, links
from retailhub.store.table import Conflict, Index, Item, parked_for, waiting_for
from retailhub.sync.hub import Hub
from retailhub.sync.pace import peek

EVERY_SECONDS = 60.0
PER_RUN = 500
"""The most that one run queues for a connection; less where its budget fills more slowly than that."""
PROBE = 1
CHANGE_LEASE = 300.0
"""Seconds until a change that was queued again is taken for lost and queued once more."""


def resume(hub: Hub) -> dict[str, int]:
    """Queue what is due again; answers how many per connection. A connection whose breaker is open is left alone, one
    that has just failed gets a single probe."""
    return {c.id: _resume(c, hub) for c in hub.directory.connections() if not c.paused}


def _resume(connection: Connection, hub: Hub) -> int:
    now, pace = hub.clock(), peek(hub.table, connection.id)
    if pace.open_until > now:
        return 0
    room = PROBE if pace.failures else min(PER_RUN, int(pace.per_second * EVERY_SECONDS) or PER_RUN)
    delivered = _deliveries(connection, hub, now, room)
    return delivered + _changes(connection, hub, now, room - delivered)


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
    index: Index = "due"
    return hub.table.query(partition, index=index, until=f"{now}~", limit=room).items
