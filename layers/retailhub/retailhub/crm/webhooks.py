"""Webhooks of a connection: their addresses, whether the platform knows them, and a new secret for them."""

from dataclasses import dataclass, field, replace
from typing import Any

from retailhub.crm import audit
from retailhub.crm.office import Office
from retailhub.domain.connections import WITH_WEBHOOK, Connection, Secret
from retailhub.domain.errors import HubError, Permanent
from retailhub.domain.instants import after
from retailhub.domain.refusals import Clash
from retailhub.platforms.kiotviet import subscriptions

OVERLAP_SECONDS = 86_400.0
"""How long the secret before a rotation stays good."""

NOWHERE = "https://nowhere.invalid"
"""No subscription leads here: asked for what is missing at this address, a platform names all its topics."""


@dataclass(frozen=True)
class Watched:
    """How a connection's webhooks do: topics that were missing, whether they are registered now, or why not."""

    missing: list[str] = field(default_factory=list)
    registered: bool = False
    error: str = ""


def base_address(office: Office, connection: Connection) -> str:
    """The address under which the platform's webhooks come in."""
    return office.public_url + connection.webhook_path


def addresses(office: Office, connection: Connection) -> list[str]:
    """What has to be registered at the platform: one address per type for KiotViet, one for all for the others, none
    for those that are only asked."""
    if connection.platform not in WITH_WEBHOOK:
        return []
    base = base_address(office, connection)
    kinds = [kind for topics in subscriptions.TOPICS.values() for kind in topics]
    return [f"{base}/{kind}" for kind in kinds] if connection.platform == "kiotviet" else [base]


def looked_after(office: Office, connection: Connection, secret: Secret) -> Watched:
    """Register what is missing. A platform that is down or refuses does not spoil what the operator does: the watchdog
    tries again."""
    try:
        return Watched(**office.sync.watch(connection, secret, base_address(office, connection)))
    except HubError as error:
        return Watched(error=error.code)


def rotate(office: Office, connection: Connection, new: str) -> tuple[Secret, Watched]:
    """A new webhook secret; old and new are both good for a day, and the platform is told of the new one.

    Where telling it fails nobody knows which of the two it has: the old one stays the one we go by and the new one
    stays good for the day, so that no webhook is refused whichever it is, and the rotation can be asked for again.
    Raises Clash for a platform that sends none.
    """
    if connection.platform not in WITH_WEBHOOK:
        raise Clash("no_webhooks")
    old = office.secrets.get(connection.id)
    if old is None:
        raise Permanent("no_credentials")
    until = after(office.clock(), OVERLAP_SECONDS)
    rotated = replace(old, current=new, previous=old.current, previous_until=until)
    office.secrets.put(connection.id, rotated)
    office.table.write(audit.act(office, "connection", connection.id, "rotated"))
    try:
        return rotated, _registered_anew(office, connection, rotated)
    except HubError:
        office.secrets.put(connection.id, replace(old, previous=new, previous_until=until))
        raise


def _registered_anew(office: Office, connection: Connection, secret: Secret) -> Watched:
    """Every topic again, because a live registration still signs with the old secret and so is not missing."""
    platform: Any = office.sync.open(connection)
    if not hasattr(platform, "register_webhooks"):
        return Watched()
    topics: list[str] = platform.missing_webhooks(NOWHERE)
    if topics:
        platform.register_webhooks(base_address(office, connection), topics, secret.current)
    return Watched(topics, bool(topics))
