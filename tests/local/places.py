"""Where the local stack keeps its things, which ports it takes, and how it tells what it is doing."""

import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
REGION = "ap-southeast-1"
STACK_NAME = "retailhub-local"


@dataclass(frozen=True)
class Place:
    """A folder with a `template.yaml`; everything that the stack writes is below its `.local`. name: of a second stack
    beside the first."""

    root: Path
    name: str = ""

    @property
    def state(self) -> Path:
        return self.root / ".local" / self.name

    @property
    def description(self) -> Path:
        """The stack's own description: addresses, admin key, names of table and queues, process ids."""
        return self.state / "stack.json"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def scratch(self) -> Path:
        """The emulator unpacks the functions here."""
        return self.state / "tmp"

    @property
    def built_template(self) -> Path:
        return self.state / "build" / "template.yaml"


def program(environment: str, name: str) -> str:
    """The path of a program in one of the three virtual environments: `dev`, `sam` or `emulator`."""
    return str(CHECKOUT / ".venv" / environment / "bin" / name)


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What child processes see: not the caller's AWS account, proxies or Python settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "PYTHON", "SAM_CLI_")) and not name.lower().endswith("_proxy")
    }
    credentials = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    region = {"AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true"}
    return inherited | credentials | region | {"PYTHONUNBUFFERED": "1", "SAM_CLI_TELEMETRY": "0"} | dict(extra or {})


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nothing listens on; all different."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Shows one line of progress, with the time that the step took."""
    started = time.monotonic()
    yield
    say(f"  {time.monotonic() - started:5.1f} s  {name}")
