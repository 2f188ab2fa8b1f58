"""`make test`: every test. Those on the local stack mostly wait, so they run beside the others, those in a browser on a
second stack; one closing line for all stands at the end, as pytest writes it."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from typing import IO

THE_REST = "not e2e"
BESIDE = {"on the local stack": "e2e and not console", "in a browser": "console"}
"""What runs beside the rest: its heading → what it selects."""
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)")


def main(more: list[str]) -> int:
    """Run all parts with the further arguments; answers the worst of their exit statuses."""
    began = time.monotonic()
    beside = {heading: _beside(selected, more) for heading, selected in BESIDE.items()}
    with subprocess.Popen(_pytest(THE_REST, more), stdout=subprocess.PIPE, text=True) as rest:
        closings = [_shown(rest.stdout or ())]
    for heading, (run, told) in beside.items():
        run.wait()
        told.seek(0)
        print(f"\n──── {heading} ────", flush=True)
        closings.append(_shown(told))
    print(_closing(closings, time.monotonic() - began))
    return max(rest.returncode, *(run.returncode for run, _ in beside.values()))


def _beside(selected: str, more: list[str]) -> tuple[subprocess.Popen[bytes], IO[str]]:
    """A part that runs in the background, and where its words are kept until its turn to be shown."""
    told = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 read once the part is through
    stack = {"RETAILHUB_STACK": "console"} if selected == "console" else {}
    run = subprocess.Popen(_pytest(selected, more), stdout=told, stderr=subprocess.STDOUT, env={**os.environ, **stack})
    return run, told


def _pytest(selected: str, more: list[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", "tests", "-m", selected, *more]


def _shown(lines: Iterable[str]) -> str:
    """Pass the output on as it comes; answers its last line with words."""
    last = ""
    for line in lines:
        print(line, end="", flush=True)
        last = line if _COUNT.search(line) else last
    return last


def _closing(lines: list[str], seconds: float) -> str:
    """The sum of several closing lines. What one part leaves to another is no news."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update({word: int(number) for number, word in _COUNT.findall(line) if word != "deselected"})
    told = ", ".join(f"{number} {word}" for word, number in sorted(counts.items(), key=_bad_news_first))
    return f"======== {told} in {seconds:.2f}s ========"


def _bad_news_first(counted: tuple[str, int]) -> tuple[bool, str]:
    return counted[0] not in ("failed", "error", "errors"), counted[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
