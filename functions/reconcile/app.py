"""Schedule: compare the hub with every platform at night, report what differs and repair it."""

from typing import Any

from retailhub.runtime.observability import count, log
from retailhub.runtime.wiring import hub
from retailhub.sync.reconcile import reconcile


def handler(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """The connections whose comparison began, records looked at and deliveries queued."""
    report = reconcile(hub())
    for connection in hub().directory.connections():
        if connection.id in report["compared"]:
            count("Reconcile", platform=connection.platform, outcome="compared")
    count("Reconcile", report["routed"], outcome="routed")
    log("reconcile", compared=report["compared"], checked=report["checked"], routed=report["routed"])
    return report
