"""`make test`: every test. Those on the local stack mostly wait, so they run beside the others; one closing line for
both stands at the end, as pytest writes it."""

import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable

ON_THE_STACK, THE_REST = ("-m", "e2e"), ("-m", "not e2e")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)")


def main(more: list[str]) -> int:
    """Run both halves with the further arguments; answers the worse of their exit statuses."""
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told:
        beside = subprocess.Popen(_pytest(ON_THE_STACK, more), stdout=told, stderr=subprocess.STDOUT)
        with subprocess.Popen(_pytest(THE_REST, more), stdout=subprocess.PIPE, text=True) as rest:
            mine = _shown(rest.stdout or ())
        beside.wait()
        told.seek(0)
        print("\n──── on the local stack ────", flush=True)
        theirs = _shown(told)
    print(_closing([mine, theirs], time.monotonic() - began))
    return max(rest.returncode, beside.returncode)


def _pytest(half: tuple[str, ...], more: list[str]) -> list[str]:
    return [sys.executable, "-m", "pytest", "tests", *half, *more]


def _shown(lines: Iterable[str]) -> str:
    """Pass the output on as it comes; answers its last line with words."""
    last = ""
    for line in lines:
        print(line, end="", flush=True)
        last = line if _COUNT.search(line) else last
    return last


def _closing(lines: list[str], seconds: float) -> str:
    """The sum of several closing lines. What one half leaves to the other is no news."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update({word: int(number) for number, word in _COUNT.findall(line) if word != "deselected"})
    told = ", ".join(f"{number} {word}" for word, number in sorted(counts.items(), key=_bad_news_first))
    return f"======== {told} in {seconds:.2f}s ========"


def _bad_news_first(counted: tuple[str, int]) -> tuple[bool, str]:
    return counted[0] not in ("failed", "error", "errors"), counted[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
