"""F21, F22, F40: the longest and strangest records go from the door into the table whole, or are seen by a person."""

import json
import random
import unicodedata
import zlib
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from retailhub.domain.changes import Change, pack, unpack
from retailhub.domain.connections import Connection, PlatformName, Secret
from retailhub.domain.records import Record
from retailhub.platforms.http import Unpaced
from retailhub.platforms.registry import open_platform, receiver
from retailhub.runtime.intake import read
from retailhub.runtime.queues import BYTES_PER_CALL, packed
from retailhub.store import events, records
from retailhub.store.dynamo import DynamoTable
from retailhub.store.table import Put
from retailhub.sync.apply import apply, fail
from tests.fakes.memory_table import LARGEST_ITEM
from tests.fakes.world import World
from tests.functions import gateway
from tests.unit.platforms import haravan_samples, kiotviet_samples

KEY = "khoa-cua-cua-hang"
CREDENTIALS = {
    "kiotviet": {"retailer": "cuahang", "client_id": "id", "client_secret": "secret"},
    "haravan": {"access_token": "token"},
}
DECOMPOSED = unicodedata.normalize("NFD", "Nguyễn Thị Ánh Tuyết Đặng 🛍️👩‍👧")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)
LINES = 1000


def world(platform: PlatformName) -> World:
    """A hub with one shop whose words are read as the real platform writes them; nobody answers at its address."""
    made = World()
    made.connect("shop1", platform, ("customer", "product", "order", "contract"))
    connection = Connection("shop1", platform, "Cửa hàng mẫu")
    client = open_platform(connection, Secret(CREDENTIALS[platform]), "http://127.0.0.1:9", Unpaced())
    made.platforms["shop1"] = client
    return made


def sent(platform: str, event: dict[str, Any]) -> list[str]:
    """The queue messages of a signed call, each of which SQS takes."""
    verdict = receiver(platform)(read(event), Secret(current=KEY))
    assert verdict.status == 200
    messages = [packed(change) for change in verdict.changes]
    assert all(message.isascii() and len(message) <= BYTES_PER_CALL for message in messages)
    return messages


def applied(made: World, message: str) -> Record:
    """The record that a message makes."""
    change = unpack(message)
    event = apply(change, made.hub)
    assert event.outcome == "applied", event
    found = made.record("shop1", change.type, change.source_id)  # type: ignore[arg-type]
    assert found
    return found


def size(item: dict[str, Any]) -> int:
    """Bytes that DynamoDB counts for an item as our table writes it."""
    client = Notes()
    DynamoTable(client, "HubTable").write(Put(item, expect=None))
    return sum(len(name) + len(value if isinstance(value, bytes) else str(value).encode())
               for name, typed in client.items[0].items() for value in typed.values())  # fmt: skip


class Notes:
    """A DynamoDB client that takes notes, and what no real one takes it does not take either."""

    meta = Mock()

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []

    def put_item(self, Item: dict[str, Any], **_: Any) -> None:  # noqa: N803
        json.dumps(Item, ensure_ascii=False, default=lambda b: zlib.decompress(b).decode()).encode()
        self.items.append(Item)


def test_an_order_of_a_thousand_lines_goes_all_the_way() -> None:
    """F40: 1,000 lines with decomposed names and emoji: door, SQS size, apply, item size, and back."""
    line = haravan_samples.ORDER["line_items"][0]
    lines = [{**line, "id": n, "sku": f"AO-{n * 7919}", "name": f"{DECOMPOSED} {n}"} for n in range(LINES)]
    order = {**haravan_samples.ORDER, "line_items": lines, "location_id": None}
    body = json.dumps(order, ensure_ascii=False).encode()
    made = world("haravan")
    [message] = sent("haravan", gateway.haravan("shop1", body, KEY, "orders/create"))
    record = applied(made, message)
    items = record.fields.items
    assert (len(items), items[999].name, items[999].sku) == (LINES, f"{COMPOSED} 999", f"AO-{999 * 7919}")
    assert size(records.to_item(record)) < LARGEST_ITEM / 2
    assert records.from_item({**records.to_item(record), "rev": record.rev}) == record


def test_an_invoice_of_a_thousand_lines_goes_all_the_way() -> None:
    """F40: the same for KiotViet's invoices, which become contracts."""
    line = kiotviet_samples.INVOICE["InvoiceDetails"][0]
    lines = [{**line, "ProductCode": f"AO-{n * 7919}", "ProductName": f"{DECOMPOSED} {n}"} for n in range(LINES)]
    made = world("kiotviet")
    event = gateway.kiotviet("shop1", [{**kiotviet_samples.INVOICE, "InvoiceDetails": lines}], KEY, "invoice.update")
    [message] = sent("kiotviet", event)
    record = applied(made, message)
    assert (len(record.fields.items), record.fields.items[999].name) == (LINES, f"{COMPOSED} 999")
    assert size(records.to_item(record)) < LARGEST_ITEM / 2


