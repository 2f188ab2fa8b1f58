"""The table in a file: the same port, the same conditions, and none of its rows in the memory of the process."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from retailhub.store.table import ABSENT, Check, Conflict, Delete, Index, Item, Key, Page, Put, Write

INDEXES = ("listing", "related", "due", "members")
_COLUMNS = ["rev", "item", *(f"{index}_{part}" for index in INDEXES for part in ("pk", "sk"))]
_INSERT = f"INTO items VALUES ({', '.join('?' * (2 + len(_COLUMNS)))})"
_UPDATE = f"UPDATE items SET {', '.join(f'{name} = ?' for name in _COLUMNS)} WHERE pk = ? AND sk = ? AND rev = ?"  # noqa: S608


class SqliteTable:
    """`retailhub.store.table.Table` over SQLite; survives kill -9 of its process. Index queries scan the file.

    written: items written or removed by the first word of their key (REC, PULL, …).
    """

    def __init__(self, path: Path) -> None:
        self.written: Counter[str] = Counter()
        self._file = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -4000"):
            self._file.execute(f"PRAGMA {setting}")
        columns = ", ".join(_COLUMNS)
        self._file.execute(
            f"CREATE TABLE IF NOT EXISTS items (pk TEXT, sk TEXT, {columns}, PRIMARY KEY (pk, sk)) WITHOUT ROWID"
        )

    def get(self, key: Key) -> Item | None:
        row = self._file.execute("SELECT item FROM items WHERE pk = ? AND sk = ?", key).fetchone()
        return json.loads(row[0]) if row else None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Item]:
        found = ((key, self.get(key)) for key in dict.fromkeys(keys))
        return {key: item for key, item in found if item is not None}

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
        prefix = f"{index}_" if index else ""
        way, than = ("DESC", "<") if newest_first else ("ASC", ">")
        where, values = _range(prefix, pk, begins, since, until)
        if cursor:
            where, values = f"{where} AND {prefix}sk || pk {than} ?", [*values, cursor]
        order = f"ORDER BY {prefix}sk {way}, pk {way} LIMIT ?"
        found = self._file.execute(f"SELECT item FROM items WHERE {where} {order}", [*values, limit + 1])  # noqa: S608
        rows = found.fetchall()
        items = [json.loads(row[0]) for row in rows]
        more = items[limit - 1][f"{prefix}sk"] + items[limit - 1]["pk"] if len(items) > limit else None
        return Page(items[:limit], more)

    def count(
        self,
        pk: str,
        *,
        index: Index | None = None,
        begins: str = "",
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        where, values = _range(f"{index}_" if index else "", pk, begins, since, until)
        return int(self._file.execute(f"SELECT count(*) FROM items WHERE {where}", values).fetchone()[0])  # noqa: S608

    def write(self, *writes: Write) -> None:
        self._file.execute("BEGIN IMMEDIATE")
        try:
            for write in writes:
                if not self._done(write):
                    raise Conflict
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")
        self.written.update(write.key[0].split("#")[0] for write in writes if not isinstance(write, Check))

    def _done(self, write: Write) -> bool:
        """Whether the write's expectation held; if so it is done."""
        if isinstance(write, Put):
            return self._put(write)
        row = self._file.execute("SELECT rev FROM items WHERE pk = ? AND sk = ?", write.key).fetchone()
        holds = write.expect is None or write.expect == (row[0] if row else ABSENT)
        if holds and isinstance(write, Delete):
            self._file.execute("DELETE FROM items WHERE pk = ? AND sk = ?", write.key)
        return holds

    def _put(self, write: Put) -> bool:
        item = {k: v for k, v in write.item.items() if v is not None} | {"rev": (write.expect or ABSENT) + 1}
        values = [item.get(name) if name != "item" else json.dumps(item) for name in _COLUMNS]
        if write.expect:
            return self._file.execute(_UPDATE, [*values, *write.key, write.expect]).rowcount == 1
        how = "INSERT OR REPLACE" if write.expect is None else "INSERT OR IGNORE"
        return self._file.execute(f"{how} {_INSERT}", [*write.key, *values]).rowcount == 1


def _range(prefix: str, pk: str, begins: str, since: str | None, until: str | None) -> tuple[str, list[str | int]]:
    upper = f"{begins}\U0010ffff" if until is None else until
    return f"{prefix}pk = ? AND {prefix}sk >= ? AND {prefix}sk <= ?", [pk, since or begins, upper]
