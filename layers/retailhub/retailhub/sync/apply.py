"""Apply: a change becomes part of a record, once, whatever else happens; the same or an older change does nothing."""

import random

from pydantic import ValidationError

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.errors import Contended, Malformed, Permanent, Throttled, Unavailable, Unwanted
from retailhub.domain.instants import after
from retailhub.store import events
from retailhub.store.events import Event
from retailhub.store.table import Conflict
from retailhub.sync.application import Application, closed
from retailhub.sync.hub import Hub
from retailhub.sync.matching import Undecided
from retailhub.sync.resume import soon

PARK_SECONDS = 60.0
LOOK_AGAIN_SECONDS = 86_400.0
"""A doubtful change waits for a person's decision; once a day it looks whether newer words have settled it."""
CONTENDED = "contended"
TRIES = 16
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 1.5
"""How often a lost race is run again, and the seconds in between, before the queue tries later: eight seconds in all.
Where a try is open to others for 30 ms, 20 workers at one item (the most that there are) all but never come to that,
and of 64 one in 2,000."""


def apply(change: Change, hub: Hub) -> Event:
    """Apply one change and answer what became of it. Raises Temporary when the queue should try again; every permanent
    error is kept as a failed event with its change."""
    connection = hub.directory.connection(change.connection)
    if connection is None:
        return closed(change, events.of_change(change, "ignored", hub.clock(), reason="unknown_connection"), hub.table)
    return _set_aside(change, connection, hub) or _settled(change, connection, hub)


def fail(change: Change, error: Exception, hub: Hub) -> Event:
    """Park a change for good, with the cause, until a person redrives it; one that only lost its races, again and
    again, waits a minute."""
    if isinstance(error, Contended) and error.code == CONTENDED:
        return _parked(change, CONTENDED, after(hub.clock(), PARK_SECONDS), hub)
    cause = {"code": getattr(error, "code", type(error).__name__), "field": getattr(error, "field", None)}
    event = events.of_change(change, "failed", hub.clock(), reason=cause["code"], error=cause)
    hub.table.write(events.put(event))
    return event


def _set_aside(change: Change, connection: Connection, hub: Hub) -> Event | None:
    """What is not applied at all: why, or None."""
    if change.action == "quarantine":
        return _parked(change, change.reason, "", hub)
    if change.action == "ignore" or change.type not in connection.record_types:
        reason = change.reason if change.action == "ignore" else "type_not_chosen"
        return closed(change, events.of_change(change, "ignored", hub.clock(), reason=reason), hub.table)
    if connection.paused:
        return _parked(change, "paused", after(hub.clock(), PARK_SECONDS), hub)
    return None


def _settled(change: Change, connection: Connection, hub: Hub) -> Event:
    try:
        return _until_won(change, connection, hub)
    except (Throttled, Unavailable) as error:
        event = _parked(change, error.code, after(hub.clock(), error.retry_after or PARK_SECONDS), hub)
        if soon(error):
            hub.queues.send_resumption(connection.id, hub.clock())
        return event
    except Undecided as error:
        return _parked(change, error.code, after(hub.clock(), LOOK_AGAIN_SECONDS), hub)
    except Unwanted as error:
        return closed(change, events.of_change(change, "ignored", hub.clock(), reason=error.code), hub.table)
    except Permanent as error:
        return fail(change, error, hub)
    except ValidationError as error:
        field = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
        return fail(change, Malformed("invalid", field=field), hub)


def _until_won(change: Change, connection: Connection, hub: Hub) -> Event:
    """Lost races are run again on fresh reads, after pauses that grow and differ: where many meet at one item, such as
    the turn of an ownership rule, they spread out until each one gets through."""
    for lost in range(TRIES):
        try:
            return Application(change, connection, hub).run()
        except Conflict:
            hub.pause(random.uniform(0, min(LONGEST_PAUSE, FIRST_PAUSE * 2**lost)))
    raise Contended(CONTENDED)


def _parked(change: Change, reason: str, due: str, hub: Hub) -> Event:
    """The change waits in its event: until `due`, or ("") until a person says so."""
    event = events.of_change(change, "parked", hub.clock(), reason=reason, due_at=due)
    hub.table.write(events.put(event))
    return event
