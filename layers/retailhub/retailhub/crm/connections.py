"""Connections in the office: made, changed and removed together with their secret, their flows and their webhooks."""

import base64
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import batched
from typing import Any

from retailhub.crm import audit, settings_check
from retailhub.crm import flows as flow_office
from retailhub.crm.office import Office
from retailhub.crm.records import check_version
from retailhub.crm.webhooks import Watched, looked_after
from retailhub.domain.connections import WITH_WEBHOOK, Connection, PlatformName, Secret
from retailhub.domain.flows import default_flows
from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.domain.refusals import Clash, Unknown, Wrong
from retailhub.store import connections, pulls
from retailhub.store.table import Check, Conflict, Delete, Write, connection_key

WRITES_AT_ONCE = 90
"""A transaction holds a hundred items."""


@dataclass(frozen=True)
class Entered:
    """What an operator entered; None leaves a part as it is (or, for a new connection, to its default)."""

    name: str | None = None
    record_types: Sequence[str] | None = None
    settings: dict[str, Any] | None = None
    credentials: dict[str, Any] | None = None


@dataclass(frozen=True)
class Made:
    """A connection as it now stands, its webhook secret if it is to be shown, and how its webhooks do."""

    connection: Connection
    webhook_secret: str | None = None
    webhooks: Watched | None = None


def every(office: Office) -> list[Connection]:
    """All connections that people make; the sync of leads has a screen of its own (`crm.lead_sync`)."""
    return [one for one in connections.every(office.table) if one.id != LEAD_SYNC]


def find(office: Office, connection_id: str) -> Connection:
    """The connection. Raises Unknown."""
    connection = connections.load(office.table, connection_id) if connection_id != LEAD_SYNC else None
    if connection is None:
        raise Unknown("unknown_connection")
    return connection


def create(office: Office, platform: PlatformName, entered: Entered) -> Made:
    """A new connection with its default flows.

    The secret is written before the connection: a crash in between leaves a secret that belongs to nothing and harms
    nothing, while a connection without a secret would refuse its platform's webhooks, and KiotViet ends them for good.
    """
    types = settings_check.record_types(platform, entered.record_types)
    settings = settings_check.checked_settings(platform, entered.settings or {})
    credentials = settings_check.checked_credentials(platform, entered.credentials or {})
    _check_shop(office, platform, settings)
    checks = settings_check.vouched(office, platform, {}, settings)
    connection = _born(office, platform, entered.name or platform, types, settings)
    secret = _first_secret(office, connection, credentials)
    settings_check.check_size(secret)
    office.secrets.put(connection.id, secret)
    stored = _store_new(office, connection, checks)
    return Made(stored, secret.current or None, looked_after(office, stored, secret))


def _check_shop(office: Office, platform: PlatformName, settings: dict[str, Any]) -> None:
    """Raises Wrong unless the shop that Haraloyalty's profiles belong to is one of ours."""
    shop = settings.get("haravan") if platform == "haraloyalty" else None
    named = connections.load(office.table, shop) if shop else None
    if shop and named is None:
        raise Wrong("unknown_connection", "settings.haravan")
    if named and named.platform != "haravan":
        raise Wrong("not_a_haravan_connection", "settings.haravan")


def _first_secret(office: Office, connection: Connection, credentials: dict[str, str]) -> Secret:
    """A repeat after a crash keeps the webhook secret, for the platform may have been told of it already; one that
    sends no webhooks needs none."""
    known = office.secrets.get(connection.id)
    made = new_webhook_secret() if connection.platform in WITH_WEBHOOK else ""
    return Secret(credentials, current=known.current if known else made)


def new_webhook_secret() -> str:
    """256 random bits as Base64 text, which is what KiotViet asks for (kiotviet.md §2.4)."""
    return base64.b64encode(os.urandom(32)).decode()


def _born(
    office: Office, platform: PlatformName, name: str, types: tuple[str, ...], settings: dict[str, Any]
) -> Connection:
    now, by = office.clock(), office.by
    return Connection(
        office.new_id(),
        platform,
        name,
        types,
        settings,
        version=1,
        created_at=now,
        updated_at=now,
        created_by=by,
        updated_by=by,
    )


