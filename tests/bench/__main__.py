"""`python -m tests.bench [name …]`: runs the benches one by one, prints one table, exits 1 if a target is missed."""

import argparse
import sys
from importlib import import_module

from tests.bench.figures import Figure, table
from tests.local.places import step

BENCHES = (
    "operations",
    "cold_start",
    "accept",
    "quota",
    "backfill",
    "report",
    "members",
    "searches",
    "rules_preview",
    "api_calls",
    "first_view",
    "stack",
)


def main() -> int:
    """Run the benches asked for, all of them by default."""
    words = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    words.add_argument("names", nargs="*", metavar="name", help=f"which benches, by default all: {', '.join(BENCHES)}")
    names = words.parse_args().names or list(BENCHES)
    strange = set(names) - set(BENCHES)
    if strange:
        words.error(f"no bench {', '.join(sorted(strange))}; there are {', '.join(BENCHES)}")
    measured = [(name, figure) for name in names for figure in _measured(name)]
    print(table(measured))
    return 1 if any(figure.ok is False for _, figure in measured) else 0


def _measured(name: str) -> list[Figure]:
    with step(f"bench {name}"):
        return list(import_module(f"tests.bench.{name}").figures())


if __name__ == "__main__":
    sys.exit(main())
