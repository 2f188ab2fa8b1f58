"""A webhook function starts quickly: what it loads before its first answer is counted in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from retailhub.domain.connections import WITH_WEBHOOK
from tests.functions.deployment import CHECKOUT

HEAVY = ("pydantic", "requests", "aws_lambda_powertools", "boto3", "jsonschema", "phonenumbers", "moto")
START = """
import json, sys, time
import app
from retailhub.runtime import intake
intake.queues(), intake.secrets()
print(json.dumps({"cpu": time.process_time(), "modules": sorted(sys.modules)}))
"""


def started(function: str) -> set[str]:
    """The modules that a function has loaded once it is ready to answer, its clients made."""
    surroundings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(str(CHECKOUT / place) for place in (f"functions/{function}", "layers/retailhub")),
        "AWS_DEFAULT_REGION": "ap-southeast-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    ran = subprocess.run([sys.executable, "-c", START], env=surroundings, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout)["modules"])


@pytest.mark.parametrize("platform", WITH_WEBHOOK)
def test_a_webhook_function_loads_nothing_heavy(platform: str) -> None:
    """The figure for a cold start: at most 300 ms CPU, which each of these alone would use up."""
    loaded = started(f"{platform}_webhook")

    assert not loaded.intersection(HEAVY)
    assert "botocore.client" in loaded, "the clients are part of what is counted"


def test_a_webhook_function_loads_its_own_platform_only() -> None:
    loaded = started("kiotviet_webhook")

    others = [name for name in loaded if name.startswith("retailhub.platforms.") and name.count(".") > 2]
    assert others == ["retailhub.platforms.kiotviet.webhook"]
