"""The table in memory: the same port and conditions, no network; faults can be planted before and after a call."""

import base64
import json
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from retailhub.domain.errors import Permanent
from retailhub.store.dynamo import COMPRESS_FROM
from retailhub.store.table import Check, Conflict, Delete, Index, Item, Key, Page, Put, Write

LARGEST_ITEM = 400 * 1024
Stream = Callable[[Item | None, Item], None]


class MemoryTable:
    """`retailhub.store.table.Table` over a dictionary.

    calls: the operations as DynamoDB would bill them. before, after: called around each operation, may raise.
    stream: told of every record written, as the table's stream would. lagging: what indexes see instead of the items.
    """

    def __init__(self) -> None:
        self.items: dict[Key, Item] = {}
        self.calls: Counter[str] = Counter()
        self.before: Callable[[str], None] = lambda _: None
        self.after: Callable[[str], None] = lambda _: None
        self.stream: Stream = lambda _old, _new: None
        self.lagging: dict[Key, Item] | None = None
        self.lock = threading.RLock()

    @property
    def reads(self) -> int:
        """Read operations so far."""
        return self.calls["get"] + self.calls["get_many"] + self.calls["query"]

    @property
    def writes(self) -> int:
        """Write operations so far, a transaction counted as one."""
        return self.calls["write"] + self.calls["transaction"]

    def get(self, key: Key) -> Item | None:
        self._step("get")
        found = self.items.get(key)
        return dict(found) if found else None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Item]:
        self._step("get_many")
        asked = list(dict.fromkeys(keys))
        assert 0 < len(asked) <= 100, "BatchGetItem takes 1 to 100 keys"
        return {key: dict(self.items[key]) for key in asked if key in self.items}

    def query(
        self,
        pk: str,
        *,
        index: Index | None = None,
        begins: str = "",
        since: str | None = None,
        until: str | None = None,
        newest_first: bool = False,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        self._step("query")
        prefix = f"{index}_" if index else ""
        rows = self._range(pk, index, begins, since, until)
        rows.sort(key=lambda i: (i[f"{prefix}sk"], i["pk"], i["sk"]), reverse=newest_first)
        start = _position(rows, cursor, prefix, newest_first) if cursor else 0
        page, more = rows[start : start + limit], len(rows) > start + limit
        shown = [_keys_only(i) if index == "members" else dict(i) for i in page]
        return Page(shown, _cursor(page[-1], prefix) if more else None)

    def count(
        self,
        pk: str,
        *,
        index: Index | None = None,
        begins: str = "",
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        self._step("query")
        return len(self._range(pk, index, begins, since, until))

    def write(self, *writes: Write) -> None:
        if not writes:
            return
        self._step("write" if len(writes) == 1 else "transaction")
        keys = [w.key for w in writes]
        assert len(set(keys)) == len(keys) <= 100, "a transaction names an item once and at most 100 items"
        with self.lock:
            if not all(self._holds(w) for w in writes):
                raise Conflict
            for item in (w.item for w in writes if isinstance(w, Put)):
                _fits(item)
            for write in writes:
                self._do(write)
        self.after("write")

    def lag(self, *, on: bool = True) -> None:
        """From now on indexes show the items as they are now (or, off, as they are)."""
        self.lagging = dict(self.items) if on else None

    def _range(self, pk: str, index: Index | None, begins: str, since: str | None, until: str | None) -> list[Item]:
        assert not (begins and (since or until)), "DynamoDB takes one condition on the sort key"
        place, prefix = f"{index}_pk" if index else "pk", f"{index}_sk" if index else "sk"
        with self.lock:
            seen = self.items if index is None or self.lagging is None else self.lagging
            rows = [i for i in seen.values() if i.get(place) == pk]
        return [
            i
            for i in rows
            if i[prefix].startswith(begins)
            and (since is None or i[prefix] >= since)
            and (until is None or i[prefix] <= until)
        ]

    def _holds(self, write: Write) -> bool:
        return write.expect is None or self.items.get(write.key, {}).get("rev", 0) == write.expect

    def _do(self, write: Write) -> None:
        if isinstance(write, Put):
            item = {k: v for k, v in write.item.items() if v is not None} | {"rev": (write.expect or 0) + 1}
            old = self.items.get(write.key)
            self.items[write.key] = item
            if item["sk"] == "REC":
                self.stream(old, dict(item))
        elif isinstance(write, Delete):
            self.items.pop(write.key, None)
        else:
            assert isinstance(write, Check)

    def _step(self, operation: str) -> None:
        self.calls[operation] += 1
        self.before(operation)


def _keys_only(item: Item) -> Item:
    return {name: item[name] for name in ("pk", "sk", "members_pk", "members_sk")}


def _fits(item: Item) -> None:
    """What DynamoDB refuses: other types than ours, empty key texts, more than 400 kB."""
    values = {k: v for k, v in item.items() if v is not None}
    assert all(isinstance(v, str | int) for v in values.values()), values
    assert all(v for k, v in values.items() if k in ("pk", "sk") or k.endswith(("_pk", "_sk"))), values
    data = str(values.get("data", ""))
    size = len(zlib.compress(data.encode())) if len(data) > COMPRESS_FROM else len(data.encode())
    if size + sum(len(k) + len(str(v).encode()) for k, v in values.items() if k != "data") > LARGEST_ITEM:
        raise Permanent("too_large")


def _cursor(item: Item, prefix: str) -> str:
    words = [item[f"{prefix}sk"], item["pk"], item["sk"]]
    return base64.urlsafe_b64encode(json.dumps(words).encode()).decode()


def _position(rows: list[Item], cursor: str, prefix: str, newest_first: bool) -> int:
    try:
        last: Any = tuple(json.loads(base64.urlsafe_b64decode(cursor)))
    except ValueError as error:
        raise Permanent("bad_cursor", field="cursor") from error
    places = [(i[f"{prefix}sk"], i["pk"], i["sk"]) for i in rows]
    return sum(1 for place in places if (place >= last if newest_first else place <= last))
