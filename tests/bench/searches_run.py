"""One process of the searches' bench: `python -m tests.bench.searches_run FILE CUSTOMERS EVENTS` fills a table's file,
then asks the admin API for lists in every way. Prints one JSON line: {"filled": seconds, "peak_kb", "calls": {what:
{"p50", "max", "table", "queries", "found"}}}; milliseconds, the table's own apart."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.connections import Connection
from retailhub.domain.instants import after
from retailhub.domain.membership import Membership
from retailhub.domain.records import Address, Customer, Line, Order, Party, Purchase, Record
from retailhub.store import connections, events, records
from retailhub.store.table import remote_key, use_key
from tests.bench.rules_preview import peak_kb
from tests.bench.wire_table import Sample, WireTable, note
from tests.twins.invented import person
from tests.unit.api.desk import Desk

NOW = "2026-05-14T16:00:00.000000Z"
FIRST = "2025-04-20T00:00:00.000000Z"
DAYS = 389
SHOPS = ("kv0000001", "hrv000001", "gfly00001")
STAFF, ORDERS = 20, 10
"""Every employee has a twentieth of the customers, every tenth customer an order."""
TIMES = 15
PEOPLE = 500
"""Invented people, again and again with other phones."""


def main(file: str, customers: int, told: int) -> None:
    """Fill, then ask."""
    wire = WireTable(Path(file))
    started = time.monotonic()
    wire.fill(_rows(customers, told))
    filled = time.monotonic() - started
    desk = Desk()
    desk.office = replace(desk.office, table=wire.table(), clock=lambda: NOW)
    calls = {what: _measured(desk, wire, path, query) for what, path, query in asked(customers, told)}
    print(json.dumps({"filled": filled, "peak_kb": peak_kb(), "calls": calls}))


def asked(customers: int, told: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What people look for: name of the call, path and query."""
    middle, rare = customers // 2, {"q": "không có ai tên như vậy"}
    phone, old = _phone(middle), _at(told // 2, told)[:10]
    yield "customers: a page", "/customers", {}
    yield "customers: 200 of them", "/customers", {"limit": "200"}
    yield "customers: a common word", "/customers", {"q": "nguyen"}
    yield "customers: a rare word", "/customers", rare
    yield "customers: an e-mail", "/customers", {"email": "nobody@example.vn"}
    yield "customers: a phone", "/customers", {"phone": phone}
    yield "customers: an owner", "/customers", {"owner": "employee_7"}
    yield "customers: an owner and a rare word", "/customers", {"owner": "employee_7", **rare}
    yield "members: a page", "/members", {"list": "haravan"}
    yield "members: a rare word", "/members", {"list": "haravan", **rare}
    yield "orders: a page", "/orders", {}
    yield "orders: 200 of them", "/orders", {"limit": "200"}
    yield "orders: a number", "/orders", {"order_number": f"DH{middle // ORDERS:06}"}
    yield "orders: a status", "/orders", {"payment_status": "refunded"}
    yield "orders: a rare word", "/orders", rare
    yield "events: a page", "/events", {}
    yield "events: 200 of them", "/events", {"limit": "200"}
    yield "events: a connection", "/events", {"connection": SHOPS[1]}
    yield "events: a connection without any", "/events", {"connection": "quiet00001"}
    yield "events: a common outcome", "/events", {"outcome": "stale"}
    yield "events: a rare outcome", "/events", {"outcome": "parked"}
    yield "events: what failed", "/events", {"outcome": "failed"}
    yield "events: a kind without any", "/events", {"type": "product"}
    yield "events: a record", "/events", {"record": f"c_{middle:06}"}
    yield "events: a phone", "/events", {"phone": phone}
    yield "events: a code of ours", "/events", {"code": f"DH{middle // ORDERS:06}"}
    yield "events: a platform's id", "/events", {"code": f"70{middle}"}
    yield "events: a code that is nobody's", "/events", {"code": "KHONG-CO"}
    yield "events: a day a year ago", "/events", {"from": old, "to": old}
    yield (
        "events: a day, a connection, an outcome",
        "/events",
        {
            "from": old,
            "to": old,
            "connection": SHOPS[0],
            "outcome": "ignored",
        },
    )


def _measured(desk: Desk, wire: WireTable, path: str, query: dict[str, str]) -> dict[str, float]:
    """Milliseconds of our CPU and of the table's, of calls that must succeed."""
    ours, theirs, before = [], [], wire.calls
    for _ in range(TIMES):
        table, began = wire.seconds, time.process_time()
        reply = desk.call("GET", path, query=query)
        spent = time.process_time() - began
        theirs.append(1000 * (wire.seconds - table))
        ours.append(1000 * spent - theirs[-1])
        assert reply.status == 200, (path, query, reply.text)
    queries, found = (wire.calls - before) / TIMES, len(reply.json["items"])
    return {"p50": median(ours), "max": max(ours), "table": median(theirs), "queries": queries, "found": found}


def _rows(customers: int, told: int) -> Iterator[tuple[Any, ...]]:
    for shop, platform in zip(SHOPS, ("kiotviet", "haravan", "getfly"), strict=True):
        made = Connection(shop, platform, platform, ("customer", "product", "order", "contract"), created_at=FIRST)  # type: ignore[arg-type]
        yield Sample(connections.put(made).item, []).row()
    yield from _customers(customers)
    yield from _orders(customers // ORDERS)
    yield from _events(customers, told)


def _customers(count: int) -> Iterator[tuple[Any, ...]]:
    samples = [_customer(n) for n in range(PEOPLE)]
    pointer = Sample({"pk": "«remote»", "sk": "REMOTE", "record": "«id»"}, ["«remote»", "«id»"])
    for n in range(count):
        one, at = f"c_{n:06}", after(FIRST, n * DAYS * 86_400 / count)
        bought = after(at, 3_600)
        owner = f"employee_{n % STAFF}"
        yield samples[n % PEOPLE].row(one, at, bought, _phone(n), owner, f"KH{n:06}", f"kh{n:06}")
        yield note(use_key("employee", owner, "customer", at, one))
        yield pointer.row(remote_key(SHOPS[n % 3], "customer", f"70{n}")[0], one)


def _customer(n: int) -> Sample:
    """A customer after one of the invented people; the marks stand for what differs."""
    somebody = person(n)
    address = Address(source_id="1", line=somebody.street, province=somebody.province, country="VN", default=True)
    fields = Customer(
        name=somebody.name,
        code="«CODE»",
        phone="«phone»",
        phone_source="contact",
        email=somebody.email,
        addresses=(address,),
        source="haravan",
        owner="«owner»",
        vendor_id="7",
        is_buyer=True,
        funnel="buyer",
        total_orders=2,
        purchases=2,
        last_purchases=(Purchase(order="o_1", at="«bought»"), Purchase(order="o_2", at=FIRST)),
        membership=Membership(activated_at=FIRST, activated_by="lan") if n % 2 else None,
    )
    made = _born("customer", fields)
    return Sample(records.to_item(made), ["«id»", "«at»", "«bought»", "«phone»", "«owner»", "«CODE»", "«code»"])


def _orders(count: int) -> Iterator[tuple[Any, ...]]:
    lines = tuple(Line(sku=f"SP{n:06}", name="Áo linen cổ trụ", quantity=1, price=359_000) for n in range(3))  # type: ignore[arg-type]
    home = Address(line="12 Đội Cấn", district="Quận Ba Đình", province="Hà Nội", country="VN")
    fields = Order(
        order_number="«CODE»",
        order_created="«at»",
        payment_status="paid",
        total_price=1_077_000,  # type: ignore[arg-type]
        order_source="web",
        buyer=Party(customer="«buyer»", name="Nguyễn Thị An", phone="+84912000111", address=home),
        recipient=Party(customer="«buyer»", name="Nguyễn Thị An", phone="+84912000111", address=home),
        items=lines,
    )
    sample = Sample(records.to_item(_born("order", fields)), ["«id»", "«at»", "«CODE»", "«code»", "«buyer»"])
    for n in range(count):
        at, code = after(FIRST, n * DAYS * 86_400 / count), f"DH{n:06}"
        yield sample.row(f"o_{n:06}", at, code, code.lower(), f"c_{n * ORDERS:06}")


def _born(kind: Any, fields: Any) -> Record:
    blank = records.born(kind, "«id»", origin=SHOPS[1], by=SHOPS[1], at="«at»")
    return blank.revised(fields, by=SHOPS[1], at="«at»", external_ids={SHOPS[1]: "700001"})


OUTCOMES = ("applied",) * 6 + ("stale",)


def _events(customers: int, count: int) -> Iterator[tuple[Any, ...]]:
    """What every shop told of every customer in turn, a third of it of their orders; nothing has failed lately."""
    samples = {
        (shop, kind, outcome): _event(shop, kind, outcome)
        for shop in SHOPS
        for kind in ("customer", "order")
        for outcome in ("applied", "stale")
    }
    for n in range(count):
        at, who = _at(n, count), n % customers
        kind = "order" if n % 3 == 0 and who % ORDERS == 0 else "customer"
        record = f"o_{who // ORDERS:06}" if kind == "order" else f"c_{who:06}"
        sample = samples[SHOPS[n % 3], kind, OUTCOMES[n % len(OUTCOMES)]]
        yield sample.row(f"{n:032x}", at, record, f"70{who}", listing_pk=f"EVENTS#{at[:10]}")


def _event(shop: str, kind: str, outcome: Any) -> Sample:
    change = Change(shop, kind, "«source»", topic=f"{kind}.update", received_at="«at»", event_id="«event»")
    changed = ("name", "phone", "addresses") if outcome == "applied" else ()
    more = {"record": "«record»", "version": 3, "changed": changed, "reason": "" if changed else "older"}
    item = events.to_item(replace(events.of_change(change, outcome, FIRST, **more), handled_at=FIRST))
    told = {name: text.replace(FIRST, "«at»") if isinstance(text, str) else text for name, text in item.items()}
    return Sample(told, ["«event»", "«at»", "«record»", "«source»"])


def _at(n: int, count: int) -> str:
    return after(FIRST, n * DAYS * 86_400 / count)


def _phone(n: int) -> str:
    return f"+849{n + 10_000_000:08}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
