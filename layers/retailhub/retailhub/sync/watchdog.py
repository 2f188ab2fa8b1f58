"""Watchdog: a webhook subscription that vanished is made anew, and the gap behind it is closed at once."""

from dataclasses import replace
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import HubError
from retailhub.store import connections as connection_store
from retailhub.store.table import Conflict
from retailhub.sync import pull
from retailhub.sync.hub import Hub


def watch(hub: Hub, connection: Connection, secret: Secret, url: str) -> dict[str, Any]:
    """Look after one connection's webhooks at `url`.

    Answers {"missing": topics found without a live subscription, "registered": bool, "error": code or ""}.
    """
    if connection.paused:
        return {"missing": [], "registered": False, "error": ""}
    try:
        platform = hub.open(connection)
        if not hasattr(platform, "missing_webhooks"):
            return {"missing": [], "registered": False, "error": ""}
        missing: list[str] = platform.missing_webhooks(url)
        if missing:
            platform.register_webhooks(url, missing, secret.current)
            pull.begun(hub, connection, "catch_up")
    except HubError as error:
        return {"missing": [], "registered": False, "error": error.code}
    return {"missing": missing, "registered": bool(missing), "error": ""}


def note_proof(hub: Hub, connection: Connection, proof: str) -> None:
    """Remember which reading of the signature key a delivery verified with, once (kiotviet.md §2.4)."""
    if not proof or connection.proof_seen:
        return
    fresh = connection_store.load(hub.table, connection.id)
    if fresh and not fresh.proof_seen:
        try:
            hub.table.write(connection_store.put(replace(fresh, proof_seen=proof)))
        except Conflict:
            return


def pinned(connection: Connection, secret: Secret) -> Secret | None:
    """The secret with the seen reading pinned, or None if there is nothing to pin."""
    if connection.proof_seen and secret.proof != connection.proof_seen:
        return replace(secret, proof=connection.proof_seen)
    return None
