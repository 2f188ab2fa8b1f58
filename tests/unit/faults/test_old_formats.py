"""F44: what earlier versions of the hub wrote into queues and table is read by this one, word for word.

The texts below are never edited. Whoever changes a format adds what the version before wrote.
"""

from typing import Any

from retailhub.domain.changes import unpack
from retailhub.domain.connections import Secret
from retailhub.domain.deliveries import Delivery, delivery_from
from retailhub.domain.records import Customer, Order
from retailhub.store import connections, events, links, pulls, records

FIRST_CHANGE = (
    '{"envelope": 1, "connection": "kv0example", "type": "customer", "source_id": "1000042", "action": "upsert", '
    '"via": "webhook", "topic": "customer.update", "received_at": "2026-05-14T03:22:31.487000Z", "reason": "", '
    '"proof": "text", "row": "", "uid": "", "attempt": 0, "event_id": "254164e087779d9a9d37eeb644413ab0", '
    '"payload": {"Id": 1000042, "Name": "Tr\\u1ea7n Th\\u1ecb Lan"}}'
)
FIRST_LARGE_CHANGE = (
    '{"envelope": 1, "connection": "c", "type": "order", "source_id": "7", "action": "upsert", "via": "webhook", '
    '"topic": "", "received_at": "", "reason": "", "proof": "", "row": "", "uid": "", "attempt": 0, '
    '"event_id": "e1", "payload_z": "c$}+N%E`=2EmpFMHq<eStpxxmc?8)"}'
)
FIRST_DELIVERY = (
    '{"platform": "getfly", "connection": "gf0example", "type": "customer", "id": "c_1", "group": "c_1", '
    '"version": 3, "asked": false, "attempt": 0}'
)
FIRST_SECRET = (
    '{"credentials": {"retailer": "cuahang"}, "current": "a", "previous": "", "previous_until": "", "proof": ""}'
)
FIRST_CUSTOMER: dict[str, Any] = {
    "pk": "REC#customer#c_1",
    "sk": "REC",
    "type": "customer",
    "id": "c_1",
    "version": 2,
    "rev": 5,
    "origin": "kv0example",
    "changed_by": "kv0example",
    "deleted": False,
    "edited_here": False,
    "created_at": "2026-05-14T03:22:31.487000Z",
    "updated_at": "2026-05-14T03:22:31.487000Z",
    "created_by": "kv0example",
    "updated_by": "kv0example",
    "data": '{"fields":{"name":"Trần Thị Lan","revenue":530000,"total_orders":1,"is_buyer":true,"funnel":"customer",'
    '"last_purchases":[{"order":"o_1","at":"2026-05-14T03:00:00.000000Z"}],"purchases":1},'
    '"external_ids":{"kv0example":"1000042"}}',
}
FIRST_ORDER = FIRST_CUSTOMER | {
    "pk": "REC#order#o_1",
    "type": "order",
    "id": "o_1",
    "data": '{"fields":{"payment_status":"paid","total_price":530000,"buyer":{"customer":"c_1"},'
    '"items":[{"sku":"AO","quantity":"1.5","price":100000}],'
    '"contribution":{"buyer":"c_1","revenue":500000,"counted":true}},"external_ids":{}}',
}
FIRST_EVENT = {
    "rev": 1,
    "data": '{"id": "e1", "connection": "kv0example", "type": "customer", "source_id": "7", "outcome": "failed", '
    '"reason": "invalid", "record": "", "version": 0, "changed": [], "topic": "", "via": "webhook", '
    '"received_at": "", "handled_at": "2026-05-14T03:22:31.487000Z", "due_at": "", "attempts": 0, '
    '"error": {"code": "invalid", "field": "gender"}, "message": "", "rev": 0}',
}
FIRST_LINK = {
    "rev": 4,
    "data": '{"type": "customer", "record": "c_1", "connection": "gf0example", "remote_id": "5127", '
    '"remote_code": "RH-C_1", "heard": "", "heard_version": "", "row": "", "known": {"content": "abc"}, "version": 2, '
    '"gone": false, "status": "settled", "pending_since": "", "pending_as": "", "due_at": "", "asked": false, '
    '"attempts": 0, "group": "", "error": {}, "history": [{"at": "x", "what": "created"}], "rev": 0}',
}
FIRST_PULL = {
    "rev": 2,
    "data": '{"id": "b1", "connection": "kv0example", "mode": "backfill", "types": ["customer"], "since": null, '
    '"at": 0, "cursor": "100", "counts": {"customer": {"done": 100, "total": 900, "changed": 3, "removed": 0}}, '
    '"status": "running", "started_at": "x", "beat_at": "x", "finished_at": "", "error": {}, "last_complete": "", '
    '"rev": 0}',
}
FIRST_CONNECTION = {
    "rev": 1,
    "data": '{"id": "kv0example", "platform": "kiotviet", "name": "Cửa hàng", "record_types": ["customer"], '
    '"settings": {}, "status": "active", "rev": 0, "version": 1, "created_at": "", "updated_at": "", '
    '"created_by": "", "updated_by": "", "proof_seen": "text"}',
}


def test_the_first_messages_are_read() -> None:
    """What lay in the queues while the new version was rolled out."""
    change, large = unpack(FIRST_CHANGE), unpack(FIRST_LARGE_CHANGE)
    assert (change.source_id, change.payload["Name"], change.proof) == ("1000042", "Trần Thị Lan", "text")
    assert large.payload == {"lines": [1, 2]}
    assert delivery_from(FIRST_DELIVERY) == Delivery("getfly", "gf0example", "customer", "c_1", "c_1", 3)


def test_the_first_records_are_read() -> None:
    """Customer and order with their totals and contributions."""
    customer, order = records.from_item(FIRST_CUSTOMER), records.from_item(FIRST_ORDER)
    assert isinstance(customer.fields, Customer)
    assert isinstance(order.fields, Order)
    assert (int(customer.fields.revenue), customer.fields.last_purchases[0].order) == (530_000, "o_1")
    assert (int(order.fields.contribution.revenue), str(order.fields.items[0].quantity)) == (500_000, "1.5")


def test_the_first_marks_are_read() -> None:
    """Events, links, runs, connections and secrets."""
    assert events.from_item(FIRST_EVENT).error == {"code": "invalid", "field": "gender"}
    assert (links.from_item(FIRST_LINK).remote_id, links.from_item(FIRST_LINK).rev) == ("5127", 4)
    assert (pulls.from_item(FIRST_PULL).cursor, pulls.from_item(FIRST_PULL).types) == ("100", ("customer",))
    assert connections.from_item(FIRST_CONNECTION).proof_seen == "text"
    assert Secret.from_json(FIRST_SECRET).credentials == {"retailer": "cuahang"}


def test_what_a_newer_version_wrote_is_read_after_it_was_rolled_back() -> None:
    """F44: a member that this version does not know keeps nothing from being read."""
    message = FIRST_DELIVERY[:-1] + ', "of_tomorrow": 1}'
    data = str(FIRST_CUSTOMER["data"]).replace('{"fields":{', '{"fields":{"of_tomorrow":1,')
    stored = FIRST_CUSTOMER | {"data": data}

    assert delivery_from(message).id == "c_1"
    assert unpack(FIRST_CHANGE[:-1] + ', "of_tomorrow": 1}').source_id == "1000042"
    assert Secret.from_json(FIRST_SECRET[:-1] + ', "of_tomorrow": 1}').current == "a"
    assert records.from_item(stored).fields.name == "Trần Thị Lan"
