"""Opening the office over the hub, for the functions that people call: the admin API and the console."""

from dataclasses import dataclass, replace
from typing import Any

from retailhub.crm.office import Office
from retailhub.domain.connections import Connection, Secret
from retailhub.domain.deliveries import queue_name
from retailhub.runtime import wiring
from retailhub.runtime.aws import client
from retailhub.runtime.intake import secrets
from retailhub.runtime.settings import settings
from retailhub.store.letters import DeadLetters, SqsDeadLetters
from retailhub.store.pulls import Mode, Pull
from retailhub.store.secrets import Secrets
from retailhub.sync import pull, watchdog
from retailhub.sync.hub import FreshDirectory, Hub


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


def office(event: dict[str, Any]) -> Office:
    """This deployment's office for one call of API Gateway. It remembers no secret, connection or flow from the call
    before: an admin sees what they just did, and a secret that is read in order to be changed is the present one."""
    secrets.cache_clear()
    hub = replace(wiring.hub(), directory=FreshDirectory(wiring.table()))
    return open_office(hub, secrets(), letters(), settings().public_url or called_under(event))


def called_under(event: dict[str, Any]) -> str:
    """The address that this call came to: where webhooks come in too, unless PUBLIC_URL says otherwise."""
    return f"https://{event.get('requestContext', {}).get('domainName', 'localhost')}"


def letters() -> SqsDeadLetters:
    """The dead-letter queues, and where their letters came from (failures of routing and schedules came from none)."""
    found = settings()
    deliveries = {queue_name(name): url for name, url in found.delivery_queues.items()}
    standard = {"Changes": found.changes_queue, "Pulls": found.pulls_queue, "Resumptions": found.resumptions_queue}
    sources = standard | deliveries
    return SqsDeadLetters(client("sqs"), found.dead_letter_queues, sources)
