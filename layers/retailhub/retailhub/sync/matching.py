"""Is it one of ours? A platform's unknown record is compared with the unique fields, where its platform's rule asks for
that (A-DUP-2, A-X-1): one match is linked, several wait for a person."""

from dataclasses import replace
from typing import Any, NoReturn

from retailhub.domain import duplicates
from retailhub.domain.errors import HubError, Rejected, Throttled
from retailhub.domain.merging import with_fields
from retailhub.domain.records import MODELS, Record, RecordType, Ref, Snapshot
from retailhub.rules import holding
from retailhub.rules.assignments import CARRIED_OUT_AT
from retailhub.rules.drafts import Draft
from retailhub.store import connections, reviews
from retailhub.store.reviews import Review
from retailhub.store.table import connection_key

ASK_AGAIN = 300.0
ASK_AGAIN_MOST = 6 * 3600.0
"""Seconds until an order or contract asks again whether its customer's review is decided; they double up to this."""


class Undecided(HubError):
    """The platform's record may be several of ours: only a person's decision, or a newer look at it, helps."""

    def __init__(self) -> None:
        super().__init__(reviews.UNDECIDED)


class BuyerUndecided(Throttled):
    """Whom an order or contract belongs to is in review: it asks again."""

    def __init__(self, tried: int) -> None:
        wait = min(ASK_AGAIN * 2 ** min(tried, 10), ASK_AGAIN_MOST)
        super().__init__(reviews.BUYER_UNDECIDED, retry_after=wait)


def asks(draft: Draft, connection: str, snapshot: Snapshot) -> bool:
    """Whether a connection's unknown record is to be compared at all."""
    if snapshot.type not in duplicates.CHECKED or snapshot.deleted or snapshot.fields.get("guest"):
        return False
    if not duplicates.unique(draft.rules.duplicates):
        return False
    item = draft.item(connection_key(connection))
    return item is not None and connections.from_item(item).platform in duplicates.MATCHING


def told(draft: Draft, source: Any, connection: str, ref: Ref) -> Ref:
    """Whom an order or contract names before their own words have come. Where unique fields tell people apart, or an
    automation spares who has somebody in charge, the few words that it has of them are not enough, and the platform is
    asked for all. Else somebody whom we know would stand here twice, or an order would take them from their manager,
    only because it was quicker than they. Raises Temporary."""
    by_fields = asks(draft, connection, Snapshot(ref.type, ref.source_id, fields=ref.stub))
    if not by_fields and not _spared(draft, connection):
        return ref
    try:
        payload = source.read(ref.type, ref.source_id)
    except Rejected:
        return ref  # one that nobody can be asked (CRMVIET), or that does not tell
    if payload is None:
        return ref
    whole: Snapshot = source.snapshot(ref.type, payload)
    return replace(ref, stub={**ref.stub, **whole.first, **whole.fields}, code=whole.code or ref.code)


def _spared(draft: Draft, connection: str) -> bool:
    """Whether an order automation asks who is in charge at this platform already (A-GA-3)."""
    asking = any(automation.fields.only_if_empty for automation in draft.rules.automations)
    return asking and draft.rules.platforms.get(connection) == CARRIED_OUT_AT


def matches(draft: Draft, snapshot: Snapshot) -> dict[str, tuple[Record, list[str]]]:
    """Our records of the same type with a unique value that the platform's record has too (A-DUP-3): id → the record
    and the fields in which they agree."""
    told = with_fields(snapshot.type, MODELS[snapshot.type](), snapshot.fields)
    found: dict[str, tuple[Record, list[str]]] = {}
    for field in duplicates.unique(draft.rules.duplicates):
        for value in duplicates.values(field, told):
            for owner in holding.owners(draft, field, value):
                _, fields = found.setdefault(owner.id, (owner, []))
                fields += [field] if field not in fields else []
    return {owner: match for owner, match in found.items() if match[0].type == snapshot.type}


def review_of(draft: Draft, connection: str, record_type: RecordType, source_id: str) -> Review:
    """The review of a platform's record, blank (rev 0) where there is none."""
    blank = Review(connection, record_type, source_id)
    item = draft.item(reviews.key_of(blank.id))
    return reviews.from_item(item) if item else blank


def ask(draft: Draft, review: Review, at: str) -> NoReturn:
    """Nobody guesses which of several it is: the doubt goes on the review list, by itself, and nothing else of the
    change is written. Raises Undecided."""
    known = draft.item(reviews.key_of(review.id))
    if known is None or review.decision or reviews.from_item(known).candidates != review.candidates:
        draft.table.write(reviews.put(replace(review, at=at, decision="", decided_by="")))
    raise Undecided
