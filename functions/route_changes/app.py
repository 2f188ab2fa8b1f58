"""Stream: tell from the table's changes which deliveries a record's new version needs."""

from typing import Any

from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

from retailhub.runtime.batch import process, stream
from retailhub.runtime.observability import log
from retailhub.runtime.wiring import hub
from retailhub.store.dynamo import unmarshalled
from retailhub.store.table import Item, record_key
from retailhub.sync.route import route


def handler(event: dict[str, Any], context: Any) -> Any:
    """Partial batch response: the first record that must come again; those after it come again with it."""
    return process(event, context, route_one, stream)


def route_one(record: DynamoDBRecord) -> None:
    """Queue the deliveries of one record; items that are no records are passed over, whatever the filter lets in."""
    old, new = _image(record, "OldImage"), _image(record, "NewImage")
    if new is None or (new["pk"], new["sk"]) != record_key(new.get("type", ""), new.get("id", "")):
        return
    for wish in route(old, new, hub()):
        log("routed", type=wish.type, record=wish.id, version=wish.version, connection=wish.connection)


def _image(record: DynamoDBRecord, which: str) -> Item | None:
    """The item before or after the change, in our own reading: Powertools would turn its numbers into decimals."""
    image = record.raw_event["dynamodb"].get(which)
    return unmarshalled(image) if image else None
