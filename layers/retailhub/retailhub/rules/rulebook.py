"""The rule book: what the admin has decided, read together."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from retailhub.domain.records import Record, RecordType
from retailhub.domain.rules import DuplicateSettings, PointSettings
from retailhub.store import records
from retailhub.store.table import Table, list_of, record_key


@dataclass(frozen=True)
class RuleBook:
    """Rules in the order in which they are tried, staff in the order in which customers are dealt out.

    ownership, automations: active ones only. employees: all that are not removed.
    """

    ownership: tuple[Record, ...] = ()
    automations: tuple[Record, ...] = ()
    employees: tuple[Record, ...] = ()
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)
    points: PointSettings = field(default_factory=PointSettings)

    @cached_property
    def staff(self) -> dict[str, Record]:
        """Employees by id."""
        return {record.id: record for record in self.employees}

    def department(self, department: str) -> list[Record]:
        """A department's employees in their order: position, then id (A-OWN-3)."""
        return [record for record in self.employees if record.fields.department == department]


def read(table: Table) -> RuleBook:
    """The rule book as the table has it."""
    return RuleBook(
        ownership=_active(table, "ownership_rule"),
        automations=_active(table, "order_automation"),
        employees=tuple(sorted(_all(table, "employee"), key=_turn)),
        **_settings(table),
    )


def _settings(table: Table) -> dict[str, Any]:
    """The two settings, each a record of its own kind under its kind's name."""
    kinds: dict[RecordType, str] = {"duplicate_settings": "duplicates", "point_settings": "points"}
    found = table.get_many(record_key(kind, kind) for kind in kinds)
    return {kinds[cast("RecordType", item["type"])]: records.from_item(item).fields for item in found.values()}


def _active(table: Table, kind: RecordType) -> tuple[Record, ...]:
    rules = [record for record in _all(table, kind) if record.fields.active]
    return tuple(
        sorted(rules, key=lambda record: (getattr(record.fields, "position", 0), record.created_at, record.id))
    )


def _all(table: Table, kind: RecordType) -> list[Record]:
    """All records of a short list that are not removed."""
    found: list[Record] = []
    cursor = None
    while True:
        page = table.query(list_of(kind), index="listing", limit=1000, cursor=cursor)
        found += [record for record in map(records.from_item, page.items) if not record.deleted]
        if (cursor := page.cursor) is None:
            return found


def _turn(employee: Record) -> tuple[int, str]:
    return employee.fields.position, employee.id
