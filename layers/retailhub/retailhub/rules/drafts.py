"""A draft: everything that one change will write, gathered so that it becomes exactly one transaction."""

from collections.abc import Callable, Iterable
from functools import cached_property

from retailhub.domain.records import Record, RecordType
from retailhub.rules.rulebook import RuleBook
from retailhub.rules.rulebook import read as read_rules
from retailhub.store import links, records
from retailhub.store.claims import Place
from retailhub.store.links import Link
from retailhub.store.table import Check, Item, Key, Table, Write, record_key


class Draft:
    """Records, links and single items to be written together; what is read through the draft is read once.

    named: claims on unique values as this draft will write them, for several of its records may have one value: whom
    each names, and the rev that it was read with. matched: the unique fields by which a platform's record was found to
    be one of ours.
    """

    def __init__(self, table: Table, rules: Callable[[], RuleBook] | None = None) -> None:
        self.table = table
        self._rules = rules or (lambda: read_rules(table))
        self.named: dict[Key, tuple[list[Place], int]] = {}
        self.matched: tuple[str, ...] = ()
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

    def several(self, places: Iterable[tuple[RecordType, str]]) -> dict[tuple[RecordType, str], Record | None]:
        """Records as this draft has them; those that it has not seen yet in one read (at most 100)."""
        wanted = list(places)
        unread = [place for place in wanted if place not in self._touched and place not in self._records]
        found = self.table.get_many(record_key(*place) for place in unread) if unread else {}
        for place in unread:
            item = found.get(record_key(*place))
            self._records[place] = records.from_item(item) if item else None
        return {place: self.record(*place) for place in wanted}

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
        written = {write.key for write in writes}
        # a transaction names an item once, and a record that is written is checked by that
        others = [w for w in self._writes.values() if not (isinstance(w, Check) and w.key in written)]
        self.table.write(*writes, *others)

    def _read(self, place: tuple[RecordType, str]) -> Record | None:
        """The record as it was read, None for one that is not stored yet."""
        record = self._records.get(place)
        return record if record and record.rev else None
