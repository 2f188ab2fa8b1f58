"""Searches: what lists and events cost in our own time with 200,000 customers and 1,000,000 events stored, the table's
time told apart. Other sizes: `python -m tests.bench.searches_run FILE CUSTOMERS EVENTS`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.figures import Figure, at_most, shown, written
from tests.local.places import CHECKOUT, child_environment, step

CUSTOMERS, EVENTS = 200_000, 1_000_000
MOST_MS = 200.0


def figures() -> Iterator[Figure]:
    """Every way to look for something, measured in a process of its own; the slowest call of each counts."""
    with TemporaryDirectory(prefix="retailhub-bench-") as folder, step(f"{CUSTOMERS:,} customers, {EVENTS:,} events"):
        command = [sys.executable, "-m", "tests.bench.searches_run", str(Path(folder, "hub.db"))]
        sizes = [str(CUSTOMERS), str(EVENTS)]
        ran = subprocess.run(
            [*command, *sizes], cwd=CHECKOUT, env=child_environment(), capture_output=True, text=True, check=True
        )
    told: dict[str, Any] = json.loads(ran.stdout)
    yield shown("storing them", told["filled"], "s")
    for what, spent in told["calls"].items():
        half, table = written(spent["p50"], "ms"), written(spent["table"], "ms")
        more = f"p50 {half}, the table {table} in {written(spent['queries'])} calls"
        yield at_most(f"{what}, slowest ({more})", spent["max"], MOST_MS, "ms")
