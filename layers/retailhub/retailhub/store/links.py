"""Links: a hub record ⇄ a platform's record, what that platform last got or gave us, and how its delivery stands."""

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from retailhub.domain.records import Record, RecordType
from retailhub.domain.stored import members
from retailhub.store.table import ABSENT, FAILED, Item, Put, Table, link_key, remote_key, waiting_for

Status = Literal["settled", "pending", "waiting", "failed"]
KEPT_HISTORY = 8


@dataclass(frozen=True)
class Link:
    """One record on one connection.

    heard, heard_version: fingerprint and instant of the platform's last words. row: digest of its listing row.
    known: part of the view → digest of what the platform has. version: the record version that it covers.
    gone: the platform said that the record was removed. pending_since: a create was begun and may have worked;
    pending_as: the mark of the person whom it would have made.
    """

    type: RecordType
    record: str
    connection: str
    remote_id: str | None = None
    remote_code: str | None = None
    heard: str = ""
    heard_version: str = ""
    row: str = ""
    known: dict[str, str] = field(default_factory=dict)
    version: int = 0
    gone: bool = False
    status: Status = "settled"
    pending_since: str = ""
    pending_as: str = ""
    due_at: str = ""
    asked: bool = False
    attempts: int = 0
    group: str = ""
    error: dict[str, Any] = field(default_factory=dict)
    history: tuple[dict[str, Any], ...] = ()
    rev: int = 0

    def noted(self, at: str, what: str, **details: Any) -> "Link":
        """This link with one more line of its story; the oldest lines go."""
        return replace(self, history=(*self.history, {"at": at, "what": what, **details})[-KEPT_HISTORY:])


def load(table: Table, record_type: RecordType, record_id: str, connection: str) -> Link | None:
    """The link, or None."""
    item = table.get(link_key(record_type, record_id, connection))
    return from_item(item) if item else None


def of_record(table: Table, record: Record) -> list[Link]:
    """All links of a record."""
    return [from_item(i) for i in table.query(link_key(record.type, record.id, "")[0], begins="LINK#").items]


def put(link: Link) -> Put:
    """Write the link if nobody else has since it was read."""
    return Put(to_item(link), expect=link.rev)


def pointer(connection: str, record_type: RecordType, remote_id: str, record_id: str) -> Put:
    """From the platform's record to ours: written once, with the first link; fails if another record has it."""
    pk, sk = remote_key(connection, record_type, remote_id)
    return Put({"pk": pk, "sk": sk, "record": record_id}, expect=ABSENT)


def to_item(link: Link) -> Item:
    """The link's item."""
    pk, sk = link_key(link.type, link.record, link.connection)
    data = asdict(replace(link, rev=0))
    return {"pk": pk, "sk": sk, "status": link.status, "data": json.dumps(data, ensure_ascii=False), **_due(link)}


def from_item(item: Item) -> Link:
    """The link in an item."""
    data = json.loads(item["data"])
    return Link(**{**members(Link, data), "history": tuple(data["history"]), "rev": item["rev"]})


def _due(link: Link) -> Item:
    if link.status == "waiting":
        return {"due_pk": waiting_for(link.connection), "due_sk": f"{link.due_at}#{link.record}"}
    if link.status == "failed":
        return {"due_pk": FAILED, "due_sk": f"{link.error.get('at', '')}#{link.record}"}
    return {}
