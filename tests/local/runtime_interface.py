"""A handler under Lambda's own runtime interface emulator, on the bare host (Linux), from the built artefact."""

import json
import os
import platform
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.local.places import CHECKOUT, child_environment, free_ports, program

BUILT = CHECKOUT / ".aws-sam" / "build"


class NotHere(Exception):
    """This machine cannot run it: it is a Linux program."""


def invoke(function: str, event: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """Starts the function with the layer alone, hands it one event, ends it; answers what the handler answered.

    Raises NotHere where the emulator's binary does not run.
    """
    calls, runtime = free_ports(2)
    command = [str(_binary()), "--runtime-interface-emulator-address", f"127.0.0.1:{calls}"]
    command += ["--runtime-api-address", f"127.0.0.1:{runtime}"]  # without both it would listen on every interface
    command += [program("dev", "python"), "-m", "awslambdaric", "app.handler"]
    found = {"PYTHONPATH": os.pathsep.join([str(BUILT / function), str(BUILT / "RetailHubLayer" / "python")])}
    environment = child_environment({**variables, **found, "AWS_LAMBDA_FUNCTION_NAME": function})
    with subprocess.Popen(
        command, env=environment, cwd=BUILT / function, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            return _call(f"http://127.0.0.1:{calls}/2015-03-31/functions/function/invocations", event)
        finally:
            process.terminate()


def _binary() -> Path:
    name = {"x86_64": "aws-lambda-rie-x86_64", "aarch64": "aws-lambda-rie-arm64"}.get(platform.machine())
    found = CHECKOUT / ".venv/sam/lib/python3.13/site-packages/samcli/local/rapid" / (name or "none")
    if platform.system() != "Linux" or not found.exists():
        raise NotHere(f"no runtime interface emulator for {platform.system()} on {platform.machine()}")
    return found


def _call(url: str, event: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(url, json.dumps(event).encode())
    for attempt in range(100):
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.loads(answer.read() or b"null") or {}
        except urllib.error.URLError as reason:
            if attempt == 99 or not isinstance(reason.reason, ConnectionRefusedError):
                raise
            time.sleep(0.05)
    return {}
