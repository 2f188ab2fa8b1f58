"""Members: what a page, the counts and an opening file cost among 200,000 customers, counted call by call."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from retailhub.crm import members, opening_import
from retailhub.crm.members import Filter
from retailhub.crm.office import Office
from retailhub.crm.opening_file import CSV
from retailhub.domain.instants import after
from retailhub.domain.membership import Membership, Standing
from retailhub.domain.records import Customer, Purchase
from retailhub.domain.segments import ListName
from retailhub.store import records
from tests.bench.figures import Figure, at_most, exactly, shown
from tests.fakes.memory_table import MemoryTable
from tests.unit.api.desk import Desk

CUSTOMERS, PAGE, ROWS = 200_000, 50, 1_000
NOW, FIRST = "2026-05-14T03:00:00.000000Z", "2026-01-01T00:00:00.000000Z"
SECONDS_APART = 57.0
"""So that 200,000 last purchases lie between the first of January and the present day."""
BATCH = 100


class Counting(MemoryTable):
    """A table that keeps the counting of a partition apart from reading it."""

    def count(self, pk: str, **options: Any) -> int:
        found = super().count(pk, **options)
        self.calls["query"] -= 1
        self.calls["count"] += 1
        return found


def figures() -> Iterator[Figure]:
    """Pages of both lists, the saved filters, and a file of new and of known members."""
    table = Counting()
    office = replace(Desk().office, table=table, by="lan", clock=lambda: NOW)
    _settle(table)
    yield from _pages(table, office)
    yield from _counts(table, office)
    yield from _file(replace(office, table=Counting()))


def _settle(table: MemoryTable) -> None:
    """Half of the customers are members, a quarter of these of the file only; every twentieth never bought."""
    samples = {who: records.to_item(_sample(who)) for who in ("opening", "registered", "unregistered")}
    joined: list[Standing] = ["opening", "registered", "registered", "registered"]
    others: list[Standing] = ["unregistered"]
    places = joined + others * 4
    for number in range(CUSTOMERS):
        sample, one = samples[places[number % 8]], f"c_{number:06}"
        pk = f"REC#customer#{one}"
        bought = after(FIRST, number * SECONDS_APART) if number % 20 else ""
        own = {"pk": pk, "id": one, "members_sk": f"{bought}#{one}", "rev": 1}
        table.items[pk, "REC"] = {**sample, **own, "data": sample["data"].replace(FIRST, bought, 1)}


def _sample(who: Standing) -> Any:
    """A customer of a standing. Where they stand follows from the key, so that 200,000 need no data of their own."""
    made = Membership(activated_at=FIRST, activated_by="lan")
    fields = Customer(
        name="Khách",
        phone="+84912000111",
        vendor_id=None if who == "opening" else "7",
        membership=None if who == "unregistered" else made,
        last_purchases=(Purchase(order="o_1", at=FIRST),),
        purchases=1,
    )
    return records.born("customer", "c", origin="haravan", by="haravan", at=FIRST).revised(
        fields, by="haravan", at=FIRST
    )


def _pages(table: Counting, office: Office) -> Iterator[Figure]:
    first = _listed(office, Filter(), None)
    asked: list[tuple[str, Filter, str | None]] = [
        ("members, first page", Filter(), None),
        ("members, next page", Filter(), first),
        ("Haravan, first page", Filter(list="haravan"), None),
    ]
    for name, wanted, cursor in asked:
        table.calls.clear()
        _listed(office, wanted, cursor)
        yield exactly(f"{name}: queries", table.calls["query"], 2)
        yield exactly(f"{name}: batch reads", table.calls["get_many"], 1)
        yield exactly(f"{name}: other reads", table.calls["get"], 0)
    yield from _searched(table, office)


def _searched(table: Counting, office: Office) -> Iterator[Figure]:
    """A filter that nobody answers to is looked for among a bounded number."""
    table.calls.clear()
    members.listed(office, Filter(owner="nobody"), limit=PAGE, cursor=None)
    yield at_most("rare match: queries of one page", table.calls["query"], 10)
    yield at_most("rare match: batch reads of one page", table.calls["get_many"], 10)


def _listed(office: Office, wanted: Filter, cursor: str | None) -> str | None:
    """Where the next page begins."""
    return members.listed(office, wanted, limit=PAGE, cursor=cursor).cursor


def _counts(table: Counting, office: Office) -> Iterator[Figure]:
    lists: tuple[ListName, ...] = ("members", "haravan")
    for of in lists:
        table.calls.clear()
        total, _ = members.counted(office, of)
        yield exactly(f"saved filters of {of}: counts", table.calls["count"], 8)
        yield exactly(f"saved filters of {of}: records read", table.calls["query"] + table.calls["get_many"], 0)
        yield shown(f"saved filters of {of}: customers counted", total)


def _file(office: Office) -> Iterator[Figure]:
    """A file of a thousand rows, and the same once more."""
    table: Any = office.table
    head = "SĐT,Họ tên,Điểm,Tổng chi tiêu,Hạng,Lần cuối mua hàng"
    lines = [f"091{n:07},Khách {n},{n},1.250.000,Bạc,01/05/2026" for n in range(ROWS)]
    content = "\n".join((head, *lines)).encode()
    for name in ("new", "known"):
        table.calls.clear()
        spent = _seconds(lambda: opening_import.received(office, CSV, content, seconds=600))
        yield at_most(f"{name} row: reads", table.reads / ROWS, 4 if name == "new" else 1.1)
        yield exactly(f"{name} row: transactions", table.calls["transaction"] / ROWS, 1 if name == "new" else 0)
        yield shown(f"{name} row: CPU of the hub", spent / ROWS * 1000, "ms")


def _seconds(act: Callable[[], Any]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
