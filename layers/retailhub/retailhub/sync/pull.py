"""Pull: run through a platform's listings page by page, queue what differs from what is known, survive any crash."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.errors import Malformed, Permanent, Throttled, Unavailable, Unwanted
from retailhub.domain.instants import after, seconds_between
from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.store import connections as connection_store
from retailhub.store import links, pulls
from retailhub.store.links import Link
from retailhub.store.pulls import Mode, Pull
from retailhub.store.table import Conflict, link_key, remote_key
from retailhub.sync import tally
from retailhub.sync.hub import Hub
from retailhub.sync.judge import judge

OVERLAP = 900.0
"""Seconds that a catch-up looks back behind the start of the last complete one: clocks differ, listings lag."""
SILENCE = 900.0
"""Seconds without a sign of life after which a run is taken for dead."""
READ_AT_ONCE = 100
STEP_DELAY_MAX = 600.0
"""Below SILENCE, so that a run that waits is not taken for dead."""
WAIT = 30.0
"""Seconds until the next try where the platform does not say."""


def start(
    hub: Hub, connection: Connection, mode: Mode, types: tuple[str, ...], pull_id: str, by: str = ""
) -> Pull | None:
    """Begin a run and queue its first step; None if one of this id is alive (F42, A-SYN-6). Old data come in the
    platform's own order, customers and products before what refers to them (A-KV-7). by: who begins it by hand.

    The lead sync's run before it is put away in the same transaction, so that its history has no gap."""
    now, old = hub.clock(), pulls.load(hub.table, pull_id)
    if old and old.status == "running" and _age(old.beat_at, now) < SILENCE:
        return None
    if old and old.status == "running":
        fresh = replace(old, beat_at=now)
    else:
        fresh = replace(_fresh(hub, connection, mode, types, pull_id, old), by=by)
    ended = [pulls.put_away(old)] if old and old.status != "running" and mode == LEAD_SYNC else []
    try:
        hub.table.write(pulls.put(fresh), *ended)
    except Conflict:
        return None
    hub.queues.send_pull(pull_id)
    return replace(fresh, rev=fresh.rev + 1)


def catch_up(hub: Hub, platform: str) -> list[str]:
    """Begin a catch-up of every active connection of a platform; answers the connections begun."""
    mine = [c for c in hub.directory.connections() if c.platform == platform and not c.paused]
    return [c.id for c in mine if begun(hub, c, "catch_up")]


def begun(hub: Hub, connection: Connection, mode: Mode) -> bool:
    """Begin the connection's own run of a mode; False if it is alive or the connection cannot be opened: one without
    credentials must not keep the others from their turn. Leads come when the admin wants them and at no other time
    (A-SYN-1)."""
    if connection.id == LEAD_SYNC:
        return False
    try:
        return start(hub, connection, mode, connection.record_types, f"{mode}.{connection.id}") is not None
    except Permanent:
        return False


def wake(hub: Hub) -> int:
    """Queue the next step of runs that fell silent (their message was lost or died); answers how many."""
    silent = [p for p in pulls.every(hub.table) if p.status == "running" and _age(p.beat_at, hub.clock()) >= SILENCE]
    woken = 0
    for pull in silent:
        try:
            _saved(hub, pull)  # one step, not one a minute until it runs
        except Conflict:
            continue
        hub.queues.send_pull(pull.id)
        woken += 1
    return woken


def step(hub: Hub, pull_id: str, going: Callable[[], bool]) -> Pull | None:
    """Run page after page while `going()`; what is left is queued as another step. Raises Temporary for the table's or
    a queue's trouble; the platform's own trouble only delays the next step."""
    pull = pulls.load(hub.table, pull_id)
    connection = _connection(hub, pull) if pull else None
    if pull is None or pull.status != "running":
        return pull
    if connection is None:
        return _saved(hub, replace(pull, status="cancelled", finished_at=hub.clock()))
    if connection.paused:
        return pull  # stays under way; resuming the connection queues its next step
    return _run(hub, connection, pull, going)


def _connection(hub: Hub, pull: Pull) -> Connection | None:
    """Of the lead sync as it is now: a run obeys what was saved the moment before it was begun (A-SYN-7)."""
    if pull.mode == LEAD_SYNC:
        return connection_store.load(hub.table, pull.connection)
    return hub.directory.connection(pull.connection)


def _run(hub: Hub, connection: Connection, pull: Pull, going: Callable[[], bool]) -> Pull | None:
    try:
        platform = hub.open(connection)
        while pull.status == "running" and going():
            pull = _page(hub, connection, platform, pull)
    except (Throttled, Unavailable) as error:
        return _delayed(hub, pull, min(error.retry_after or WAIT, STEP_DELAY_MAX))
    except Conflict:
        return None
    except Permanent as error:
        cause = {"code": error.code, "message": str(error)[:300], "at": hub.clock()}
        return _saved(hub, replace(pull, status="failed", error=cause, finished_at=hub.clock()))
    if pull.status == "running":
        hub.queues.send_pull(pull.id)
    return pull


