"""CPU time of the local stack, our functions' told apart from the emulator's: each worker is a process."""

from collections import defaultdict
from collections.abc import Mapping
from os import sysconf
from pathlib import Path

PROC = Path("/proc")
EMULATOR = "emulator"


def told() -> bool:
    """Whether this system tells the CPU time of other processes (Linux does)."""
    return (PROC / "self" / "stat").exists()


def spent(emulator: int, functions: Mapping[str, str]) -> dict[str, float]:
    """Seconds of CPU time so far, by logical id of the function; the rest of the emulator under `EMULATOR`.

    functions: logical id → physical name, as in the stack's description.
    """
    logical = {name: logical_id for logical_id, name in functions.items()}
    seconds: dict[str, float] = defaultdict(float)
    for process, parent in _family(emulator):
        seconds[logical.get(_function(process), EMULATOR) if parent else EMULATOR] += _time(process)
    return seconds


def _family(root: int) -> list[tuple[int, int]]:
    """The process and all that descend from it, each with its parent (0 for the root)."""
    parents = {int(p.name): int(fields[1]) for p in PROC.iterdir() if p.name.isdigit() and (fields := _stat(p.name))}
    family = [(root, 0)]
    for process, _ in family:  # grows while it is walked
        family += [(child, process) for child, parent in parents.items() if parent == process]
    return family


def _stat(process: str | int) -> list[str]:
    """The fields of /proc/<id>/stat behind the name; empty when the process has ended meanwhile."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _time(process: int) -> float:
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / sysconf("SC_CLK_TCK") if fields else 0.0


def _function(process: int) -> str:
    """The name of the function that a worker runs, from its environment."""
    try:
        words = (PROC / str(process) / "environ").read_bytes().split(b"\0")
    except OSError:
        return ""
    return next((w.partition(b"=")[2].decode() for w in words if w.startswith(b"AWS_LAMBDA_FUNCTION_NAME=")), "")
