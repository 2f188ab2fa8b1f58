"""What the schedules do: catch up, bring leads down, look after webhooks; each connection has its own fate."""

from typing import Any

from retailhub.domain.connections import WITH_WEBHOOK, Connection
from retailhub.domain.lead_sync import CLOUD
from retailhub.runtime.intake import fresh_secrets
from retailhub.runtime.observability import count, log, trouble
from retailhub.runtime.settings import settings
from retailhub.runtime.wiring import hub, webhook_url
from retailhub.store.secrets import Secrets
from retailhub.sync import lead_sync, pull, watchdog


def catch_up(platform: str) -> list[str]:
    """Begin a catch-up of every active connection of a platform; answers the connections begun."""
    begun = pull.catch_up(hub(), platform)
    count("Pulls", len(begun), platform=platform, outcome="begun")
    log("catch-up", platform=platform, connections=begun)
    return begun


def sync_leads() -> str:
    """Bring the cloud's leads down, if that is due; answers `begun`, or why not (R-SYN-06)."""
    outcome = lead_sync.tick(hub())
    if outcome == "begun":
        count("Pulls", 1, platform=CLOUD, outcome=outcome)
    log("lead sync", outcome=outcome)
    return outcome


def watch_all() -> dict[str, str]:
    """Look after the webhooks of every connection; answers what was found (`fine`, `repaired` or an error's code) by
    connection. One connection's trouble does not keep the others from being looked after; an error that is none of
    ours is raised at the end, so that the schedule's alarm tells of it."""
    secrets, found = fresh_secrets(), {}
    unexpected = False
    for connection in [c for c in hub().directory.connections() if c.platform in WITH_WEBHOOK]:
        try:
            found[connection.id] = _watched(connection, secrets)
        except Exception as error:  # noqa: BLE001 - raised below, after the others had their turn
            unexpected = True
            found[connection.id] = "error"
            log("watchdog failed", level="ERROR", connection=connection.id, **trouble(error))
        count("Watchdog", platform=connection.platform, outcome=found[connection.id])
    log("watchdog", connections=found)
    if unexpected:
        raise RuntimeError("watchdog_failed") from None
    return found


def _watched(connection: Connection, secrets: Secrets) -> str:
    """One connection: `fine`, `repaired`, or why nothing could be done."""
    secret = secrets.get(connection.id)
    if secret is None:
        return "no_credentials"
    if not settings().public_url:
        return "no_public_url"
    pinned = watchdog.pinned(connection, secret)
    if pinned:
        secrets.put(connection.id, pinned)
        log("signature reading pinned", connection=connection.id)
    seen: dict[str, Any] = watchdog.watch(hub(), connection, secret, webhook_url(connection))
    if seen["missing"]:
        log("subscriptions were missing", level="WARNING", connection=connection.id, topics=seen["missing"])
    return str(seen["error"]) or ("repaired" if seen["registered"] else "fine")
