"""A twin in a process of its own, so that its memory and its work are not taken for the hub's."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.local.clients import TwinControl
from tests.local.places import CHECKOUT, child_environment


@contextmanager
def twin(name: str) -> Iterator[TwinControl]:
    """The control of a twin that runs until the end of the block."""
    command = [sys.executable, "-m", "tests.twins", name]
    with subprocess.Popen(command, cwd=CHECKOUT, env=child_environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield TwinControl(process.stdout.readline().split()[-1])
        finally:
            process.terminate()
