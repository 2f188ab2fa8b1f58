"""Pausing a connection, and what waited for it when it goes on; trying it out."""

from dataclasses import dataclass, replace
from typing import Any

from retailhub.crm.connections import find, save
from retailhub.crm.office import Office
from retailhub.crm.webhooks import Watched, looked_after
from retailhub.domain.connections import Connection
from retailhub.domain.errors import HubError
from retailhub.domain.instants import after
from retailhub.store import events, pulls
from retailhub.store.events import Event
from retailhub.store.table import Conflict, Put, parked_for

AT_ONCE = 100
AT_MOST = 5000
"""Parked changes taken up by one call; `more` says that it should be made again."""
HEARD_AFTER = 30.0
"""Seconds after which every function has heard that the connection is active again; taken up earlier, a change would
only be parked once more."""


@dataclass(frozen=True)
class Resumed:
    """What went on: parked changes, runs through listings, and how the webhooks do."""

    connection: Connection
    changes: int
    pulls: int
    more: bool
    webhooks: Watched


def pause(office: Office, connection_id: str) -> Connection:
    """Neither apply nor deliver from now on (heard everywhere within half a minute); what comes meanwhile is parked."""
    before = find(office, connection_id)
    return save(office, before, replace(before, status="paused"))


def resume(office: Office, connection_id: str) -> Resumed:
    """Go on: what was parked meanwhile falls due shortly and is queued by the one-minute schedule within the platform's
    budget; runs that stood still get their next step. Deliveries that wait fall due by themselves."""
    before = find(office, connection_id)
    connection = save(office, before, replace(before, status="active"))
    running = [p for p in pulls.of_connection(office.table, connection.id) if p.status == "running"]
    for pull in running:
        office.queues.send_pull(pull.id)
    changes, more = _taken_up(office, connection.id)
    secret = office.secrets.get(connection.id)
    watched = looked_after(office, connection, secret) if secret else Watched(error="no_credentials")
    return Resumed(connection, changes, len(running), more, watched)


def _taken_up(office: Office, connection: str) -> tuple[int, bool]:
    """Let changes that were parked by the pause fall due; answers how many, and whether there are more."""
    due, cursor, taken = after(office.clock(), HEARD_AFTER), None, 0
    while taken < AT_MOST:
        partition = parked_for(connection)
        page = office.table.query(partition, index="due", begins="9999", limit=AT_ONCE, cursor=cursor)
        paused = [event for event in map(events.from_item, page.items) if event.reason == "paused"]
        taken += _due(office, paused, due)
        cursor = page.cursor
        if cursor is None:
            return taken, False
    return taken, True


def _due(office: Office, parked: list[Event], due: str) -> int:
    """All in one transaction; if somebody handled one meanwhile, one by one."""
    writes = [replace(events.put(replace(event, due_at=due)), expect=event.rev) for event in parked]
    try:
        office.table.write(*writes)
        return len(writes)
    except Conflict:
        return sum(_one(office, write) for write in writes)


def _one(office: Office, write: Put) -> int:
    try:
        office.table.write(write)
    except Conflict:
        return 0
    return 1


@dataclass(frozen=True)
class Tried:
    """What came of trying a connection out: the platform's answer (`found`), or why there is none."""

    ok: bool
    found: dict[str, Any]
    code: str = ""
    message: str = ""


def try_out(office: Office, connection_id: str) -> Tried:
    """Call the platform once with the credentials that we have (A-KV-1). Its refusal is the answer, not an error."""
    connection = find(office, connection_id)
    try:
        platform = office.sync.open(connection)
        probe = getattr(platform, "test", None)
        return Tried(True, probe() if probe else {})
    except HubError as error:
        return Tried(False, {}, error.code, str(error)[:300])
