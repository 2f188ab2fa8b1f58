"""The table's far side in a file: botocore's own calls, answered in this process, so that everything on our side of the
wire is measured (signing, sending, reading the answer) and the table's own time is told apart."""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import botocore.session
from botocore.awsrequest import AWSResponse

from retailhub.store.dynamo import DynamoTable
from retailhub.store.table import Item, Key
from tests.bench.sqlite_table import INDEXES

Wire = dict[str, Any]
_PLACES = [f"{index}_{part}" for index in INDEXES for part in ("pk", "sk")]


class WireTable:
    """Reads of DynamoDB over items that lie in SQLite as they travel: GetItem, BatchGetItem and Query.

    calls: how many were answered; seconds: the CPU that they took on the table's side.
    """

    def __init__(self, path: Path) -> None:
        self.calls, self.seconds = 0, 0.0
        self._file = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -100000"):
            self._file.execute(f"PRAGMA {setting}")

    def fill(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Rows as `row` makes them, and the indexes once they are all there."""
        places = ", ".join(f"{name} TEXT" for name in _PLACES)
        self._file.execute(f"CREATE TABLE items (pk TEXT, sk TEXT, {places}, item TEXT)")
        self._file.execute("BEGIN")
        self._file.executemany(f"INSERT INTO items VALUES ({', '.join('?' * (3 + len(_PLACES)))})", rows)  # noqa: S608
        self._file.execute("COMMIT")
        for name, prefix in [("own", ""), *((index, f"{index}_") for index in INDEXES)]:
            where = f"WHERE {prefix}pk IS NOT NULL"
            self._file.execute(f'CREATE INDEX "{name}" ON items ({prefix}pk, {prefix}sk, pk) {where}')

    def table(self) -> DynamoTable:
        """The hub's own table over a client whose calls never leave this process."""
        session = botocore.session.get_session()
        session.set_credentials("test", "test")
        client = session.create_client("dynamodb", region_name="ap-southeast-1", endpoint_url="http://127.0.0.1:9")
        hooks: Any = client.meta.events
        hooks.register("before-send.dynamodb", self._answer)
        return DynamoTable(client, "bench")

    def _answer(self, request: Any, **_: Any) -> AWSResponse:
        started = time.process_time()
        asked = json.loads(request.body)
        operation = _text(request.headers["X-Amz-Target"]).rpartition(".")[2]
        told = {"GetItem": self._item, "BatchGetItem": self._batch, "Query": self._query}[operation](asked)
        headers: Any = {"Content-Type": "application/x-amz-json-1.0"}
        answer = AWSResponse(request.url, 200, headers, _Body(told.encode()))
        self.calls, self.seconds = self.calls + 1, self.seconds + time.process_time() - started
        return answer

    def _item(self, asked: Wire) -> str:
        found = self._of(asked["Key"])
        return f'{{"Item": {found}}}' if found else "{}"

    def _batch(self, asked: Wire) -> str:
        [(name, wanted)] = asked["RequestItems"].items()
        found = [item for key in wanted["Keys"] if (item := self._of(key))]
        return f'{{"Responses": {{"{name}": [{", ".join(found)}]}}, "UnprocessedKeys": {{}}}}'

    def _of(self, key: Wire) -> str | None:
        words = [key["pk"]["S"], key["sk"]["S"]]
        row = self._file.execute("SELECT item FROM items WHERE pk = ? AND sk = ?", words).fetchone()
        return row[0] if row else None

    def _query(self, asked: Wire) -> str:
        names, given = asked["ExpressionAttributeNames"], asked["ExpressionAttributeValues"]
        pk, values = names["#p"], {name: typed["S"] for name, typed in given.items()}
        sk = pk.replace("pk", "sk")
        forward = asked["ScanIndexForward"]
        since, until = values.get(":since", values.get(":begins", "")), values.get(":until", "\U0010ffff")
        if ":begins" in values:
            until = f"{values[':begins']}\U0010ffff"
        where, words = f"{pk} = ? AND {sk} >= ? AND {sk} <= ?", [values[":p"], since, until]
        if start := asked.get("ExclusiveStartKey"):
            where += f" AND ({sk}, pk) {'>' if forward else '<'} (?, ?)"
            words += [start[sk]["S"], start["pk"]["S"]]
        way = "ASC" if forward else "DESC"
        sql = f"SELECT item, {sk}, pk, sk FROM items WHERE {where} ORDER BY {sk} {way}, pk {way} LIMIT ?"  # noqa: S608
        rows = self._file.execute(sql, [*words, asked["Limit"] + 1]).fetchall()
        shown = rows[: asked["Limit"]]
        items = [_keys(pk, sk, values[":p"], row) if asked.get("IndexName") == "members" else row[0] for row in shown]
        told = f'"Count": {len(shown)}, "Items": [{", ".join(items)}]'
        if len(rows) > len(shown):
            told += f', "LastEvaluatedKey": {_keys(pk, sk, values[":p"], shown[-1])}'
        return f"{{{told}}}"


class _Body:
    """What botocore reads an answer from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content


class Sample:
    """Many items after one: what stands in it for `tokens` is what differs from item to item."""

    def __init__(self, item: Item, tokens: list[str]) -> None:
        self._tokens = tokens
        self._key = item["pk"], item["sk"]
        self._places = [item.get(name) for name in _PLACES]
        self._item = json.dumps({n: _typed(v) for n, v in (item | {"rev": 1}).items()}, ensure_ascii=False)

    def row(self, *values: str, **places: str | None) -> tuple[Any, ...]:
        """The row of one item; places: index attributes that do not follow from the tokens."""
        told = [*self._key, *self._places, self._item]
        for token, value in zip(self._tokens, values, strict=True):
            told = [text.replace(token, value) if text else text for text in told]
        if places:
            told[2:-1] = [places.get(name, old) for name, old in zip(_PLACES, told[2:-1], strict=True)]
        return tuple(told)


def note(key: Key) -> tuple[Any, ...]:
    """The row of an item that is nothing but its key."""
    return (*key, *[None] * len(_PLACES), json.dumps({n: _typed(v) for n, v in zip(("pk", "sk"), key, strict=True)}))


def _keys(pk: str, sk: str, partition: str, row: tuple[str, ...]) -> str:
    """The keys of a row, its place in an index among them."""
    told = {pk: partition, sk: row[1], "pk": row[2], "sk": row[3]}
    return json.dumps({name: {"S": text} for name, text in told.items()})


def _typed(value: Any) -> Wire:
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
