"""Is it one of ours? A platform's unknown record is compared with the unique fields, where its platform's rule asks for
that (A-DUP-2, A-X-1): one match is linked, several wait for a person."""

from retailhub.domain import duplicates
from retailhub.domain.errors import Throttled
from retailhub.domain.instants import seconds_between
from retailhub.domain.merging import with_fields
from retailhub.domain.records import MODELS, Record, RecordType, Snapshot
from retailhub.rules import holding
from retailhub.rules.drafts import Draft
from retailhub.store import connections, reviews
from retailhub.store.reviews import Review
from retailhub.store.table import connection_key

UNTIL_DECIDED = "9998-12-31T00:00:00.000000Z"
"""When a doubtful change is due by itself: never, a person's decision or a newer look at the platform takes it up. Not
9999, where quarantined webhooks wait, for a person decides on these from the review list, not from the dead letters."""
ASK_AGAIN = 300.0
ASK_AGAIN_MOST = 6 * 3600.0
"""Seconds until an order or contract asks again whether its customer's review is decided; they double up to this."""


class Undecided(Throttled):
    """The platform's record may be several of ours: it waits for a person."""

    def __init__(self, now: str) -> None:
        super().__init__("several_matches", retry_after=seconds_between(now, UNTIL_DECIDED))


class BuyerUndecided(Throttled):
    """Whom an order or contract belongs to is in review: it asks again."""

    def __init__(self, tried: int) -> None:
        wait = min(ASK_AGAIN * 2 ** min(tried, 10), ASK_AGAIN_MOST)
        super().__init__("customer_in_review", retry_after=wait)


def asks(draft: Draft, connection: str, snapshot: Snapshot) -> bool:
    """Whether a connection's unknown record is to be compared at all."""
    if snapshot.type not in duplicates.CHECKED or snapshot.deleted or snapshot.fields.get("guest"):
        return False
    if not duplicates.unique(draft.rules.duplicates):
        return False
    item = draft.item(connection_key(connection))
    return item is not None and connections.from_item(item).platform in duplicates.MATCHING


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
