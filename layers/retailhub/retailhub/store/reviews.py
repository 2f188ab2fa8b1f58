"""Reviews: a platform's record that may be several of ours waits for a person to say which one it is (A-DUP-2)."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from retailhub.domain.changes import digest
from retailhub.domain.records import RecordType
from retailhub.domain.stored import members
from retailhub.store.table import Delete, Item, Key, Put, Table, claim_key, list_of, listing

NEW = "new"
"""The decision that it is none of ours."""
LIST = "review"
UNDECIDED = "several_matches"
"""Why the record's change is parked; no dead letter, for the review list shows it."""
BUYER_UNDECIDED = "customer_in_review"
"""Why an order or contract of such a record is."""


@dataclass(frozen=True)
class Review:
    """One record of a platform and whom it may be.

    candidates: our record's id → the fields in which they agree. decision: the record's id or NEW, "" while nobody
    has decided. linked: it is only a warning: the platform's record went to this one, the oldest (A-CNV-4).
    """

    connection: str
    type: RecordType
    source_id: str
    candidates: dict[str, list[str]] = field(default_factory=dict)
    at: str = ""
    decision: str = ""
    decided_by: str = ""
    linked: str = ""
    rev: int = 0

    @property
    def id(self) -> str:
        """The same for every change of the same platform's record."""
        return digest([self.connection, self.type, self.source_id])


def key_of(review_id: str) -> Key:
    """Key of a review."""
    return claim_key(LIST, review_id)


def put(review: Review) -> Put:
    """Write the review if nobody else has since it was read; a decided one leaves the list."""
    pk, sk = key_of(review.id)
    shown = {} if review.decision else listing(LIST, f"{review.at}#{review.id}")
    return Put({"pk": pk, "sk": sk, "data": json.dumps(asdict(replace(review, rev=0))), **shown}, expect=review.rev)


def over(review: Review) -> Delete:
    """The review is done with."""
    return Delete(key_of(review.id), expect=review.rev)


def load(table: Table, review_id: str) -> Review | None:
    """The review, or None."""
    item = table.get(key_of(review_id))
    return from_item(item) if item else None


def from_item(item: Item) -> Review:
    """The review in an item."""
    data: dict[str, Any] = json.loads(item["data"])
    return Review(**{**members(Review, data), "rev": item["rev"]})


def partition() -> str:
    """Partition of the undecided reviews in the index `listing`."""
    return list_of(LIST)
