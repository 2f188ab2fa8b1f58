"""One process of the preview's bench: `python -m tests.bench.rules_preview_run FILE CUSTOMERS` fills a file with
customers as the sync stores them, then tries rules out on them. Prints one JSON line:
{"seconds", "grown_kb", "looked_at", "spread"}."""

import json
import sqlite3
import sys
import time
from pathlib import Path

from retailhub.crm import previews
from retailhub.crm.office import Office
from retailhub.domain.identity import record_id
from retailhub.domain.instants import after
from retailhub.domain.records import Customer
from retailhub.rules.rulebook import RuleBook
from retailhub.runtime.wiring import now
from retailhub.store import records
from tests.bench.rules_preview import peak_kb
from tests.bench.sqlite_table import SqliteTable
from tests.fakes.memory_letters import MemoryLetters
from tests.fakes.memory_queues import MemoryQueues
from tests.fakes.memory_secrets import MemorySecrets
from tests.fakes.staffed import book, employee, rule, team
from tests.twins.invented import person

STAFF = team(9)
SOURCES = ("retailer", "facebook", "haravan", "webform", None)
RULES = (
    rule(("group", "=", "Đại lý"), name="Đại lý", assign_to={"employee": "employee_dealers"}),
    rule(("source", "=", "Advertising"), ("social_page", "!=", "https://www.facebook.com/shop"), name="Quảng cáo"),
    rule(("source", "!=", "webform"), ("group", "!=", "Nội bộ"), ("created_by", "=", "kiotviet"), name="Chia đều"),
)


def main(file: str, count: int) -> None:
    """Fill, forget, try out."""
    table = SqliteTable(Path(file))
    _fill(table, count)
    _index(file)
    office = Office(table, MemoryQueues(), MemorySecrets(), MemoryLetters(), None, now, "")  # type: ignore[arg-type]
    staff = (*STAFF, employee("dealers", department="other"))
    rules = book(*RULES, staff=staff, platforms={"kv0example": "kiotviet"})
    before, started = peak_kb(), time.monotonic()
    told = _tried(office, rules, count)
    seconds = time.monotonic() - started
    shares = [told.by_employee[one.id] for one in STAFF]
    spread = max(shares) - min(shares)
    line = {"seconds": seconds, "grown_kb": peak_kb() - before, "looked_at": told.looked_at, "spread": spread}
    print(json.dumps(line))


def _tried(office: Office, rules: RuleBook, count: int) -> previews.Preview:
    told = previews.preview(office, rules.ownership, "customer_created", rules, most=count, cursor=None)
    assert told.cursor is None, "the preview did not come to its end in one call"
    assert told.moved > 0
    return told


def _index(file: str) -> None:
    """The list of a kind is an index of the real table that holds the whole items; without one every page would scan
    the file."""
    with sqlite3.connect(file) as again:
        again.execute("CREATE INDEX listing ON items (listing_pk, listing_sk, pk, item)")


def _fill(table: SqliteTable, count: int) -> None:
    """Customers of a KiotViet shop, minute after minute."""
    for n in range(count):
        somebody, at = person(n), after("2026-01-01T00:00:00.000000Z", 60.0 * n)
        born = records.born(
            "customer", record_id("customer", "kv0example", str(n)), origin="kv0example", by="kv0example", at=at
        )
        fields = Customer(
            name=somebody.name,
            phone=f"+8491{n:07d}",
            email=somebody.email,
            source=SOURCES[n % len(SOURCES)],
            groups=("Đại lý",) if n % 10 == 0 else ("Khách lẻ", "Khách quen"),
            note="Khách mua tại cửa hàng, gọi lại sau Tết.",
        )
        table.write(records.put(born.revised(fields, by="kv0example", at=at)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
