"""What the hub asks of an outside system: to be read from (Source), to be written to (Destination)."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from retailhub.domain.merging import Merge
from retailhub.domain.records import Record, RecordType, Snapshot

View = dict[str, dict[str, Any]]
"""What a platform should have of a record, by part: `content`, and for orders also `status`."""


@dataclass(frozen=True)
class Remote:
    """A record on a platform: its id, and its code where the platform refers to records by code."""

    id: str
    code: str | None = None


@dataclass(frozen=True)
class Pulled:
    """One row of a listing. payload None: the listing says too little, the record must be read.

    row: digest of what the listing says, given exactly when payload is None.
    """

    source_id: str
    payload: Any = None
    row: str = ""


@dataclass(frozen=True)
class PulledPage:
    """A page of a listing, the ids it reports as removed, and the cursor of the next page (None: last page).

    left_out: rows that the connection's settings keep away, counted by reason (R-SYN-07); they are not in `rows`.
    """

    rows: list[Pulled] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    cursor: str | None = None
    total: int | None = None
    left_out: dict[str, int] = field(default_factory=dict)


class Source(Protocol):
    """A system whose records come into the hub.

    merge: whether its words replace the record's fields or only fill blanks (`domain.merging`).
    reads: its record types, in the order in which old data must come (A-KV-7).
    phone_is_identity: True where "is this customer new?" is answered by phone (A-X-1, A-CNV-4).
    shows: the parts of a view (see Destination) that reading a record there proves; a part that it never shows is
    known only from what we sent.
    """

    merge: Merge
    reads: tuple[RecordType, ...]
    phone_is_identity: bool
    shows: frozenset[str]

    def provisional(self, remote_id: str) -> bool:
        """True for an id that only stands in until the platform shows the real one (CNV answers a push without any)."""

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        """The platform's JSON in the hub's words; pure. Raises Malformed (pydantic's ValidationError is turned into it)
        for JSON without what makes the record, with the field's name."""

    def read(self, record_type: RecordType, source_id: str) -> Any | None:
        """The record as the platform has it now, or None if it is gone. Raises Temporary or Rejected."""

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """The next page of the records changed since the instant (None: all). Cursors are opaque text and survive
        a restart days later. Overlap and repeats are harmless; leaving rows out is not."""


class Destination(Protocol):
    """A system that takes records from the hub."""

    writes: tuple[RecordType, ...]

    def view(self, record: Record, buyer: tuple[Record, Remote] | None) -> View:
        """What this platform should have of the record, in its own words and in canonical form, so that equal views
        need no call. For orders the buyer and their id there are given. Pure.

        A missing value must be left out, never sent as a blank (A-HRV-15)."""

    def ready(self, record: Record) -> bool:
        """Whether it is time to send this record at all (A-CNV-5: on creation, on approval, when paid)."""

    def find(self, record_type: RecordType, code: str, view: View, *, begun: bool = True) -> Remote | None:
        """The record there that we (code) or somebody else (identity policy, e.g. phone) made already.

        begun: an earlier create may have worked; otherwise there is no need to look for our own code."""

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:
        """Create it under our code. Raises Temporary, or Rejected with the field named."""

    def update(self, record_type: RecordType, remote: Remote, parts: set[str], view: View) -> None:
        """Set the named parts to the view; absolute, so that twice is as once. Raises Rejected with status 404 if the
        record is gone there."""


class Subscriptions(Protocol):
    """A system whose webhooks are registered by API and may vanish (kiotviet.md §0.3, haravan.md §0.3)."""

    def missing_webhooks(self, url: str) -> list[str]:
        """The topics that have no live subscription to our URL."""

    def register_webhooks(self, url: str, topics: list[str], secret: str) -> None:
        """Subscribe anew; another system's subscription is never removed."""