def _delayed(hub: Hub, pull: Pull, seconds: float) -> Pull | None:
    """The run waits for its platform, and shows that it lives: otherwise it would be woken again and again. Of two
    workers that meet here only one goes on."""
    try:
        waiting = _saved(hub, pull)
    except Conflict:
        return None
    hub.queues.send_pull(pull.id, seconds)
    return waiting


def _page(hub: Hub, connection: Connection, platform: Any, pull: Pull) -> Pull:
    """One page: read, queue what differs, then save the cursor. A crash in between repeats this one page."""
    if pull.type not in platform.reads:
        return _saved(hub, _next_type(pull, hub.clock()))
    page: PulledPage = platform.pages(pull.type, pull.since, pull.cursor)
    known = _links(hub, connection.id, pull.type, [row.source_id for row in page.rows] + page.removed)
    changes = _differing(hub, connection, platform, pull, page, known)
    hub.queues.send_changes(changes)
    counted = tally.counted(pull, page, changes, known)
    moved = replace(counted, cursor=page.cursor) if page.cursor else _next_type(counted, hub.clock())
    return _saved(hub, moved)


def _differing(
    hub: Hub, connection: Connection, platform: Any, pull: Pull, page: PulledPage, known: dict[str, Link]
) -> list[Change]:
    """The rows that say something new, compared with their links."""
    changes = [
        _change(connection.id, pull, row, hub.clock())
        for row in page.rows
        if _news(platform, pull.type, row, known.get(row.source_id))
    ]
    removed = [
        Change(connection.id, pull.type, gone, "delete", {"removed": gone}, via=pull.mode, received_at=hub.clock())
        for gone in page.removed
        if gone in known and not known[gone].gone
    ]
    return changes + removed


def _change(connection: str, pull: Pull, row: Pulled, now: str) -> Change:
    """Without a mark of the run: a row that cannot be applied is one failed event, however often it is listed."""
    return Change(
        connection, pull.type, row.source_id, payload=row.payload, via=pull.mode, received_at=now, row=row.row
    )


def _news(platform: Any, record_type: str, row: Pulled, link: Link | None) -> bool:
    if row.payload is None:
        return link is None or not link.heard or link.row != row.row
    try:
        return judge(platform.snapshot(record_type, row.payload), link, False) not in ("same", "stale")
    except Unwanted:
        return False
    except (Malformed, ValidationError):
        return True  # apply keeps it as a failed event, with its cause


def _links(hub: Hub, connection: str, record_type: Any, source_ids: list[str]) -> dict[str, Link]:
    """The links behind the platform's ids, in two reads a hundred."""
    found: dict[str, Link] = {}
    for start_at in range(0, len(source_ids), READ_AT_ONCE):
        some = list(dict.fromkeys(source_ids[start_at : start_at + READ_AT_ONCE]))
        pointers = hub.table.get_many(remote_key(connection, record_type, i) for i in some)
        owners = {i: pointers[k]["record"] for i in some if (k := remote_key(connection, record_type, i)) in pointers}
        items = hub.table.get_many(link_key(record_type, r, connection) for r in owners.values()) if owners else {}
        for source_id, record in owners.items():
            item = items.get(link_key(record_type, record, connection))
            if item:
                found[source_id] = links.from_item(item)
    return found


def _next_type(pull: Pull, now: str) -> Pull:
    if pull.at + 1 < len(pull.types):
        return replace(pull, at=pull.at + 1, cursor=None)
    return replace(pull, cursor=None, status="done", finished_at=now, last_complete=pull.started_at)


def _fresh(
    hub: Hub, connection: Connection, mode: Mode, types: tuple[str, ...], pull_id: str, old: Pull | None
) -> Pull:
    reads = hub.open(connection).reads
    ordered = tuple(t for t in reads if t in types)
    last = old.last_complete if old else ""
    begin = last or connection.created_at
    since = after(begin, -OVERLAP) if mode == "catch_up" and begin else None
    now = hub.clock()
    return Pull(
        pull_id,
        connection.id,
        mode,
        ordered,
        since,
        started_at=now,
        beat_at=now,
        last_complete=last,
        rev=old.rev if old else 0,
        status="running" if ordered else "done",
    )


def _saved(hub: Hub, pull: Pull) -> Pull:
    """The run with its cursor saved. Raises Conflict if another worker or a cancel was quicker."""
    alive = replace(pull, beat_at=hub.clock())
    hub.table.write(pulls.put(alive))
    return replace(alive, rev=alive.rev + 1)


def _age(earlier: str, now: str) -> float:
    return seconds_between(earlier, now) if earlier else SILENCE
