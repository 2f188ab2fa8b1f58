"""One report in a process of its own: `python -m tests.bench.report_run FILE` over the leads in a table's file.

Prints one JSON line: {"seconds", "own_cpu", "queries", "peak_kb", "total": {number: n}}.
"""

import json
import resource
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from retailhub.crm import reports
from retailhub.crm.office import Office
from retailhub.store.table import Page
from tests.bench.sqlite_table import SqliteTable


class Clocked(SqliteTable):
    """A table that counts its queries and the CPU that they take: on AWS both are the table's, not ours."""

    queries, cpu = 0, 0.0

    def query(self, *asked: Any, **told: Any) -> Page:
        started = time.process_time()
        try:
            return super().query(*asked, **told)
        finally:
            self.queries += 1
            self.cpu += time.process_time() - started


def main(file: str) -> None:
    """Everything from the beginning, for all employees (R-CVR-07)."""
    table = Clocked(Path(file))
    nothing = cast("Any", None)
    office = Office(table, nothing, nothing, nothing, nothing, nothing, "")
    started, cpu = time.monotonic(), time.process_time()
    made = reports.conversion(office, reports.Wanted())
    told = {"seconds": time.monotonic() - started, "own_cpu": time.process_time() - cpu - table.cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_kb = peak // 1024 if sys.platform == "darwin" else peak
    print(json.dumps({**told, "queries": table.queries, "peak_kb": peak_kb, "total": asdict(made.total)}))


if __name__ == "__main__":
    main(sys.argv[1])
