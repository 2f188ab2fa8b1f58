"""A platform in memory: it can be read, listed, written to and subscribed to, and can be made to fail."""

from dataclasses import dataclass, field
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.merging import Merge
from retailhub.domain.records import Record, RecordType, Snapshot
from retailhub.platforms.base import Pulled, PulledPage, Remote, View
from retailhub.platforms.budget import Budget
from retailhub.platforms.http import Pacer

PAGE = 2


@dataclass
class Shelves:
    """What the platform holds, and what is wrong with it.

    goods: source id → {"id", "name", "at"}. trouble: raised by whatever is called next, every time. topics: the live
    subscriptions by connection. broken: connections that fail in a way nobody expected.
    """

    goods: dict[str, dict[str, Any]] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    trouble: Exception | None = None
    topics: dict[str, set[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)


class MemoryShop:
    """`Source`, `Destination` and `Subscriptions` over the shelves."""

    merge: Merge = "whole"
    reads: tuple[RecordType, ...] = ("customer",)
    writes: tuple[RecordType, ...] = ("customer",)
    phone_is_identity = False
    budget = Budget(1000, 100)
    shelves = Shelves()

    def __init__(self, connection: Connection, _secret: Secret, _url: str | None, pacer: Pacer) -> None:
        self._connection, self._pacer = connection.id, pacer

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        return Snapshot(record_type, payload["id"], payload["at"], {"name": payload["name"]})

    def read(self, _record_type: RecordType, source_id: str) -> Any | None:
        self._call()
        return self.shelves.goods.get(source_id)

    def pages(self, _record_type: RecordType, _since: str | None, cursor: str | None) -> PulledPage:
        self._call()
        start = int(cursor or 0)
        rows = list(self.shelves.goods.values())
        more = str(start + PAGE) if start + PAGE < len(rows) else None
        return PulledPage([Pulled(row["id"], row) for row in rows[start : start + PAGE]], [], more, len(rows))

    def view(self, record: Record, _buyer: Any) -> View:
        return {"content": {"name": record.fields.name}}

    def ready(self, _record: Record) -> bool:
        return True

    def find(self, _record_type: RecordType, code: str, _view: View, *, begun: bool = True) -> Remote | None:
        self._call()
        return Remote(code) if code in self.shelves.goods else None

    def create(self, _record_type: RecordType, code: str, view: View) -> Remote:
        self._call()
        self.shelves.goods[code] = view["content"]
        self.shelves.made.append(code)
        return Remote(code)

    def update(self, _record_type: RecordType, remote: Remote, _parts: set[str], view: View) -> None:
        self._call()
        self.shelves.goods[remote.id] = view["content"]

    def missing_webhooks(self, _url: str) -> list[str]:
        self._call()
        return sorted({"customer.update"} - self.shelves.topics.get(self._connection, set()))

    def register_webhooks(self, url: str, topics: list[str], _secret: str) -> None:
        self.shelves.topics.setdefault(self._connection, set()).update(topics)
        self.shelves.made.append(url)

    def _call(self) -> None:
        if self._connection in self.shelves.broken:
            raise KeyError("0912000042")
        self._pacer.take()
        if self.shelves.trouble:
            raise self.shelves.trouble
