"""Runs one twin until SIGTERM: `python -m tests.twins kiotviet --port 7101`."""

import argparse
import importlib
import signal
import threading

from tests.twins.base import Twin

CLASSES = {
    "kiotviet": "KiotVietTwin",
    "haravan": "HaravanTwin",
    "getfly": "GetflyTwin",
    "cnv_loyalty": "CnvLoyaltyTwin",
    "crmviet": "CrmvietTwin",
    "haraloyalty": "HaraloyaltyTwin",
}


def twin_class(name: str) -> type[Twin]:
    """The class of a twin by its platform's name; imported late, so that one broken twin does not stop the others."""
    found: type[Twin] = getattr(importlib.import_module(f"tests.twins.{name}"), CLASSES[name])
    return found


def main() -> None:
    """Serve the named twin, print its address in one line, and leave on SIGTERM or Ctrl-C."""
    words = argparse.ArgumentParser(prog="python -m tests.twins", description=__doc__)
    words.add_argument("name", choices=sorted(CLASSES))
    words.add_argument("--port", type=int, default=0, help="0: any free port")
    wish = words.parse_args()
    leave = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: leave.set())
    with twin_class(wish.name)().serve(wish.port) as url:
        print(f"{wish.name} twin on {url}", flush=True)
        leave.wait()


if __name__ == "__main__":
    main()
