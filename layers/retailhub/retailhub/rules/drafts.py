"""A draft: everything that one change will write, gathered so that it becomes exactly one transaction."""

from collections.abc import Callable
from functools import cached_property

from retailhub.domain.records import Record, RecordType
from retailhub.rules.rulebook import RuleBook
from retailhub.rules.rulebook import read as read_rules
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.store.table import Item, Key, Table, Write


class Draft:
    """Records, links and single items to be written together; what is read through the draft is read once."""

    def __init__(self, table: Table, rules: Callable[[], RuleBook] | None = None) -> None:
        self.table = table
        self._rules = rules or (lambda: read_rules(table))
        self._records: dict[tuple[RecordType, str], Record | None] = {}
        self._touched: dict[tuple[RecordType, str], Record] = {}
        self._items: dict[Key, Item | None] = {}
        self._writes: dict[Key, Write] = {}

    @cached_property
    def rules(self) -> RuleBook:
        """The admin's rules and settings, asked for once and only if they matter."""
        return self._rules()

    def record(self, record_type: RecordType, record_id: str) -> Record | None:
        """The record as this draft has it."""
        place = (record_type, record_id)
        if place not in self._touched and place not in self._records:
            self._records[place] = records.load(self.table, record_type, record_id)
        return self._touched.get(place) or self._records.get(place)

    def item(self, key: Key) -> Item | None:
        """A single item as it is stored."""
        if key not in self._items:
            self._items[key] = self.table.get(key)
        return self._items[key]

    def seen(self, record: Record) -> None:
        """A record that was read already."""
        self._records[record.type, record.id] = record

    def keep(self, record: Record) -> None:
        """Write this record with the draft."""
        self._touched[record.type, record.id] = record

    def link(self, link: Link) -> None:
        """Write this link with the draft."""
        self.add(links.put(link))

    def add(self, write: Write) -> None:
        """Write this item with the draft."""
        self._writes[write.key] = write

    def commit(self) -> None:
        """One transaction. Raises Conflict if anything read has changed since."""
        writes = [w for place, record in self._touched.items() for w in records.writes(self._read(place), record)]
        self.table.write(*writes, *self._writes.values())

    def _read(self, place: tuple[RecordType, str]) -> Record | None:
        """The record as it was read, None for one that is not stored yet."""
        record = self._records.get(place)
        return record if record and record.rev else None
