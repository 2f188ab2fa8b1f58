"""`python -m tests.local.stack up|down|status [--root DIR]`: the whole hub on this machine, in the background.

`up` answers when the API does, and writes `.local/stack.json`: `api`, `console`, `webhooks` (addresses), `admin_key`,
`twins` {name: address}, `endpoint` (the emulator), `region`, `table`, `secrets_prefix`, `queues` {name: url},
`functions` {logical id: physical name}, `pids` {name: id}.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from tests.local import admin_key, bridge, deployment, emulator, emulator_quirks, processes
from tests.local.places import CHECKOUT, REGION, Place, child_environment, free_ports, program, say, step

TWINS = ("kiotviet", "haravan", "getfly", "cnv_loyalty", "crmviet", "haraloyalty")
STAND_FOR = {"crmviet": "crmviet_cloud"}
"""Twins that stand for a platform of another name: CRMVIET itself only sends, its cloud is called."""


def up(place: Place, twins: Sequence[str] = TWINS) -> dict[str, Any]:
    """Brings the stack up and answers its description; a stack that already answers is left as it is.

    Raises NotUp when a part does not come up; what was started until then is ended again, and its logs stay.
    """
    running = status(place)
    if running:
        return running
    down(place)
    place.state.mkdir(parents=True, exist_ok=True)
    pids: dict[str, int] = {}
    try:
        return _start(place, twins, pids)
    except BaseException:
        _end(pids)
        raise


def status(place: Place) -> dict[str, Any] | None:
    """The description of the running stack, or None when there is none that answers."""
    described = read(place)
    if "api" in described and processes.answers(f"{described['api']}/health"):
        return described
    return None


def read(place: Place) -> dict[str, Any]:
    """What `up` wrote, whether or not it still runs."""
    return json.loads(place.description.read_text()) if place.description.exists() else {}


def down(place: Place) -> None:
    """Ends what `up` started, by process id, and deletes what it wrote, but for the build."""
    _end(read(place).get("pids", {}))
    place.description.unlink(missing_ok=True)
    for folder in (place.scratch, place.logs):
        shutil.rmtree(folder, ignore_errors=True)


def _end(pids: dict[str, int]) -> None:
    for name, pid in reversed(pids.items()):
        processes.end(pid, _marker(name))


def _start(place: Place, names: Sequence[str], pids: dict[str, int]) -> dict[str, Any]:
    emulator_port, gateway_port, *twin_ports = free_ports(2 + len(names))
    endpoint, gateway = f"http://127.0.0.1:{emulator_port}", f"http://127.0.0.1:{gateway_port}"
    twins = {name: f"http://127.0.0.1:{port}" for name, port in zip(names, twin_ports, strict=True)}
    with step("emulator, twins and build"):
        pids["emulator"] = emulator.start(place, emulator_port)
        build = deployment.start_build(place)
        pids |= {name: _start_twin(place, name, port) for name, port in zip(names, twin_ports, strict=True)}
        _remember(place, {"pids": pids})
        deployment.finish_build(place, build)
        emulator.wait(place, endpoint)
        for name, url in twins.items():
            processes.wait_until(partial(processes.answers, f"{url}/_twin/health"), name, place)
    with step("sam deploy"):
        deployed = deployment.deploy(place, endpoint, {"PublicUrl": gateway, "PlatformUrls": _platform_urls(twins)})
    with step("routes and rights that the emulator lacks, proxy"):
        api_id = deployed.outputs["ApiId"]
        bridge.build_routes(endpoint, api_id, deployed.functions)
        emulator_quirks.add_batch_rights(endpoint)
        emulator_quirks.limit_workers(endpoint)
        pids["proxy"] = _start_proxy(place, gateway_port, endpoint, api_id)
        _remember(place, {"pids": pids})
        processes.wait_until(lambda: processes.answers(f"{gateway}/api/health"), "proxy", place)
    description = _description(deployed, endpoint, gateway) | {"twins": twins, "pids": pids}
    with step("first admin key"):
        description["admin_key"] = admin_key.create(description)
    _remember(place, description)
    return description


def _platform_urls(twins: dict[str, str]) -> str:
    """Which platform's calls go to which twin, as the functions are told."""
    return json.dumps({STAND_FOR.get(name, name): url for name, url in twins.items()})


def _description(deployed: deployment.Deployed, endpoint: str, gateway: str) -> dict[str, Any]:
    queues = {
        name.removesuffix("Url"): url
        for name, url in deployed.outputs.items()
        if name.endswith("Url") and name not in ("ApiUrl", "ConsoleUrl")
    }
    return {
        "api": f"{gateway}/api",
        "console": f"{gateway}/console/",
        "admin_key": "",
        "webhooks": f"{gateway}/webhooks",
        "endpoint": endpoint,
        "region": REGION,
        "table": deployed.outputs["TableName"],
        "secrets_prefix": deployed.outputs["SecretsPrefix"],
        "queues": queues,
        "functions": deployed.functions,
    }


def _start_twin(place: Place, name: str, port: int) -> int:
    command = [program("dev", "python"), "-m", "tests.twins", name, "--port", str(port)]
    return processes.start(place, name, command, child_environment(), CHECKOUT)


def _start_proxy(place: Place, port: int, endpoint: str, api_id: str) -> int:
    command = [
        program("dev", "python"),
        "-m",
        "tests.local.proxy",
        "--port",
        str(port),
        "--endpoint",
        endpoint,
        "--api",
        api_id,
    ]
    return processes.start(place, "proxy", command, child_environment(), CHECKOUT)


def _marker(name: str) -> str:
    return {"emulator": emulator.MARKER, "proxy": "tests.local.proxy"}.get(name, f"tests.twins {name}")


def _remember(place: Place, description: dict[str, Any]) -> None:
    draft = place.description.with_suffix(".draft")
    draft.write_text(json.dumps(description, indent=2))
    draft.chmod(0o600)
    draft.rename(place.description)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["up", "down", "status"])
    parser.add_argument("--root", type=Path, default=CHECKOUT, help="the folder with template.yaml")
    parser.add_argument("--twins", default=",".join(TWINS), help="which twins to start, separated by commas")
    options = parser.parse_args()
    place = Place(options.root.resolve())
    if options.command == "down":
        down(place)
        return 0
    try:
        described = up(place, options.twins.split(",")) if options.command == "up" else status(place)
    except processes.NotUp as reason:
        say(str(reason))
        return 1
    if described is None:
        say("the local stack does not run; start it with: make up")
        return 1
    say(f"the hub: {described['api']}   its console: {described['console']}   the admin key: in {place.description}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
