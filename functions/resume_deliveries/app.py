"""Schedule: queue again what waited for a limit or the end of an outage, and wake pulls that fell silent."""

from typing import Any

from retailhub.runtime.observability import count, log
from retailhub.runtime.wiring import hub
from retailhub.sync.pull import wake
from retailhub.sync.resume import resume


def handler(_event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """What was queued again, by connection, and how many pulls were woken."""
    resumed, woken = resume(hub()), wake(hub())
    for connection in hub().directory.connections():
        again = resumed.get(connection.id, 0)
        if again:
            count("Deliveries", again, platform=connection.platform, outcome="resumed")
    if woken or any(resumed.values()):
        log("resumed", connections={name: number for name, number in resumed.items() if number}, pulls=woken)
    return {"resumed": resumed, "woken": woken}