def _store_new(office: Office, connection: Connection, checks: Sequence[Check]) -> Connection:
    """Connection and flows in one transaction; a repeat that finds them stored leaves them. Raises Clash if what the
    settings name was touched at the same moment."""
    ends: list[tuple[str, str]] = [(c.id, c.platform) for c in connections.every(office.table) if c.id != connection.id]
    wanted = default_flows(ends, (connection.id, connection.platform))
    writes: list[Write] = [connections.put(connection), *(flow_office.born(office, flow) for flow in wanted)]
    writes.append(audit.act(office, "connection", connection.id, "created", None, asdict(connection)))
    first = WRITES_AT_ONCE - len(checks)
    try:
        office.table.write(*writes[:first], *checks)
        for some in batched(writes[first:], WRITES_AT_ONCE, strict=False):
            office.table.write(*some)
    except Conflict:
        stored = connections.load(office.table, connection.id)
        if stored is None:
            raise Clash("conflict") from None
        return stored
    return replace(connection, rev=1)


def change(office: Office, connection_id: str, if_match: int | None, entered: Entered) -> Made:
    """The connection after an operator's edit. Credentials that are not entered stay as they are, one by one."""
    before = find(office, connection_id)
    check_version(before.version, if_match)
    after = _changed(before, entered)
    _check_shop(office, before.platform, after.settings)
    checks = settings_check.vouched(office, before.platform, before.settings, after.settings)
    secret = _changed_secret(office, before, entered)
    stored = save(office, before, after, *checks)
    touched = entered.credentials is not None or after.record_types != before.record_types
    return Made(stored, webhooks=looked_after(office, stored, secret) if secret and touched else None)


def _changed(before: Connection, entered: Entered) -> Connection:
    platform, settings, types = before.platform, before.settings, before.record_types
    if entered.settings is not None:
        settings = settings_check.checked_settings(platform, entered.settings)
    if entered.record_types is not None:
        types = settings_check.record_types(platform, entered.record_types)
    return replace(before, name=entered.name or before.name, settings=settings, record_types=types)


def _changed_secret(office: Office, connection: Connection, entered: Entered) -> Secret | None:
    secret = office.secrets.get(connection.id)
    if entered.credentials is None:
        return secret
    known = secret or Secret(current=new_webhook_secret())
    merged = {**known.credentials, **entered.credentials}
    told = {name: value for name, value in merged.items() if value is not None}
    new = replace(known, credentials=settings_check.checked_credentials(connection.platform, told))
    settings_check.check_size(new)
    office.secrets.put(connection.id, new)
    told_of = {"credentials": sorted(entered.credentials)}
    office.table.write(audit.act(office, "connection", connection.id, "edited", None, told_of))
    return new


def save(office: Office, before: Connection, after: Connection, *checks: Check) -> Connection:
    """Store a changed connection as its next version, if `checks` hold at the same moment; nothing is written if
    nothing changed. Raises Clash."""
    if after == before:
        return before
    new = replace(after, version=before.version + 1, updated_at=office.clock(), updated_by=office.by)
    try:
        topic = {"paused": "paused", "active": "resumed"}[new.status] if new.status != before.status else "edited"
        act = audit.act(office, "connection", new.id, topic, asdict(before), asdict(new))
        office.table.write(connections.put(new), act, *checks)
    except Conflict:
        raise Clash("version_conflict") from None
    return replace(new, rev=new.rev + 1)


def remove(office: Office, connection_id: str) -> None:
    """Remove flows, secret and connection, in this order: whatever a crash leaves, the call can be made again, and no
    secret outlives its connection. Its records and its events stay. Raises Clash while a backfill runs."""
    connection = find(office, connection_id)
    running = [
        p.id for p in pulls.of_connection(office.table, connection_id) if p.mode == "backfill" and p.status == "running"
    ]
    if running:
        raise Clash("backfill_running", count=len(running), first=running[:3])
    flow_office.remove_all(office, connection_id)
    office.secrets.delete(connection_id)
    act = audit.act(office, "connection", connection_id, "removed", asdict(connection), None)
    office.table.write(Delete(connection_key(connection_id)), act)
