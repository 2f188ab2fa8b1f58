"""The table in DynamoDB: a low-level client, one call per port call."""

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from retailhub.domain.errors import Permanent, Temporary
from retailhub.store.table import ABSENT, Check, Conflict, Delete, Index, Item, Key, Page, Put, Write

COMPRESS_FROM = 32 * 1024
"""Characters of `data` above which it is stored compressed: an item may hold 400 kB."""


class DynamoTable:
    """`retailhub.store.table.Table` over a DynamoDB client.

    Throttling and no answer are Temporary (a write may have been done: its repetition then is a Conflict), too large
    an item is Permanent.
    """

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name
        for operation in ("GetItem", "BatchGetItem", "Query"):
            event = f"before-parse.dynamodb.{operation}"
            client.meta.events.register(event, _items_as_they_came, unique_id=f"retailhub.{operation}")

    def get(self, key: Key) -> Item | None:
        """One consistent read."""
        answer = self._call("get_item", Key=_key(key), ConsistentRead=True)
        return unmarshalled(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Iterable[Key]) -> dict[Key, Item]:
        """One BatchGetItem, repeated for what DynamoDB leaves unprocessed."""
        found: dict[Key, Item] = {}
        asked: Any = {"Keys": [_key(k) for k in dict.fromkeys(keys)], "ConsistentRead": True}
        while asked and asked["Keys"]:
            answer = self._call("batch_get_item", named=False, RequestItems={self._name: asked})
            for raw in answer["Responses"].get(self._name, []):
                item = unmarshalled(raw)
                found[item["pk"], item["sk"]] = item
            asked = answer.get("UnprocessedKeys", {}).get(self._name)
        return found

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
        """One Query; consistent on the table itself, eventually consistent on an index."""
        options = _asked(pk, index, begins, since, until)
        if cursor:
            options["ExclusiveStartKey"] = _cursor_key(cursor)
        answer = self._call(
            "query",
            ScanIndexForward=not newest_first,
            Limit=limit,
            **options,
        )
        last = answer.get("LastEvaluatedKey")
        return Page([unmarshalled(raw) for raw in answer["Items"]], _cursor(last) if last else None)

    def count(
        self,
        pk: str,
        *,
        index: Index | None = None,
        begins: str = "",
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        """As many queries as DynamoDB cuts the partition into (a MiB each); only numbers travel."""
        options, counted = _asked(pk, index, begins, since, until), 0
        while True:
            answer = self._call("query", Select="COUNT", **options)
            counted += int(answer["Count"])
            if "LastEvaluatedKey" not in answer:
                return counted
            options["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def write(self, *writes: Write) -> None:
        """A single PutItem or DeleteItem for one write (half the price), a transaction for more."""
        if len(writes) == 1 and not isinstance(writes[0], Check):
            operation, arguments = _operation(writes[0])
            self._call("put_item" if operation == "Put" else "delete_item", **arguments)
        elif writes:
            named = [(kind, {"TableName": self._name, **arguments}) for kind, arguments in map(_operation, writes)]
            self._call("transact_write_items", named=False, TransactItems=[{kind: a} for kind, a in named])

    def _call(self, operation: str, named: bool = True, **arguments: Any) -> Any:
        try:
            return getattr(self._client, operation)(**({"TableName": self._name} if named else {}), **arguments)
        except ClientError as error:
            raise _translated(error) from error
        except BotoCoreError as error:
            raise Temporary("table_unavailable", type(error).__name__) from error


def _items_as_they_came(response_dict: Any, customized_response_dict: Any, **_: Any) -> None:
    """Lets items past botocore's parser, which looks ten times at each of their attributes: more than half of what a
    search cost."""
    if response_dict["status_code"] == 200:
        answer = json.loads(response_dict["body"])
        items = {name: answer.pop(name) for name in ("Item", "Items", "Responses") if name in answer}
        customized_response_dict.update(items)
        response_dict["body"] = json.dumps(answer).encode()


def _asked(pk: str, index: Index | None, begins: str, since: str | None, until: str | None) -> dict[str, Any]:
    """What a query asks for: the partition, and the part of it that is wanted."""
    prefix = f"{index}_" if index else ""
    names, values = {"#p": f"{prefix}pk"}, {":p": pk}
    condition = "#p = :p"
    bounds = {":begins": begins or None, ":since": since, ":until": until}
    given = {name: text for name, text in bounds.items() if text is not None}
    if given:
        names["#s"], values = f"{prefix}sk", {**values, **given}
        condition += f" AND {_RANGES[tuple(given)]}"
    return {
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": {name: {"S": text} for name, text in values.items()},
        **({"IndexName": index} if index else {"ConsistentRead": True}),
    }


_RANGES = {
    (":begins",): "begins_with(#s, :begins)",
    (":since",): "#s >= :since",
    (":until",): "#s <= :until",
    (":since", ":until"): "#s BETWEEN :since AND :until",
}
"""The ranges of sort keys that a query can ask for: DynamoDB takes one condition on the sort key."""


def _operation(write: Write) -> tuple[str, dict[str, Any]]:
    condition = _condition(write.expect)
    if isinstance(write, Put):
        return "Put", {"Item": _marshalled({**write.item, "rev": (write.expect or 0) + 1}), **condition}
    return ("Delete" if isinstance(write, Delete) else "ConditionCheck"), {"Key": _key(write.key), **condition}


def _condition(expect: int | None) -> dict[str, Any]:
    if expect is None:
        return {}
    if expect == ABSENT:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {"ConditionExpression": "rev = :rev", "ExpressionAttributeValues": {":rev": {"N": str(expect)}}}


_BUSY = {"ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "InternalServerError"}


def _translated(error: ClientError) -> Exception:
    code = error.response["Error"]["Code"]
    if code in ("ConditionalCheckFailedException", "TransactionConflictException", "TransactionInProgressException"):
        return Conflict()
    if code == "TransactionCanceledException":
        return _cancelled(error)
    if code in _BUSY:
        return Temporary("table_busy", code)
    text = error.response["Error"].get("Message", "").lower()
    if "starting key" in text or "exclusivestartkey" in text.replace(" ", ""):
        return Permanent("bad_cursor", "the cursor is of another list", field="cursor")
    return Permanent("too_large", "the item is larger than 400 kB") if "item size" in text else error


def _cancelled(error: ClientError) -> Exception:
    reasons = {r.get("Code", "None") for r in error.response.get("CancellationReasons", [])}
    if "ValidationError" in reasons:
        return Permanent("too_large", "an item of the transaction is too large or malformed")
    return Conflict() if reasons & {"ConditionalCheckFailed", "TransactionConflict"} else Temporary("table_busy")


def _key(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def _marshalled(item: Item) -> dict[str, Any]:
    return {name: _attribute(name, value) for name, value in item.items() if value is not None}


def _attribute(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    text = value.encode("utf-8", "replace")  # half a surrogate pair in a stranger's text is no reason to lose the item
    if name == "data" and len(value) > COMPRESS_FROM:
        return {"B": zlib.compress(text, 6)}
    return {"S": text.decode()}


def unmarshalled(raw: dict[str, Any]) -> Item:
    """The item as it travels, in an answer or in an image of the table's stream."""
    return {name: _value(*next(iter(typed.items()))) for name, typed in raw.items()}


def _value(kind: str, value: Any) -> Any:
    if kind == "N":
        return int(value)
    return zlib.decompress(base64.b64decode(value)).decode("utf-8") if kind == "B" else value


def _cursor(last: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps({k: v["S"] for k, v in last.items()}).encode()).decode()


def _cursor_key(cursor: str) -> dict[str, Any]:
    try:
        names = json.loads(base64.urlsafe_b64decode(cursor))
        return {str(name): {"S": str(value)} for name, value in names.items()}
    except (ValueError, AttributeError) as error:
        raise Permanent("bad_cursor", "the cursor is not one of ours", field="cursor") from error
