"""Records, links, events, runs and connections survive their items, and stand where they are looked for."""

from dataclasses import replace
from decimal import Decimal

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.flows import Flow
from retailhub.domain.records import Contract, Customer, Line, Order, Party, Product, Record
from retailhub.store import connections, events, links, pulls, records
from retailhub.store.links import Link
from retailhub.store.pulls import Pull
from retailhub.store.table import (
    coded,
    from_source,
    list_of,
    of_parent,
    parked_for,
    story_of,
    waiting_for,
    with_code,
    with_phone,
)
from tests.fakes.memory_table import MemoryTable

AT = "2026-05-14T02:00:00.000000Z"
BORN = {"version": 1, "created_at": AT, "updated_at": AT, "origin": "shop1", "external_ids": {"shop1": "7"}}


def test_every_kind_of_record_survives_its_item() -> None:
    """I18: amounts come back as the exact decimals that they were."""
    table = MemoryTable()
    for record in (
        Record("customer", "c1", Customer(name="Đặng Hà", phone="+84912000111", revenue=Decimal("0.1")), **BORN),  # type: ignore[arg-type]
        Record("order", "o1", Order(buyer=Party(customer="c1"), items=(Line(sku="A", quantity=Decimal(2)),)), **BORN),  # type: ignore[arg-type]
        Record("contract", "k1", Contract(customer="c1", value=Decimal("1e6")), **BORN),  # type: ignore[arg-type]
    ):
        table.write(records.put(record))
        loaded = records.load(table, record.type, record.id)
        assert loaded == replace(record, rev=1)
    assert [item["id"] for item in table.query(with_phone("+84912000111"), index="related").items] == ["c1"]
    assert {item["id"] for item in table.query(of_parent("c1"), index="related").items} == {"o1", "k1"}
    assert [item["id"] for item in table.query(list_of("order"), index="listing").items] == ["o1"]


def test_a_link_is_listed_while_it_waits_or_has_failed() -> None:
    """The backlog can be seen (design §2)."""
    table = MemoryTable()
    link = Link("order", "o1", "cnv1", "9", known={"content": "x"}, due_at=AT, status="waiting").noted(AT, "created")
    table.write(links.put(link))
    assert links.load(table, "order", "o1", "cnv1") == replace(link, rev=1)
    assert len(table.query(waiting_for("cnv1"), index="due", until=AT + "~").items) == 1
    table.write(links.put(replace(link, rev=1, status="failed", error={"at": AT})))
    assert len(table.query("FAILED", index="due").items) == 1
    assert not table.query(waiting_for("cnv1"), index="due").items
    record = Record("order", "o1", Order())
    assert [found.connection for found in links.of_record(table, record)] == ["cnv1"]


def test_a_link_keeps_the_end_of_its_story() -> None:
    link = Link("order", "o1", "cnv1")
    for n in range(20):
        link = link.noted(AT, "updated", n=n)
    assert [line["n"] for line in link.history] == list(range(12, 20))


def test_an_event_is_found_by_day_by_record_and_by_what_it_waits_for() -> None:
    table = MemoryTable()
    change = Change("shop1", "order", "7", payload={"id": "7"}, attempt=2)
    parked = events.of_change(change, "parked", AT, reason="throttled", due_at=AT, record="o1")
    table.write(events.put(parked))
    loaded = events.load(table, change.event_id)
    assert loaded == replace(parked, rev=1)
    assert loaded
    assert (loaded.change, loaded.attempts) == (change, 2)
    assert len(table.query("EVENTS#2026-05-14", index="listing").items) == 1
    assert len(table.query(story_of("order", "o1"), index="related").items) == 1
    assert len(table.query(parked_for("shop1"), index="due").items) == 1


def test_an_event_without_a_record_is_found_by_the_platforms_id() -> None:
    """What failed before there was a record; one that tells of nothing stands in no story."""
    table = MemoryTable()
    for source_id in ("HD 0099", ""):
        table.write(events.put(events.of_change(Change("shop1", "order", source_id), "failed", AT)))
    found = table.query(from_source("hd0099"), index="related").items
    assert [events.from_item(item).source_id for item in found] == ["HD 0099"]
    assert sum("related_pk" in item for item in table.items.values()) == 1


@pytest.mark.parametrize(
    "record, code",
    [
        (Record("order", "o1", Order(order_number="#DH 001"), **BORN), "dh001"),  # type: ignore[arg-type]
        (Record("contract", "k1", Contract(code="HD0099"), **BORN), "HD0099"),  # type: ignore[arg-type]
        (Record("product", "p1", Product(code="SP000001"), **BORN), "sp000001"),  # type: ignore[arg-type]
        (Record("customer", "c1", Customer(code="KH00012"), deleted=True, **BORN), "kh00012"),  # type: ignore[arg-type]
        (Record("product", "p2", Product(code="A" * 1000), **BORN), "a" * 300),  # type: ignore[arg-type]
    ],
)
def test_a_record_is_found_by_its_code_however_it_is_spelt(record: Record, code: str) -> None:
    table = MemoryTable()
    table.write(records.put(record))
    found = table.query(with_code(coded(code)), index="due", begins=f"{record.type}#").items
    assert [records.from_item(item) for item in found] == [replace(record, rev=1)]


def test_a_record_without_a_code_stands_in_no_place_of_codes() -> None:
    for fields in (Order(), Order(order_number=" # ")):
        assert "due_pk" not in records.to_item(Record("order", "o1", fields, **BORN))  # type: ignore[arg-type]


def test_closed_events_age_open_ones_do_not() -> None:
    """Reliability §1: 400 days; what waits for a person is never lost to a clock."""
    change = Change("shop1", "order", "7", payload={})
    assert events.to_item(events.of_change(change, "applied", AT))["expires_at"] == 1_778_724_000 + 400 * 86_400
    assert "expires_at" not in events.to_item(events.of_change(change, "failed", AT))


def test_runs_connections_and_flows_survive_their_items() -> None:
    table = MemoryTable()
    pull = Pull("b1", "shop1", "backfill", ("customer", "order"), counts={"customer": {"done": 1}}, started_at=AT)
    connection = Connection("shop1", "haravan", "Cửa hàng", ("customer",), {"a": 1}, created_at=AT)
    flow = Flow("f1", "hub", "shop1", "customer", ("created",))
    table.write(pulls.put(pull), connections.put(connection), connections.put_flow(flow))
    assert pulls.load(table, "b1") == replace(pull, rev=1)
    assert pulls.of_connection(table, "shop1") == pulls.every(table) == [replace(pull, rev=1)]
    assert connections.every(table) == [replace(connection, rev=1)]
    assert connections.flows(table) == [flow]
