"""Redrive: what stands still is tried once more, with today's code, settings and secrets."""

import base64
import binascii
from dataclasses import dataclass, replace
from typing import Any

from retailhub.crm import audit
from retailhub.crm.dead_letters import Dead, Filter, Gathered, gather, put_back
from retailhub.crm.office import Office
from retailhub.domain.changes import Change
from retailhub.domain.deliveries import wish
from retailhub.domain.errors import HubError
from retailhub.domain.instants import after
from retailhub.platforms.registry import receiver
from retailhub.platforms.webhooks import Request
from retailhub.store import connections, events, links, records
from retailhub.store.events import Event
from retailhub.store.letters import Letter
from retailhub.store.links import Link
from retailhub.store.table import Conflict

AT_MOST = 500
"""Taken up by one call; `more` says that it should be made again."""
AGAIN_AFTER = 300.0
"""Seconds after which the one-minute schedule takes up what we marked but, killed in between, never sent."""


@dataclass(frozen=True)
class Taken:
    """What came of one: `redriven`, `skipped` (reason says why), or `would_redrive` in a dry run."""

    id: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class Redriven:
    """What came of each, and whether some are left for another call."""

    taken: list[Taken]
    more: bool


def redrive(office: Office, wanted: Filter, *, dry_run: bool) -> Redriven:
    """Try again all that is meant. Asking twice is harmless: what is on its way no longer stands still."""
    found = gather(office, wanted)
    chosen, left = found.dead[:AT_MOST], found.dead[AT_MOST:]
    if dry_run:
        put_back(office, found)
        taken = [Taken(dead.id, "would_redrive") for dead in chosen]
    else:
        put_back(office, Gathered(left, more=False))
        taken = [_again(office, dead) for dead in chosen]
        _noted(office, wanted, taken)
    missing = sorted((wanted.ids or frozenset()) - {dead.id for dead in found.dead})
    return Redriven(taken + [Taken(one, "skipped", "not_standing_still") for one in missing], found.more or bool(left))


def _noted(office: Office, wanted: Filter, taken: list[Taken]) -> None:
    """Who let what run again, for the audit; a call that found nothing is no act."""
    meant = {"queue": wanted.queue, "cause": wanted.cause, "connection": wanted.connection}
    told = {**meant, "redriven": sum(one.outcome == "redriven" for one in taken)}
    if taken:
        office.table.write(audit.act(office, "dead_letters", wanted.queue or "all", "redriven", None, told))


def _again(office: Office, dead: Dead) -> Taken:
    """One of them; what goes wrong with it is its own outcome and does not stop the others."""
    try:
        reason = _sent(office, dead)
    except Conflict:
        reason = "changed_meanwhile"
    except HubError as error:
        reason = error.code
    return Taken(dead.id, "skipped" if reason else "redriven", reason)


def _sent(office: Office, dead: Dead) -> str:
    """Sends it on; answers why it was not, or ""."""
    if isinstance(dead.what, Letter):
        return _letter(office, dead.what)
    if isinstance(dead.what, Link):
        return _delivery(office, dead.what)
    return _judged(office, dead.what) if dead.kind == "quarantine" else _change(office, dead.what)


def _change(office: Office, event: Event) -> str:
    """Marked before it is sent, so that the mark never covers what apply writes; the mark keeps the change and a due
    time, so that a crash in between loses nothing."""
    change = event.change
    if change is None:
        return "no_change_kept"
    again = replace(change, attempt=change.attempt + 1)
    now = office.clock()
    due, attempts = after(now, AGAIN_AFTER), again.attempt
    marked = replace(event, outcome="received", handled_at=now, due_at=due, attempts=attempts, error={})
    office.table.write(replace(events.put(marked), expect=event.rev))
    office.queues.send_changes([again])
    return ""


def _judged(office: Office, event: Event) -> str:
    """A quarantined webhook is judged again; if it proves good now its changes are queued, and then it is put away."""
    request = _request(office, event)
    connection = connections.load(office.table, event.connection)
    secret = office.secrets.get(event.connection)
    if request is None or connection is None or secret is None:
        return "cannot_be_judged"
    changes: list[Change] = receiver(connection.platform)(request, secret).changes
    good = [replace(change, attempt=1) for change in changes if change.action != "quarantine"]
    if not good:
        return changes[0].reason if changes else "cannot_be_judged"
    office.queues.send_changes(good)
    settled = replace(event, outcome="received", reason="judged_again", handled_at=office.clock(), message="")
    office.table.write(replace(events.put(settled), expect=event.rev))
    return ""


def _request(office: Office, event: Event) -> Request | None:
    """The webhook call as it was kept, or None where only a part of it was."""
    kept: Any = event.change.payload if event.change else None
    if not isinstance(kept, dict) or not isinstance(kept.get("body"), str):
        return None
    try:
        body = base64.b64decode(kept["body"], validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(body) != kept.get("bytes"):
        return None
    headers = kept.get("headers") or {}
    return Request(event.connection, "POST", headers, {}, body, kept.get("topic", ""), office.clock())


def _delivery(office: Office, link: Link) -> str:
    """The link waits again before the delivery is sent: if that gets lost, the one-minute schedule sends it."""
    record = records.load(office.table, link.type, link.record)
    connection = connections.load(office.table, link.connection)
    if record is None or connection is None:
        return "gone"
    now, attempt = office.clock(), link.attempts + 1
    due = after(now, AGAIN_AFTER)
    waiting = replace(link, status="waiting", due_at=due, attempts=attempt, group=record.group, error={})
    office.table.write(links.put(waiting.noted(now, "redriven", by=office.by)))
    office.queues.send_deliveries([wish(record, connection, asked=link.asked, attempt=attempt)])
    return ""


def _letter(office: Office, letter: Letter) -> str:
    """Back to its queue. Failures of schedules and of routing have none: the next run and the nightly comparison do
    their work anyway, so the letter is only put away."""
    if office.letters.source(letter.queue):
        office.letters.resend(letter)
        return ""
    office.letters.remove(letter)
    return ""
