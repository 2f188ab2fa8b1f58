"""Background processes of the local stack: started with a log each, ended by process id and nothing else."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.local.places import Place


class NotUp(Exception):
    """A part of the stack did not come up; the message names its log."""


def start(place: Place, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> int:
    """Starts a process that outlives this one, in a process group of its own; answers its id."""
    place.logs.mkdir(parents=True, exist_ok=True)
    with (place.logs / f"{name}.log").open("ab") as log:
        child = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    return child.pid


def command_of(pid: int) -> str:
    """The command line of a running process, empty when there is none: an id may belong to somebody else by now."""
    # -ww: else ps may cut the line at COLUMNS, which test runners set, and the process would seem to be another
    answer = subprocess.run(
        ["ps", "-ww", "-o", "stat=", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return "" if answer.startswith("Z") else answer


def is_running(pid: int, marker: str) -> bool:
    return marker in command_of(pid)


def end(pid: int, marker: str, patience: float = 8.0) -> None:
    """Ends the process and its children, if it still is the one that was started: first politely, then for good."""
    if not is_running(pid, marker):
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while is_running(pid, marker) and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def answers(url: str) -> bool:
    """True when the address answers anything but a server's error."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError as refusal:
        return refusal.code < 500
    except OSError:
        return False


def wait_until(ready: Callable[[], bool], what: str, place: Place, patience: float = 30.0) -> None:
    """Waits for a part of the stack.

    Raises NotUp with the place of its log when it does not come up in time.
    """
    deadline = time.monotonic() + patience
    while not ready():
        if time.monotonic() > deadline:
            raise NotUp(f"{what} did not come up within {patience:.0f} s; its log: {place.logs / what}.log")
        time.sleep(0.05)
