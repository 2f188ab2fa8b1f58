"""What a webhook function loads when it starts."""

import subprocess
import sys

import pytest

from retailhub.domain.connections import WITH_WEBHOOK


@pytest.mark.parametrize("platform", WITH_WEBHOOK)
def test_a_webhook_function_starts_without_heavy_imports(platform: str) -> None:
    """A cold start must stay far from the platforms' five seconds: only the standard library is loaded."""
    script = (
        f"import sys, retailhub.platforms.{platform}.webhook;"
        "print([m for m in ('pydantic', 'requests', 'boto3', 'phonenumbers') if m in sys.modules])"
    )
    path = {"PYTHONPATH": "layers/retailhub"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=path, check=True)

    assert done.stdout.strip() == "[]"
