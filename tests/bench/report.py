"""The conversion report over 100,000 leads: one pass, flat memory, the numbers right."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from retailhub.domain.business import Employee, Lead
from retailhub.domain.instants import after
from retailhub.store import records
from retailhub.store.table import Put
from tests.bench.figures import Figure, at_most, exactly, shown
from tests.bench.sqlite_table import SqliteTable
from tests.local.places import CHECKOUT, child_environment, step

SMALL, LARGE, STAFF = 10_000, 100_000, 20
MEMORY_MAY_GROW = 1.05
PAGE = 1000
BEGAN = "2025-01-01T00:00:00.000000Z"


def figures() -> Iterator[Figure]:
    """A report over few leads and one over many, each in a process of its own."""
    with TemporaryDirectory(prefix="retailhub-bench-") as folder:
        small, large = (_measured(Path(folder, f"{leads}.db"), leads) for leads in (SMALL, LARGE))
    yield exactly(f"leads counted of {LARGE:,}", large["total"]["leads"], LARGE)
    yield exactly("opportunities, won, customers", _counted(large), [LARGE, LARGE // 5, LARGE // 5])
    pages = -(-LARGE // PAGE)
    yield at_most(f"queries for {LARGE:,} leads ({PAGE:,} each, and the staff)", large["queries"], pages + 2)
    yield shown(f"peak memory at {SMALL:,}", small["peak_kb"] / 1024, "MiB")
    yield shown(f"peak memory at {LARGE:,}", large["peak_kb"] / 1024, "MiB")
    yield at_most("peak memory, large to small", large["peak_kb"] / small["peak_kb"], MEMORY_MAY_GROW)
    yield at_most(f"CPU in our own code for {LARGE:,} leads", large["own_cpu"], 3, "s")
    yield shown("whole time with the table in a file", large["seconds"], "s")


def _measured(file: Path, leads: int) -> dict[str, Any]:
    with step(f"report over {leads:,} leads"):
        _fill(file, leads)
        command = [sys.executable, "-m", "tests.bench.report_run", str(file)]
        ran = subprocess.run(command, cwd=CHECKOUT, env=child_environment(), capture_output=True, text=True, check=True)
        told: dict[str, Any] = json.loads(ran.stdout)
        return told


def _counted(told: dict[str, Any]) -> list[int]:
    return [told["total"][name] for name in ("opportunities", "won", "customers")]


def _fill(file: Path, leads: int) -> None:
    """Employees, and leads dealt out among them: one in five has five opportunities, one of them won."""
    table = SqliteTable(file)
    table.write(*(_employee(number) for number in range(STAFF)))
    for start in range(0, leads, PAGE):
        table.write(*(_lead(number) for number in range(start, start + PAGE)))
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE INDEX listing ON items (listing_pk, listing_sk)")


def _employee(number: int) -> Put:
    blank = records.born("employee", f"employee_{number}", origin="hub", by="hub", at=BEGAN)
    return records.put(blank.revised(Employee(name=f"Nhân viên {number}"), by="hub", at=BEGAN))


def _lead(number: int) -> Put:
    at = after(BEGAN, 60 * number)
    blank = records.born("lead", f"lead_{number:06}", origin="cloud", by="cloud", at=at)
    lead = Lead(
        name=f"Khách quan tâm {number}",
        phone=f"+8491{number:07}",
        email=f"lead{number}@example.vn",
        source="facebook",
        social_page="Trang mẫu",
        owner=f"employee_{number % STAFF}",
        opportunities=0 if number % 5 else 5,
        won=0 if number % 5 else 1,
    )
    return records.put(blank.revised(lead, by="cloud", at=at))
