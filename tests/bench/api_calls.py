"""What a call of the admin API costs at the table: reads and writes, counted call by call on a small business."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.bench.figures import Figure, at_most
from tests.unit.api.desk import Desk


class Cost(NamedTuple):
    """A call, and how many reads and writes (a transaction is one) it may take."""

    method: str
    path: str
    body: Any
    reads: int
    writes: int


def figures() -> Iterator[Figure]:
    """The calls that a shop's people make all day."""
    desk = business()
    for call in costs():
        reads, writes = counted(desk, call)
        what = f"{call.method} {call.path}"
        yield at_most(f"{what}: reads", reads, call.reads)
        yield at_most(f"{what}: writes", writes, call.writes)


def business() -> Desk:
    """A hundred customers, two employees, a rule, points, a few contracts, leads and entries."""
    desk = Desk()
    made("POST", desk, "/employees", {"name": "An"}, "an")
    rule = {"name": "Mọi khách", "event": "customer_created", "assign_to": {"employee": IDS["an"]}, "conditions": []}
    made("POST", desk, "/ownership-rules", rule, "rule")
    made("PUT", desk, "/point-settings", {"amount_per_point": 100_000, "point_value": 1_000}, "points")
    for n in range(100):
        one = {"name": f"Khách {n}", "phone": f"+8491700{n:04}", "owner": IDS["an"], "source": "retailer"}
        desk.keep("customer", f"c_{n}", at=f"2026-05-14T02:{n // 60:02}:{n % 60:02}.000000Z", **one)
    made("POST", desk, "/contracts", {"code": "K1", "customer": "c_1", "value": 2_000_000, "paid": 2_000_000}, "paid")
    made("POST", desk, "/contracts", {"code": "K2", "customer": "c_1", "value": 500_000, "paid": 0}, "open")
    made("POST", desk, "/leads", {"name": "Tiềm năng"}, "lead")
    made("POST", desk, "/catalogues/loss-reasons", {"name": "Giá cao"}, "reason")
    return desk


IDS: dict[str, str] = {}
"""Ids of what the business was made of, by the names given above."""


def made(method: str, desk: Desk, path: str, body: Any, name: str) -> None:
    """Enter something and remember its id."""
    reply = desk.call(method, path, body)
    assert reply.status < 300, f"{path}: {reply.text}"
    IDS[name] = reply.json.get("id", "")


def costs() -> list[Cost]:
    """Of each kind of call one: lists, single records, entries, edits, the acts with consequences."""
    an = IDS["an"]
    return [
        Cost("GET", "/customers", None, 1, 0),
        Cost("GET", f"/customers?owner={an}", None, 2, 0),
        Cost("GET", "/customers?phone=0917000001", None, 1, 0),
        Cost("GET", "/customers/c_1", None, 1, 0),
        Cost("GET", "/customers/c_1/timeline", None, 6, 0),
        Cost("GET", "/customers/c_1/points", None, 4, 0),
        Cost("GET", "/members?list=haravan", None, 2, 0),
        Cost("GET", "/leads", None, 1, 0),
        Cost("GET", "/catalogues/loss-reasons", None, 1, 0),
        Cost("GET", "/reports/conversion", None, 2, 0),
        Cost("POST", "/customers", {"name": "Mới", "phone": "0917111222"}, 8, 1),
        Cost("PATCH", "/customers/c_2", {"note": "khách quen"}, 8, 1),
        Cost("POST", "/leads", {"name": "Nữa"}, 7, 1),
        Cost("POST", "/opportunities", {"name": "Cơ hội", "lead": IDS["lead"], "value": 1_000_000}, 2, 1),
        Cost("POST", "/contracts", {"code": "K3", "customer": "c_2", "value": 100_000, "paid": 100_000}, 10, 1),
        Cost("POST", f"/contracts/{IDS['open']}/redeem", {"points": 5}, 11, 1),
        Cost("PATCH", f"/catalogues/loss-reasons/{IDS['reason']}", {"name": "Giá quá cao"}, 4, 1),
        Cost("DELETE", f"/catalogues/loss-reasons/{IDS['reason']}", None, 7, 1),
    ]


def counted(desk: Desk, call: Cost) -> tuple[int, int]:
    """Reads and writes of one call that must succeed."""
    path, _, query = call.path.partition("?")
    asked = dict(part.split("=") for part in query.split("&")) if query else {}
    desk.table.calls.clear()
    reply = desk.call(call.method, path, call.body, query=asked)
    assert reply.status < 300, f"{call.path}: {reply.text}"
    return desk.table.reads, desk.table.writes
