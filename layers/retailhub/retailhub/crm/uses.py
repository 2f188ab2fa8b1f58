"""Who uses a record: what names it, and the connections whose settings do; used records are not removed (R-TKT-11)."""

from dataclasses import dataclass
from typing import Any

from retailhub.crm import records
from retailhub.crm.names import called
from retailhub.crm.office import Office
from retailhub.domain.kinds import RecordType, users_of
from retailhub.domain.refusals import Clash, Unknown
from retailhub.store import connections
from retailhub.store import records as record_store
from retailhub.store.table import record_key, uses_of

SHOWN = 5


@dataclass(frozen=True)
class Uses:
    """counts: how many of each kind. first: the first few, as {type, id, name}."""

    counts: dict[str, int]
    first: list[dict[str, Any]]

    @property
    def count(self) -> int:
        """How many in all."""
        return sum(self.counts.values())


def check_unused(office: Office, kind: RecordType, wanted_id: str) -> None:
    """Raises Clash `in_use` with the number of users, how many of each kind, and the first few of them.

    Removed users do not count (A-TKT-4).
    """
    found = uses(office, kind, wanted_id)
    if found.count:
        raise Clash("in_use", count=found.count, counts=found.counts, users=found.first)


def remove_unused(office: Office, kind: RecordType, wanted_id: str, if_match: int | None) -> None:
    """Mark as removed what nobody names. Raises Clash `in_use` with its users.

    Whoever names a record writes under the condition that it was not touched meanwhile. So nobody can begin to use it
    once it is removed, and somebody who began just before is found by looking again: then it comes back. Whoever tries
    again after a crash in between looks again too. Raises Unknown for what is removed and unused.
    """
    if not records.find(office, kind, wanted_id).deleted:
        check_unused(office, kind, wanted_id)
        records.remove(office, kind, wanted_id, if_match)
        _restored_if_used(office, kind, wanted_id)
    else:
        _restored_if_used(office, kind, wanted_id)
        raise Unknown(f"unknown_{kind}")


def _restored_if_used(office: Office, kind: RecordType, wanted_id: str) -> None:
    try:
        check_unused(office, kind, wanted_id)
    except Clash:
        records.restore(office, kind, wanted_id)
        raise


def uses(office: Office, kind: RecordType, wanted_id: str) -> Uses:
    """Everything that names the record, by consistent reads."""
    shops = [c for c in connections.every(office.table) if _mentions(c.settings, wanted_id)]
    told = [{"type": "connection", "id": shop.id, "name": shop.name} for shop in shops]
    counts = {"connection": len(shops)} if shops else {}
    partition = uses_of(kind, wanted_id)
    notes = office.table.query(partition, limit=SHOWN).items
    if notes:
        each = {user: office.table.count(partition, begins=f"{user}#") for user in users_of(kind)}
        counts |= {str(user): count for user, count in each.items() if count}
        told = [*told, *_told(office, [record_store.user_of(note) for note in notes])]
    return Uses(counts, told[:SHOWN])


def _told(office: Office, users: list[tuple[str, str]]) -> list[dict[str, Any]]:
    found = office.table.get_many(record_key(*user) for user in users)
    known = {user: record_store.from_item(found[record_key(*user)]) for user in users if record_key(*user) in found}
    return [{"type": user[0], "id": user[1], "name": called(known[user]) if user in known else None} for user in users]


def _mentions(settings: Any, wanted_id: str) -> bool:
    """Whether a connection's settings hold the id anywhere: a default contract type, an owner, a seller (A-CTR-2)."""
    if isinstance(settings, dict):
        return any(_mentions(value, wanted_id) for value in settings.values())
    if isinstance(settings, list | tuple):
        return any(_mentions(value, wanted_id) for value in settings)
    return bool(settings == wanted_id)
