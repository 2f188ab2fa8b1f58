"""Log lines and metrics: one JSON line each, ids only, never names, phones or payloads.

Written by hand because Powertools' Logger costs more start-up time than a webhook function has in all; the metric
lines are CloudWatch's embedded metric format, so no call is made for them. The functions log as text (Lambda's
default), so that each line reaches CloudWatch as it is written here.
"""

import json
import os
import sys
import time
import traceback
from pathlib import PurePath
from typing import Any

SECRETIVE = frozenset({"payload", "body", "phone", "name", "email", "address", "secret", "authorization", "token"})
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LONGEST = 200
"""Characters of a text in a log line: topics and connections of webhooks are strangers' text."""


def log(message: str, *, level: str = "INFO", **ids: Any) -> None:
    """One line: what happened and the ids of what it happened to. Fields that could hold personal data are left out."""
    wanted = os.environ.get("LOG_LEVEL", "INFO")
    if wanted in LEVELS and LEVELS.index(level) < LEVELS.index(wanted):
        return
    told = {key: _short(value) for key, value in ids.items() if key not in SECRETIVE}
    _line({"level": level, "message": message, "service": _name(), **told})


def count(metric: str, value: float = 1, unit: str = "Count", **dimensions: str) -> None:
    """One metric value, as an embedded metric line: for the whole service (which the alarms watch) and once more by its
    dimensions (platform, outcome, …)."""
    described = {
        "Namespace": os.environ.get("POWERTOOLS_METRICS_NAMESPACE", "RetailHub"),
        "Dimensions": [["service"], sorted(dimensions)] if dimensions else [["service"]],
        "Metrics": [{"Name": metric, "Unit": unit}],
    }
    stamp = int(time.time() * 1000)
    head = {"_aws": {"Timestamp": stamp, "CloudWatchMetrics": [described]}, "service": _name()}
    _line({**head, **dimensions, metric: value})


def trouble(error: BaseException) -> dict[str, str]:
    """What may be told of an error: its code or kind, and where it arose; never its message, which may quote data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return {"cause": cause_of(error), "at": place}


def cause_of(error: BaseException) -> str:
    """The error's stable code, or its kind for an error that is none of ours."""
    code = getattr(error, "code", None)
    return code if isinstance(code, str) else type(error).__name__


def _name() -> str:
    return os.environ.get("POWERTOOLS_SERVICE_NAME", "retailhub")


def _short(value: Any) -> Any:
    return value[:LONGEST] if isinstance(value, str) else value


def _line(body: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(body, ensure_ascii=True, default=str) + "\n")
    sys.stdout.flush()
