"""Backfills ("đồng bộ dữ liệu cũ"): started, looked at, cancelled, taken up again; one at a time per connection."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retailhub.crm import audit, settings_check
from retailhub.crm.connections import find as find_connection
from retailhub.crm.lists import Found, gathered
from retailhub.crm.office import TRIES, Office
from retailhub.domain.connections import Connection
from retailhub.domain.instants import after, seconds_between
from retailhub.domain.refusals import Clash, Fault, Unknown, all_wrong
from retailhub.store import pulls
from retailhub.store.pulls import Pull
from retailhub.store.table import ABSENT, Conflict, Item, Page, Put, claim_key, of_parent

BEGINNING_SECONDS = 30.0
"""A claim whose run has not appeared by then belongs to a call that was killed."""


@dataclass(frozen=True)
class Progress:
    """How far one record type is; None where nobody can tell (`started_at` is kept of the first type only).

    status: `waiting`, `done`, or the run's own for the type under way.
    """

    type: str
    status: str
    done: int = 0
    total: int | None = None
    changed: int = 0
    removed: int = 0
    started_at: str | None = None
    eta: str | None = None


def start(office: Office, connection_id: str, types: Sequence[str] | None) -> Pull:
    """Begin to bring in old data. Raises Clash if a backfill of this connection is under way or it is paused."""
    connection = find_connection(office, connection_id)
    if connection.paused:
        raise Clash("connection_paused")
    chosen = _chosen(connection, types)
    pull_id = office.new_id()
    _claim(office, connection_id, pull_id)
    pull = office.sync.start_pull(connection, "backfill", chosen, pull_id)
    if pull is None:
        raise Clash("already_running")
    what = {"connection": connection_id, "record_types": list(chosen)}
    office.table.write(audit.act(office, "backfill", pull_id, "started", None, what))
    return pull


def _chosen(connection: Connection, types: Sequence[str] | None) -> tuple[str, ...]:
    """The wanted types; one that the connection does not take would come in only to be ignored."""
    if types is None:
        return connection.record_types
    wanted = settings_check.record_types(connection.platform, types)
    strange = [
        Fault("record_types", "type_not_chosen", {"type": t}) for t in wanted if t not in connection.record_types
    ]
    if strange:
        raise all_wrong(strange)
    return wanted


def listed(office: Office, connection_id: str, *, limit: int, cursor: str | None) -> Found[Pull]:
    """A connection's backfills, newest first."""
    find_connection(office, connection_id)

    def read(most: int, at: str | None) -> Page:
        return office.table.query(of_parent(connection_id), index="related", newest_first=True, limit=most, cursor=at)

    return gathered(read, _backfill, limit, cursor, rare=False)


def find(office: Office, connection_id: str, pull_id: str) -> Pull:
    """The backfill. Raises Unknown, also for one of another connection."""
    pull = pulls.load(office.table, pull_id)
    if pull is None or pull.connection != connection_id or pull.mode != "backfill":
        raise Unknown("unknown_backfill")
    return pull


def cancel(office: Office, connection_id: str, pull_id: str) -> Pull:
    """Stop after the page under way; what came in stays. Raises Clash for one that has ended."""
    for _ in range(TRIES):
        pull = find(office, connection_id, pull_id)
        if pull.status != "running":
            raise Clash("not_running", status=pull.status)
        try:
            return _stored(office, replace(pull, status="cancelled", finished_at=office.clock()), "cancelled")
        except Conflict:
            continue
    raise Clash("version_conflict")


def resume(office: Office, connection_id: str, pull_id: str) -> Pull:
    """Go on where it stopped. Raises Clash for one that is done, or while another one runs."""
    pull = find(office, connection_id, pull_id)
    if pull.status == "done":
        raise Clash("not_running", status=pull.status)
    _claim(office, connection_id, pull_id)
    now = office.clock()
    try:
        running = _stored(office, replace(pull, status="running", beat_at=now, finished_at="", error={}), "resumed")
    except Conflict:
        raise Clash("already_running") from None
    office.queues.send_pull(pull_id)
    return running


def progress(pull: Pull, now: str) -> list[Progress]:
    """How far each record type is, in the order in which they come."""
    return [_progress(pull, place, now) for place in range(len(pull.types))]


def _progress(pull: Pull, place: int, now: str) -> Progress:
    name = pull.types[place]
    counts = pull.counts.get(name, {})
    ended = place < pull.at or pull.status == "done"
    under_way = place == pull.at and not ended
    status = "done" if ended else pull.status if under_way else "waiting"
    begun = pull.started_at if place == 0 else None
    eta = _eta(pull, place, now) if pull.status == "running" and not ended else None
    numbers = {"done": counts.get("done", 0), "changed": counts.get("changed", 0), "removed": counts.get("removed", 0)}
    return Progress(name, status, total=counts.get("total"), started_at=begun, eta=eta, **numbers)


def _eta(pull: Pull, place: int, now: str) -> str | None:
    """When this type should be through, at the pace so far; None while any total before it is unknown."""
    seen = sum(counts.get("done", 0) for counts in pull.counts.values())
    seconds = seconds_between(pull.started_at, now)
    ahead = [pull.counts.get(name, {}) for name in pull.types[pull.at : place + 1]]
    if not seen or seconds <= 0 or any(counts.get("total") is None for counts in ahead):
        return None
    left = sum(max(0, counts["total"] - counts["done"]) for counts in ahead)
    return after(now, left * seconds / seen)


def _backfill(item: Item) -> Pull | None:
    """The run in an item, unless it is a catch-up or a comparison."""
    pull = pulls.from_item(item)
    return pull if pull.mode == "backfill" else None


def _claim(office: Office, connection: str, pull_id: str) -> None:
    """Let only one of two simultaneous calls begin. Raises Clash."""
    pk, sk = claim_key("backfill", connection)
    held = office.table.get((pk, sk))
    if held and held["record"] != pull_id and _alive(office, held):
        raise Clash("already_running", id=held["record"])
    claim = Put({"pk": pk, "sk": sk, "record": pull_id, "at": office.clock()}, expect=held["rev"] if held else ABSENT)
    try:
        office.table.write(claim)
    except Conflict:
        raise Clash("already_running") from None


def _alive(office: Office, held: Item) -> bool:
    pull = pulls.load(office.table, held["record"])
    if pull is None:
        return office.clock() < after(held["at"], BEGINNING_SECONDS)
    return pull.status == "running"


def _stored(office: Office, pull: Pull, topic: str) -> Pull:
    office.table.write(pulls.put(pull), audit.act(office, "backfill", pull.id, topic))
    return replace(pull, rev=pull.rev + 1)
