"""Log lines and metrics: one JSON line each, ids only, never names, phones or payloads.

Written by hand because Powertools' Logger costs more start-up time than a webhook function has in all; the metric
lines are CloudWatch's embedded metric format, so no call is made for them.
"""

import json
import os
import sys
import time
from typing import Any

SECRETIVE = frozenset({"payload", "body", "phone", "name", "email", "address", "secret", "authorization", "token"})


def log(message: str, *, level: str = "INFO", **ids: Any) -> None:
    """One line: what happened and the ids of what it happened to. Fields that could hold personal data are refused."""
    assert not SECRETIVE & ids.keys(), "log lines carry ids only"
    _line({"level": level, "message": message, "service": os.environ.get("POWERTOOLS_SERVICE_NAME", "retailhub"), **ids})


def count(metric: str, value: float = 1, unit: str = "Count", **dimensions: str) -> None:
    """One metric value with its dimensions (platform, outcome, …), as an embedded metric line."""
    namespace = os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "RetailHub")
    described = {
        "Namespace": namespace,
        "Dimensions": [sorted(dimensions)],
        "Metrics": [{"Name": metric, "Unit": unit}],
    }
    stamp = int(time.time() * 1000)
    _line({"_aws": {"Timestamp": stamp, "CloudWatchMetrics": [described]}, **dimensions, metric: value})


def _line(body: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(body, ensure_ascii=True, default=str) + "\n")
    sys.stdout.flush()
