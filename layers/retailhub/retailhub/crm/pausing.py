"""Pausing a connection, and what waited for it when it goes on; trying it out."""

from dataclasses import dataclass, replace
from typing import Any

from retailhub.crm.connections import find, save
from retailhub.crm.office import Office
from retailhub.crm.webhooks import Watched, looked_after
from retailhub.domain.connections import Connection
from retailhub.domain.errors import HubError
from retailhub.store import pulls


@dataclass(frozen=True)
class Resumed:
    """A connection that goes on, how many runs through its listings went on with it, and how its webhooks do."""

    connection: Connection
    pulls: int
    webhooks: Watched


def pause(office: Office, connection_id: str) -> Connection:
    """Neither apply nor deliver from now on (heard everywhere within half a minute); what comes meanwhile is parked."""
    before = find(office, connection_id)
    return save(office, before, replace(before, status="paused"))


def resume(office: Office, connection_id: str) -> Resumed:
    """Go on. Runs that stood still get their next step; parked changes and waiting deliveries are due by now, so the
    one-minute schedule queues them, oldest first and within the platform's budget. That is also why nothing is queued
    from here: for half a minute some functions still take the connection for paused."""
    before = find(office, connection_id)
    connection = save(office, before, replace(before, status="active"))
    running = [p for p in pulls.of_connection(office.table, connection.id) if p.status == "running"]
    for pull in running:
        office.queues.send_pull(pull.id)
    secret = office.secrets.get(connection.id)
    watched = looked_after(office, connection, secret) if secret else Watched(error="no_credentials")
    return Resumed(connection, len(running), watched)


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
