"""Lead sync in the office: set, begun by hand, looked back on. The password goes in and never comes out (A-SYN-5)."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import ValidationError

from retailhub.crm import audit
from retailhub.crm.lists import Found, gathered
from retailhub.crm.office import Office
from retailhub.crm.records import check_version
from retailhub.crm.settings_check import check_size, faults_of
from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Permanent
from retailhub.domain.lead_sync import CLOUD, LEAD_SYNC, TYPES
from retailhub.domain.refusals import Clash, Wrong, all_wrong
from retailhub.platforms.crmviet.cloud_settings import LeadSyncSettings
from retailhub.store import connections, pulls
from retailhub.store.pulls import Pull
from retailhub.store.table import Conflict, Item, Page, of_parent

NAME = "CRMVIET cloud"
PASSWORD = "password"  # noqa: S105 - the name of the credential
NO_SOURCE = "no_source_ticked"
Facts = dict[str, Any]


@dataclass(frozen=True)
class LeadSync:
    """How the sync is set; version 0 as long as nobody has. has_password: one is kept."""

    connection: Connection
    settings: LeadSyncSettings
    has_password: bool

    @property
    def warnings(self) -> list[str]:
        """What will hardly be meant: no source, so nothing is brought (A-SYN-2)."""
        return [] if self.settings.sources else [NO_SOURCE]


def present(office: Office) -> LeadSync:
    """The sync as it is set."""
    connection = connections.load(office.table, LEAD_SYNC) or Connection(LEAD_SYNC, CLOUD, NAME, TYPES)
    return _seen(office, connection)


def change(office: Office, if_match: int | None, given: Facts, password: str | None) -> LeadSync:
    """The sync after an admin's edit; what is not given stays, a blank password too (A-SYN-5).

    Raises Wrong, or Clash for another version. A new address needs the password again: otherwise whoever may set the
    address could have the one that is kept sent to a host of their own.
    """
    before = present(office)
    check_version(before.connection.version, if_match)
    settings = _checked({**before.connection.settings, **given})
    moved = settings["base_url"] != before.connection.settings.get("base_url")
    if moved and before.has_password and not password:
        raise Wrong("password_needed_again", PASSWORD)
    if password:
        _keep(office, password)
    if password or settings != before.connection.settings:
        _store(office, before, settings, password)
    return present(office)


def run(office: Office) -> Pull:
    """Bring the leads down now, under the same sources and conditions (R-SYN-13, A-SYN-7).

    Raises Clash: `not_set` with the field that is missing, `already_running` with who began it and when (A-SYN-6).
    """
    sync = present(office)
    _check_set(sync)
    try:
        begun = office.sync.start_pull(sync.connection, LEAD_SYNC, TYPES, LEAD_SYNC, office.by)
    except Permanent as error:
        raise Clash("not_set", field=error.field) from None
    if begun is None:
        alive = pulls.load(office.table, LEAD_SYNC)
        raise Clash("already_running", **({"started_at": alive.started_at, "by": alive.by} if alive else {}))
    office.table.write(audit.act(office, LEAD_SYNC, LEAD_SYNC, "started"))
    return begun


def last_run(office: Office) -> Pull | None:
    """The run under way, or the last one."""
    return pulls.load(office.table, LEAD_SYNC)


def runs(office: Office, *, limit: int, cursor: str | None) -> Found[Pull]:
    """A page of the runs of the last 90 days, newest first."""
    last = last_run(office)

    def read(most: int, at: str | None) -> Page:
        return office.table.query(of_parent(LEAD_SYNC), index="related", newest_first=True, limit=most, cursor=at)

    def kept(item: Item) -> Pull | None:
        """The last run as it is now, for the index may lag."""
        found = pulls.from_item(item)
        return last if found.id == LEAD_SYNC else found

    return gathered(read, kept, limit, cursor, rare=False)


def _seen(office: Office, connection: Connection) -> LeadSync:
    secret = office.secrets.get(LEAD_SYNC)
    has_password = bool(secret and secret.credentials.get(PASSWORD))
    return LeadSync(connection, LeadSyncSettings.model_validate(connection.settings), has_password)


def _checked(entered: Facts) -> Facts:
    try:
        return LeadSyncSettings.model_validate(entered).model_dump(mode="json")
    except ValidationError as error:
        raise all_wrong(faults_of(error)) from None


def _keep(office: Office, password: str) -> None:
    """Kept before the settings are: whoever sees their new version finds the new password."""
    secret = replace(office.secrets.get(LEAD_SYNC) or Secret(), credentials={PASSWORD: password})
    check_size(secret)
    office.secrets.put(LEAD_SYNC, secret)


def _store(office: Office, before: LeadSync, settings: Facts, password: str | None) -> None:
    old, now = before.connection, office.clock()
    new = replace(old, settings=settings, version=old.version + 1, updated_at=now, updated_by=office.by)
    if not old.version:
        new = replace(new, created_at=now, created_by=office.by)
    topic: Literal["created", "edited"] = "edited" if old.version else "created"
    was = {PASSWORD: "kept" if before.has_password else None}
    told = {PASSWORD: "replaced" if before.has_password else "kept"} if password else was
    act = audit.act(office, LEAD_SYNC, LEAD_SYNC, topic, old.settings | was, settings | told)
    try:
        office.table.write(connections.put(new), act)
    except Conflict:
        raise Clash("version_conflict") from None


def _check_set(sync: LeadSync) -> None:
    if not sync.settings.email:
        raise Clash("not_set", field="email")
    if not sync.has_password:
        raise Clash("not_set", field=PASSWORD)
