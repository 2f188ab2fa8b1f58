"""What the local stack starts, it ends, and nothing else."""

import sys
from pathlib import Path

import pytest

from tests.local import processes
from tests.local.places import Place, child_environment

LONG = "x" * 120


def sleeper(folder: Path, marker: str) -> int:
    command = [sys.executable, "-c", "import time; time.sleep(60)", marker]
    return processes.start(Place(folder), "sleeper", command, child_environment(), folder)


def test_a_process_is_ended_even_where_the_terminal_is_narrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    pid = sleeper(tmp_path, f"{LONG}-ours")

    processes.end(pid, "-ours")

    assert processes.command_of(pid) == ""


def test_a_process_that_took_over_the_id_is_left_alone(tmp_path: Path) -> None:
    pid = sleeper(tmp_path, "somebody-elses")

    processes.end(pid, "ours-")

    assert processes.is_running(pid, "somebody-elses")
    processes.end(pid, "somebody-elses")


def test_what_is_gone_already_is_no_trouble(tmp_path: Path) -> None:
    pid = sleeper(tmp_path, "short")
    processes.end(pid, "short")

    processes.end(pid, "short")

    assert not processes.is_running(pid, "short")
