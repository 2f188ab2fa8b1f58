"""The whole hub on one machine: an AWS emulator, the template deployed onto it, twins of the platforms."""

import sys
from pathlib import Path

_PACKAGE = str(Path(__file__).resolve().parents[2] / "layers" / "retailhub")
if _PACKAGE not in sys.path:  # `python -m tests.local.stack` must find the hub's own package without any setting
    sys.path.append(_PACKAGE)
