"""Opening the office over the hub: how the admin API reaches the way of the data."""

from dataclasses import dataclass
from typing import Any

from retailhub.crm.office import Office
from retailhub.domain.connections import Connection, Secret
from retailhub.store.letters import DeadLetters
from retailhub.store.pulls import Mode, Pull
from retailhub.store.secrets import Secrets
from retailhub.sync import pull, watchdog
from retailhub.sync.hub import Hub


@dataclass(frozen=True)
class HubSync:
    """`retailhub.crm.office.Sync` over a hub."""

    hub: Hub

    def open(self, connection: Connection) -> Any:
        """The platform behind a connection."""
        return self.hub.open(connection)

    def start_pull(
        self, connection: Connection, mode: Mode, types: tuple[str, ...], pull_id: str, by: str = ""
    ) -> Pull | None:
        """Begin a run through the platform's listings."""
        return pull.start(self.hub, connection, mode, types, pull_id, by)

    def watch(self, connection: Connection, secret: Secret, url: str) -> dict[str, Any]:
        """Look after a connection's webhooks."""
        return watchdog.watch(self.hub, connection, secret, url)


def open_office(hub: Hub, secrets: Secrets, letters: DeadLetters, public_url: str) -> Office:
    """The office over a hub; its directory should be a fresh one, so that an admin sees what they just did."""
    return Office(hub.table, hub.queues, secrets, letters, HubSync(hub), hub.clock, public_url)
