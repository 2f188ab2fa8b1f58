"""Cold start: the CPU that a webhook function costs before its first answer, above bare Python, as it was built."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, at_most, exactly, shown
from tests.local.places import CHECKOUT, child_environment, program

RUNS, LIMIT = 11, 300.0
WEBHOOKS = ("kiotviet", "haravan", "getfly", "cnv_loyalty", "crmviet")
BUILD = CHECKOUT / ".local" / "bench"
HEAVIEST = 6

BARE = "import time; print(time.process_time())"
START = """
import sys
sys.path[:0] = {places!r}
import app
from retailhub.runtime import aws
aws.client("sqs"), aws.client("ssm")
import time
print(time.process_time())
"""


def figures() -> Iterator[Figure]:
    """Build as for AWS, then start each webhook function in a process of its own, eleven times."""
    built = _built()
    layer = built / "RetailHubLayer" / "python"
    lacking = [path for path in (layer / "retailhub").rglob("*.py") if not _compiled(path)]
    yield exactly("modules without byte-code in the layer", len(lacking), 0)
    bare = _cpu([], BARE)
    yield shown("bare Python", bare, "ms")
    for name in WEBHOOKS:
        code = _start(built, f"{name.title().replace('_', '')}Webhook")
        spent = _cpu([], code) - bare
        yield at_most(f"{name}_webhook: import and clients", spent, LIMIT, "ms")
        if spent > LIMIT:
            yield shown(f"{name}_webhook: heaviest modules", _heaviest(code))


def _built() -> Path:
    """The build directory; the same build as for AWS, but with libraries for this machine."""
    here = {"RETAILHUB_LAYER_PLATFORM": "host", "PATH": f"{program('sam', '')}:{child_environment()['PATH']}"}
    command = [program("sam", "sam"), "build", "--cached", "--parallel"]
    command += ["--build-dir", str(BUILD / "build"), "--cache-dir", str(BUILD / "cache")]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=child_environment(here), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return BUILD / "build"


def _compiled(path: Path) -> bool:
    return (path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc").exists()


def _start(built: Path, function: str) -> str:
    places = [str(built / function), str(built / "RetailHubLayer" / "python")]
    return START.format(places=places)


def _cpu(options: list[str], code: str) -> float:
    """CPU milliseconds of a process that runs the code with nothing but what the code adds to its path; the median."""
    return 1000 * median(float(_ran(options, code).stdout) for _ in range(RUNS))


def _ran(options: list[str], code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", *options, "-c", code]
    return subprocess.run(command, env=child_environment(), capture_output=True, text=True, check=True)


def _heaviest(code: str) -> str:
    """The modules with the longest imports of their own, from `-X importtime`."""
    lines = [line.split("|") for line in _ran(["-X", "importtime"], code).stderr.splitlines()[1:]]
    own = sorted(((int(line[0].split(":")[1]), line[2].strip()) for line in lines if len(line) == 3), reverse=True)
    return ", ".join(f"{name} {time / 1000:.0f} ms" for time, name in own[:HEAVIEST])
