"""Backfill of 100,000 customers, quotas off: flat memory, resumed after kill -9, a second run that writes nothing."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.figures import Figure, at_most, exactly, shown
from tests.bench.twin_process import twin
from tests.local.clients import TwinControl
from tests.local.places import CHECKOUT, child_environment, step

KILLED, SMALL, LARGE = 3_000, 10_000, 100_000
MEMORY_MAY_GROW = 1.05


def figures() -> Iterator[Figure]:
    """A killed run, a small one, a large one, and the large one again."""
    with twin("kiotviet") as shop, TemporaryDirectory(prefix="retailhub-bench-") as folder:
        shop.call("PUT", "/switches", {"quota_gets_per_hour": 0})
        _seed(shop, 0, KILLED)
        with step(f"backfill of {KILLED:,}, killed in the middle and taken up again; and not killed"):
            yield from _killed(shop, Path(folder, "killed.db"), _run(shop, Path(folder, "whole.db"), "first")["pages"])
        _seed(shop, KILLED, SMALL)
        with step(f"backfill of {SMALL:,}"):
            small = _run(shop, Path(folder, "small.db"), "first")
        _seed(shop, SMALL, LARGE)
        with step(f"backfill of {LARGE:,}"):
            large = _run(shop, Path(folder, "large.db"), "first")
        with step(f"backfill of {LARGE:,} once more, nothing has changed"):
            again = _run(shop, Path(folder, "large.db"), "second")
        yield from _sizes(small, large, Path(folder, "large.db"))
        yield from _unchanged(again)


def _seed(shop: TwinControl, have: int, want: int) -> None:
    shop.call("POST", "/seed", {"customers": want - have, "start": have})


def _sizes(small: dict[str, Any], large: dict[str, Any], file: Path) -> Iterator[Figure]:
    yield exactly(f"customers in the table after {LARGE:,}", _customers(file), LARGE)
    yield exactly(f"changes applied of {LARGE:,}", large["outcomes"].get("applied"), LARGE)
    yield shown(f"peak memory at {SMALL:,}", small["peak_kb"] / 1024, "MiB")
    yield shown(f"peak memory at {LARGE:,}", large["peak_kb"] / 1024, "MiB")
    yield at_most("peak memory, large to small", large["peak_kb"] / small["peak_kb"], MEMORY_MAY_GROW)
    yield shown("read and applied in one process", LARGE / large["seconds"], "rows/s")


def _unchanged(again: dict[str, Any]) -> Iterator[Figure]:
    beside = sum(again["written"].values()) - again["written"].get("PULL", 0)
    yield exactly("second run: changes queued", sum(again["outcomes"].values()), 0)
    yield exactly("second run: items written beside the run's own", beside, 0)
    yield shown("second run: read and compared", LARGE / again["seconds"], "rows/s")


def _killed(shop: TwinControl, file: Path, whole: int) -> Iterator[Figure]:
    """kill -9 when half the pages have been asked for; the next process goes on where the run's cursor stands."""
    shop.call("DELETE", "/calls")
    with subprocess.Popen(_command(shop, file, "killed"), cwd=CHECKOUT, env=child_environment()) as process:
        while _pages(shop) < whole // 2 and process.poll() is None:
            time.sleep(0.02)
        process.kill()
        killed = process.wait()
    first = _pages(shop)
    second = _run(shop, file, "killed")["pages"]
    yield exactly("killed run: exit status of the first process", killed, -9)
    yield shown("killed run: pages before and after", f"{first} + {second} of {whole}")
    yield at_most("killed run: pages repeated", first + second - whole, 1)
    yield exactly("killed run: customers in the table", _customers(file), KILLED)


def _run(shop: TwinControl, file: Path, pull_id: str) -> dict[str, Any]:
    """A whole run, or the rest of one, in a process of its own; with the number of pages that it asked for."""
    shop.call("DELETE", "/calls")
    command = _command(shop, file, pull_id)
    done = subprocess.run(command, cwd=CHECKOUT, env=child_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["status"] == "done", told
    return {**told, "pages": _pages(shop)}


def _command(shop: TwinControl, file: Path, pull_id: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.backfill_run", str(file), shop.url, pull_id]


def _pages(shop: TwinControl) -> int:
    return int(shop.call("GET", "/calls")["by_route"].get("GET /customers", 0))


def _customers(file: Path) -> int:
    with sqlite3.connect(file) as table:
        counted = table.execute("SELECT count(*) FROM items WHERE pk LIKE 'REC#customer#%' AND sk = 'REC'")
        return int(counted.fetchone()[0])
