"""Names for ids: what people call the connections, employees, rules and records that a story speaks of."""

from collections.abc import Iterable
from itertools import batched

from retailhub.crm.office import Office
from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.connections import PlatformName
from retailhub.domain.flows import HUB
from retailhub.domain.identity import type_of
from retailhub.domain.kinds import SINGLE
from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.domain.records import MODELS, Record, RecordType
from retailhub.store import connections, records
from retailhub.store.table import Item, Key, connection_key, record_key

READ_AT_ONCE = 100
CALLED_BY = ("name", "title", "order_number", "code")
"""The fields by which people know a record, the first that is filled."""


class Names:
    """What was read for one page: connections with their platform, and records by id; the sources that integrations
    write have names without being stored."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.connections: dict[str, tuple[PlatformName, str]] = {}
        self.records = {source: str(fields.name) for source, fields in BUILT_IN.items()}
        for item in items:
            if item["pk"].startswith("CONNECTION#"):
                one = connections.from_item(item)
                self.connections[one.id] = (one.platform, one.name)
            else:
                record = records.from_item(item)
                self.records[record.id] = called(record)

    def of(self, one: str) -> str:
        """The name behind an id; what is none, or is known no more, as it stands."""
        return self.records.get(one, one)


def called(record: Record) -> str:
    """What people call a record."""
    told = (getattr(record.fields, name, None) for name in CALLED_BY)
    return next((str(name) for name in told if name), record.id)


def kind_of(hub_id: str) -> RecordType | None:
    """The kind of any record, told by its id, or None for any other text."""
    if hub_id == LEAD_SYNC:  # a connection, whose id looks like a lead's
        return None
    if hub_id in SINGLE:
        return hub_id
    if hub_id in BUILT_IN:
        return "source"
    kind = type_of(hub_id) or hub_id.rpartition("_")[0]
    return kind if kind in MODELS else None


def read(office: Office, connection_ids: Iterable[str], texts: Iterable[str]) -> Names:
    """Names of the connections, and of those texts that are ids of records; a hundred in one read."""
    keys: dict[Key, None] = {connection_key(one): None for one in connection_ids if one and one != HUB}
    for text in texts:
        if kind := kind_of(text):
            keys[record_key(kind, text)] = None
    found: list[Item] = []
    for some in batched(keys, READ_AT_ONCE, strict=False):
        found += office.table.get_many(some).values()
    return Names(found)
