"""Building the template and deploying it onto the emulator with the SAM command line, just as one deploys it to AWS."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import boto3

from tests.local.places import REGION, STACK_NAME, Place, child_environment, program
from tests.local.processes import NotUp


@dataclass(frozen=True)
class Deployed:
    """What the stack has become: `outputs` by name, and the physical names of its functions by logical id."""

    outputs: dict[str, str]
    functions: dict[str, str]


def clients(endpoint: str, service: str) -> Any:
    """A client of the emulator; refuses an address that is not this machine's, whatever the environment says."""
    if not endpoint.startswith(("http://127.0.0.1:", "http://localhost:")):
        raise ValueError(f"{endpoint} is not on this machine")
    session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION)
    client: Any = session.client
    return client(service, endpoint_url=endpoint)


def start_build(place: Place) -> subprocess.Popen[bytes]:
    """Starts `sam build` for this machine; seconds the first time, less while neither locks nor code change."""
    place.logs.mkdir(parents=True, exist_ok=True)
    layer = {"RETAILHUB_LAYER_PLATFORM": "host", "RETAILHUB_LAYER_LIBRARIES": str(place.state / "libraries")}
    command = [program("sam", "sam"), "build", "--cached", "--parallel"]
    command += ["--build-dir", str(place.state / "build"), "--cache-dir", str(place.state / "build-cache")]
    with (place.logs / "build.log").open("wb") as log:
        return subprocess.Popen(command, cwd=place.root, env=_environment(layer), stdout=log, stderr=log)


def finish_build(place: Place, build: subprocess.Popen[bytes]) -> None:
    """Waits for the build; raises NotUp with the end of its log when it failed."""
    if build.wait():
        raise NotUp(f"sam build failed:\n{_end_of(place, 'build')}")


def deploy(place: Place, endpoint: str, parameters: Mapping[str, str]) -> Deployed:
    """Deploys the built template with these parameters; raises NotUp with the end of the log when it is refused."""
    emulator = {"AWS_ENDPOINT_URL": endpoint, "SAM_CLI_POLL_DELAY": "0.1"}
    command = [program("sam", "sam"), "deploy", "--template-file", str(place.built_template), "--config-env", "local"]
    command += ["--config-file", str(place.root / "samconfig.toml"), "--parameter-overrides"]
    command += [f"ParameterKey={name},ParameterValue={_quoted(value)}" for name, value in parameters.items()]
    with (place.logs / "deploy.log").open("wb") as log:
        if subprocess.run(
            command, cwd=place.root, env=_environment(emulator), stdout=log, stderr=log, check=False
        ).returncode:
            raise NotUp(f"sam deploy failed:\n{_end_of(place, 'deploy')}")
    return describe(endpoint)


def describe(endpoint: str) -> Deployed:
    """Asks CloudFormation what was deployed."""
    cloudformation = clients(endpoint, "cloudformation")
    stack = cloudformation.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
    resources = cloudformation.describe_stack_resources(StackName=STACK_NAME)["StackResources"]
    return Deployed(
        {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]},
        {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in resources
            if each["ResourceType"] == "AWS::Lambda::Function"
        },
    )


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """SAM wants the runtime's own interpreter, and looks for it on the path."""
    path = os.pathsep.join([str(program("sam", "")), os.environ.get("PATH", "")])
    return child_environment({"PATH": path, **extra})


def _quoted(value: str) -> str:
    return json.dumps(value) if '"' in value else value


def _end_of(place: Place, log: str) -> str:
    return (place.logs / f"{log}.log").read_text(errors="replace")[-3000:]
