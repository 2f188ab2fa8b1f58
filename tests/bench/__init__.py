"""The figures that the hub promises, measured: `python -m tests.bench [name …]`."""

import sys
from pathlib import Path

_PACKAGE = str(Path(__file__).resolve().parents[2] / "layers" / "retailhub")
if _PACKAGE not in sys.path:  # benches and the processes they start are run without pytest's settings
    sys.path.insert(0, _PACKAGE)
