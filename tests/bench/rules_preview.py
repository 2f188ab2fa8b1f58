"""What a preview of ownership rules costs: 50,000 customers of a file, streamed through the rules' own engine."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.figures import Figure, at_most, exactly
from tests.local.places import CHECKOUT

CUSTOMERS = 50_000
MOST_SECONDS = 10.0
MOST_GROWTH_KB = 20_000
"""What memory may grow by while they stream through: some pages, however many customers there are."""


def figures() -> Iterator[Figure]:
    """Time, memory and the spread, measured in a process of its own."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.rules_preview_run", str(Path(folder) / "hub"), str(CUSTOMERS)]
        ran = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(ran.stdout)
    yield at_most("preview of 50,000 customers", told["seconds"], MOST_SECONDS, "s")
    yield at_most("memory it grows by", told["grown_kb"] / 1024, MOST_GROWTH_KB / 1024, "MB")
    yield exactly("customers looked at", told["looked_at"], CUSTOMERS)
    yield at_most("spread over the department", told["spread"], 1)


def peak_kb() -> int:
    """The largest resident memory of this process so far, in kB."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest // 1024 if sys.platform == "darwin" else largest
