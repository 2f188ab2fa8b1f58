"""The stand-in for AWS: ministack, on 127.0.0.1 only and with the template's rights enforced."""

from tests.local import processes
from tests.local.places import CHECKOUT, REGION, Place, child_environment, program

MARKER = "ministack"


def start(place: Place, port: int) -> int:
    """Starts the emulator on the port; answers its process id. It takes about a second until it answers."""
    place.scratch.mkdir(parents=True, exist_ok=True)
    settings = {
        "BIND_HOST": "127.0.0.1",  # its default is every interface
        "MINISTACK_HOST": "localhost",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "AUTH": "true",  # enforces the roles of template.yaml
        "TMPDIR": str(place.scratch),
        "LAMBDA_WARM_TTL_SECONDS": "3600",  # a worker unpacks the whole layer when it starts
        "LOG_LEVEL": "INFO",
    }
    return processes.start(place, "emulator", [program("emulator", "ministack")], child_environment(settings), CHECKOUT)


def wait(place: Place, endpoint: str) -> None:
    processes.wait_until(lambda: processes.answers(f"{endpoint}/_ministack/health"), "emulator", place)
