"""Low-level AWS clients, made when first needed: no resources, no boto3 session, so that functions start quickly."""

from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config


@cache
def _session() -> botocore.session.Session:
    return botocore.session.get_session()


@cache
def client(name: str) -> Any:
    """The client of an AWS service (`sqs`, `dynamodb`, `ssm`): short timeouts, three tries. The user agent is ours:
    botocore composes its long one anew for each call, a tenth of what a webhook costs."""
    config = Config(
        connect_timeout=2,
        read_timeout=10,
        retries={"mode": "standard", "max_attempts": 3},
        user_agent="retailhub",
    )
    return _session().create_client(name, config=config)