@pytest.mark.parametrize("platform", ["kiotviet", "haravan"])
def test_emoji_and_decomposed_names_are_one_name(platform: PlatformName) -> None:
    """The same name typed on another keyboard is no change: letters are composed, emoji stay."""
    made = world(platform)
    for spelling, outcome in ((DECOMPOSED, "applied"), (COMPOSED, "echo")):
        if platform == "kiotviet":
            event = gateway.kiotviet("shop1", [{**kiotviet_samples.CUSTOMER, "Name": spelling}], KEY)
        else:
            body = json.dumps({**haravan_samples.CUSTOMER, "last_name": spelling, "first_name": ""}).encode()
            event = gateway.haravan("shop1", body, KEY)
        [message] = sent(platform, event)
        assert apply(unpack(message), made.hub).outcome == outcome
    [record] = made.records("customer")
    assert record.fields.name == COMPOSED


def test_a_name_with_half_a_surrogate_pair_fails_with_its_field_and_is_kept() -> None:
    """F22: no such text can be stored; the change waits for a person, whole, and the others go on."""
    made = world("haravan")
    body = json.dumps({**haravan_samples.CUSTOMER, "first_name": "\ud800"}).encode()
    [message] = sent("haravan", gateway.haravan("shop1", body, KEY))
    event = apply(unpack(message), made.hub)
    assert (event.outcome, event.error["field"], event.change) == ("failed", "first_name", unpack(message))


def test_an_order_that_no_item_can_hold_is_a_failed_event() -> None:
    """F40: refused by the table, kept where a person sees it, not a poison message."""
    line = haravan_samples.ORDER["line_items"][0]
    dice = random.Random(1)
    lines = [{**line, "id": n, "name": dice.randbytes(450).hex()} for n in range(2500)]
    made = world("haravan")
    made.platforms["shop1"].read = lambda *_: {**haravan_samples.ORDER, "line_items": lines, "location_id": None}  # type: ignore[method-assign]
    body = json.dumps({**haravan_samples.ORDER, "line_items": lines, "location_id": None}).encode()
    [message] = sent("haravan", gateway.haravan("shop1", body, KEY, "orders/create"))
    change = unpack(message)
    assert change.payload is None, "too large for SQS: the record is read again instead"
    event = apply(change, made.hub)
    assert (event.outcome, event.reason, event.change) == ("failed", "too_large", change)


@pytest.mark.parametrize("letters, fits", [(200_000, True), (700_000, False), (2_500_000, False)])
def test_a_large_item_without_an_id_is_set_aside_with_its_beginning(letters: int, fits: bool) -> None:
    """F11, F21: neither the queue nor the table refuses it, and a person sees how it began and how long it was."""
    made = world("kiotviet")
    bad = {"Name": random.Random(1).randbytes(letters // 2).hex()}
    good, aside = sent("kiotviet", gateway.kiotviet("shop1", [kiotviet_samples.CUSTOMER, bad], KEY))
    assert applied(made, good)
    event = apply(unpack(aside), made.hub)
    assert (event.outcome, event.reason) == ("parked", "no_id")
    kept = events.load(made.table, event.id)
    assert kept
    assert kept.change
    assert (kept.change.payload == bad) == fits
    assert fits or (kept.change.payload["bytes"] > letters and len(kept.change.payload["body"]) > 50_000)


def test_the_largest_quarantined_body_is_kept_whole() -> None:
    """F21: 256 kB of noise fit into one item, so that a redrive can judge the call again."""
    made = world("kiotviet")
    noise = random.Random(2).randbytes(256 * 1024)
    [message] = sent("kiotviet", gateway.kiotviet_raw("shop1", noise, "guessed"))
    event = apply(unpack(message), made.hub)
    assert event.change == unpack(message)
    assert size(events.to_item(event)) < LARGEST_ITEM


@pytest.mark.parametrize("action", ["ignore", "upsert"])
def test_half_a_surrogate_pair_outside_a_record_is_replaced(action: Any) -> None:
    """F22: a stranger's topic must not make an event that the table refuses for ever."""
    change = Change("shop1", "customer", "7", action, topic="\ud800", reason="unknown_topic")
    client = Notes()
    made = over_dynamo(world("haravan"), client)
    event = fail(change, ValueError("x"), made.hub) if action == "upsert" else apply(change, made.hub)
    assert client.items[0]["pk"] == {"S": f"EVENT#{event.id}"}
    assert unpack(pack(change)) == change


def over_dynamo(made: World, client: Notes) -> World:
    """The same world over DynamoDB's own client calls; nothing is there yet."""
    table = DynamoTable(client, "HubTable")
    table.get = lambda key: None  # type: ignore[method-assign]
    made.hub = replace(made.hub, table=table)
    return made
