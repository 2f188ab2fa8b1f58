"""The review list: platforms' records that may be several of ours, and who they turn out to be (A-DUP-2)."""

from dataclasses import replace

from retailhub.crm.lists import Found
from retailhub.crm.office import TRIES, Office
from retailhub.domain import duplicates
from retailhub.domain.changes import Change
from retailhub.domain.instants import after
from retailhub.domain.refusals import Clash, Unknown, Wrong
from retailhub.store import events, links, records, reviews
from retailhub.store.events import Event
from retailhub.store.reviews import BUYER_UNDECIDED, NEW, UNDECIDED, Review
from retailhub.store.table import Conflict, parked_for, remote_key

AT_ONCE = 100
"""Changes that go on with one decision; orders and contracts beyond them ask again by themselves."""
LOOKED_AT = 1000
AGAIN_AFTER = 300.0
"""Seconds after which the one-minute schedule takes up what was marked but, killed in between, never sent."""


def listed(office: Office, *, limit: int, cursor: str | None) -> Found[Review]:
    """A page of what waits for a person, newest first."""
    page = office.table.query(reviews.partition(), index="listing", newest_first=True, limit=limit, cursor=cursor)
    return Found([reviews.from_item(item) for item in page.items], page.cursor)


def resolve(office: Office, review_id: str, customer: str | None) -> Review:
    """Decide that the platform's record is this record of ours (a customer, of a lead a lead), or (None) a new one;
    what waited for that goes on. Deciding again is harmless, and until the change is applied the last decision counts.

    Raises Unknown, Wrong for a record that cannot be it, Clash if others keep winning the race."""
    for _ in range(TRIES):
        review = reviews.load(office.table, review_id)
        if review is None:
            raise Unknown("unknown_review")
        try:
            return _decided(office, review, customer)
        except Conflict:
            continue
    raise Clash("conflict")


def _decided(office: Office, review: Review, customer: str | None) -> Review:
    decided = replace(review, decision=customer or NEW, decided_by=office.by)
    if review.linked:
        return _acknowledged(office, decided)
    if customer:
        _check(office, review, customer)
    marked = [change for event in _waiting(office, review) if (change := _marked(office, event))]
    known = office.table.get(remote_key(review.connection, review.type, review.source_id)) is not None
    office.table.write(reviews.over(review) if known else reviews.put(decided))
    office.queues.send_changes(marked)
    return decided


def _acknowledged(office: Office, decided: Review) -> Review:
    """A warning is only taken note of: the platform's record is linked already."""
    if decided.decision != decided.linked:
        raise Clash("linked_already", customer=decided.linked)
    office.table.write(reviews.over(decided))
    return decided


def _check(office: Office, review: Review, customer: str) -> None:
    """Any record of ours may be it, named as a candidate or not, unless that system knows it as somebody else."""
    record = records.load(office.table, review.type, customer)
    if record is None or not duplicates.living(record):
        raise Wrong(f"unknown_{review.type}", "customer")
    link = links.load(office.table, review.type, customer, review.connection)
    if link and link.remote_id not in (None, review.source_id):
        raise Wrong("linked_already", "customer")


def _waiting(office: Office, review: Review) -> list[Event]:
    """The parked changes of this record, and the orders and contracts that wait for some customer's review."""
    found: list[Event] = []
    cursor: str | None = None
    seen = 0
    while seen < LOOKED_AT:
        page = office.table.query(parked_for(review.connection), index="due", newest_first=True, cursor=cursor)
        seen += len(page.items)
        fresh = office.table.get_many((item["pk"], item["sk"]) for item in page.items) if page.items else {}
        found += [event for event in map(events.from_item, fresh.values()) if _concerned(event, review)]
        cursor = page.cursor
        if cursor is None:
            break
    return found[:AT_ONCE]


def _concerned(event: Event, review: Review) -> bool:
    if event.outcome not in ("parked", "received") or not event.message:
        return False
    same = (event.type, event.source_id) == (review.type, review.source_id)
    return event.reason == BUYER_UNDECIDED or (event.reason == UNDECIDED and same)


def _marked(office: Office, event: Event) -> Change | None:
    """The change that goes on. It is marked as due soon before anything else, so that a crash in between loses nothing:
    taken up without a decision it only waits again. None: somebody else took it up."""
    change, now = event.change, office.clock()
    marked = replace(event, outcome="received", handled_at=now, due_at=after(now, AGAIN_AFTER))
    try:
        office.table.write(replace(events.put(replace(marked, attempts=event.attempts + 1)), expect=event.rev))
    except Conflict:
        return None
    return replace(change, attempt=change.attempt + 1) if change else None
