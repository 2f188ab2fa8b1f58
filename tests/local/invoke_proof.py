"""Proves that functions run as `sam local invoke` runs them: one event of each kind of function, from events/.

With a container engine it is the real `sam local invoke`; without one, the same built code under Lambda's own runtime
interface emulator. It says which of the two it did. Exit status: 0 proved, 1 not, 69 neither of the two can run here.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from tests.local import runtime_interface
from tests.local.bare import Bare, bare
from tests.local.bridge_forward import forward, gateway_address
from tests.local.places import CHECKOUT, program, say

PROVED = {
    "KiotvietWebhook": "webhook",
    "ApplyChanges": "queue",
    "RouteChanges": "stream",
    "ResumeDeliveries": "schedule",
    "AdminApi": "API",
}
ENGINE_BRINGER = CHECKOUT.parent / "shared" / "sam-local" / "with-container-engine"
NO_ENGINE = 69
INSIDE = "--with-engine"


def main() -> int:
    if INSIDE in sys.argv or _engine_answers():
        return prove_in_containers()
    if ENGINE_BRINGER.exists():
        command = [
            str(ENGINE_BRINGER),
            program("sam", "sam"),
            "--",
            sys.executable,
            "-m",
            "tests.local.invoke_proof",
            INSIDE,
        ]
        status = subprocess.run(command, cwd=CHECKOUT, check=False).returncode
        if status != NO_ENGINE:
            return status
        say("no container engine can be had here: this counts as a skip of `sam local invoke`, not as a pass")
    return prove_on_the_host()


def prove_in_containers() -> int:
    """With an engine started for this proof, the emulator is in reach of the containers; a laptop's own engine may not
    reach it, and then a handler's own answer that it could not is proof enough that it runs."""
    engine = os.environ.get("SAM_LOCAL_ENGINE", "existing")
    say(f"invoke proof: the real `sam local invoke`, container engine: {engine}")
    started_here = engine != "existing"
    address = gateway_address() if started_here else "host.docker.internal"
    with ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory())
        aws = held.enter_context(bare(Path(folder)))
        port = held.enter_context(forward(address, aws.port)) if started_here else aws.port
        template, variables = _containers_template(folder, f"http://{address}:{port}", aws)
        return _prove(lambda name, path: _sam_local_invoke(name, path, template, variables), lenient=not started_here)


def prove_on_the_host() -> int:
    """Without containers the emulator is in reach."""
    say("invoke proof: handlers of the built code under the Lambda runtime interface emulator, without containers")
    with tempfile.TemporaryDirectory() as folder, bare(Path(folder)) as aws:
        variables = {**aws.variables, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{aws.port}"}
        try:
            return _prove(lambda name, path: runtime_interface.invoke(name, json.loads(path.read_text()), variables))
        except runtime_interface.NotHere as reason:
            say(str(reason))
            return NO_ENGINE


def _prove(invoke: Callable[[str, Path], dict[str, Any]], lenient: bool = False) -> int:
    wrong = 0
    for function, kind in PROVED.items():
        path = min((CHECKOUT / "events" / _snake(function)).glob("*.json"))
        answer = invoke(function, path)
        good = _answered(kind, answer) or (lenient and _handled_the_outage(kind, answer))
        wrong += not good
        say(f"  {'ok  ' if good else 'FAIL'} {kind:9} {function:17} {path.name:32} {json.dumps(answer)[:90]}")
    return 1 if wrong else 0


def _answered(kind: str, answer: dict[str, Any]) -> bool:
    """The handler did its work and answered in the form that its trigger wants."""
    if "errorType" in answer or "unreadable" in answer:
        return False
    if kind in ("webhook", "API"):
        return answer.get("statusCode", 599) < 500
    return answer.get("batchItemFailures") == [] if kind in ("queue", "stream") else True


def _handled_the_outage(kind: str, answer: dict[str, Any]) -> bool:
    """The handler ran and said itself that AWS was out of its reach."""
    return {
        "webhook": answer.get("statusCode") == 503,
        "queue": bool(answer.get("batchItemFailures")),
        "stream": bool(answer.get("batchItemFailures")),
    }.get(kind, answer.get("errorType") == "Temporary")


def _sam_local_invoke(function: str, event: Path, template: Path, variables: Path) -> dict[str, Any]:
    command = [program("sam", "sam"), "local", "invoke", function, "--event", str(event), "--template", str(template)]
    command += [
        "--env-vars",
        str(variables),
        "--region",
        "ap-southeast-1",
        *os.environ.get("SAM_LOCAL_FLAGS", "").split(),
    ]
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout.strip().splitlines()[-1]) or {}
    except (IndexError, ValueError):
        return {"unreadable": (done.stdout + done.stderr)[-600:]}


def _containers_template(folder: str, endpoint: str, aws: Bare) -> tuple[Path, Path]:
    """`sam local` hands a function only variables that the template declares, so a copy of the built template declares
    the emulator's address and invented credentials too: nothing may reach a real account."""
    template = yaml_parse((runtime_interface.BUILT / "template.yaml").read_text())
    emulated = {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    template["Globals"]["Function"]["Environment"]["Variables"] |= emulated
    copy = runtime_interface.BUILT / "template-proof.json"
    copy.write_text(json.dumps(template))
    local = f"http://localhost:{aws.port}"
    seen = {name: value.replace(local, endpoint) for name, value in aws.variables.items()}
    variables = Path(folder) / "variables.json"
    variables.write_text(json.dumps({"Parameters": seen | emulated}))
    return copy, variables


def _engine_answers() -> bool:
    try:
        return subprocess.run(["docker", "info"], capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("_")


if __name__ == "__main__":
    sys.exit(main())
