"""The rule book: what the admin has decided, read together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.ownership import Spellings, comparable, place
from retailhub.domain.records import Record, RecordType
from retailhub.domain.rules import DuplicateSettings, PointSettings
from retailhub.store import connections, records
from retailhub.store.table import Table, record_key


@dataclass(frozen=True)
class RuleBook:
    """Rules in the order in which they are tried, staff in the order in which customers are dealt out.

    ownership, automations: active ones only. employees: all that are not removed. sources, groups: the entries that
    conditions may name by any of their words. platforms: connection → platform.
    """

    ownership: tuple[Record, ...] = ()
    automations: tuple[Record, ...] = ()
    employees: tuple[Record, ...] = ()
    duplicates: DuplicateSettings = field(default_factory=DuplicateSettings)
    points: PointSettings = field(default_factory=PointSettings)
    sources: tuple[Record, ...] = ()
    groups: tuple[Record, ...] = ()
    platforms: dict[str, str] = field(default_factory=dict)

    @cached_property
    def staff(self) -> dict[str, Record]:
        """Employees by id."""
        return {record.id: record for record in self.employees}

    @cached_property
    def teams(self) -> dict[str, list[Record]]:
        """Employees by department, each in the order of their places."""
        found: dict[str, list[Record]] = {}
        for record in sorted(self.employees, key=place):
            if record.fields.department:
                found.setdefault(record.fields.department, []).append(record)
        return found

    @cached_property
    def spellings(self) -> Spellings:
        """What else a condition may call a source, a group, or the integration that made a record (A-OWN-7)."""
        ours = {connection: frozenset((platform,)) for connection, platform in self.platforms.items()}
        named = BUILT_IN | {one.id: one.fields for one in self.sources}
        sources = _spelt([(one, fields.key, fields.name) for one, fields in named.items()])
        groups = _spelt([(one.id, one.fields.name) for one in self.groups])
        return {"source": sources, "group": groups, "created_by": ours, "updated_by": ours}

    def employee(self, employee_id: str) -> Record | None:
        """The employee, or None for one who is not there (any more)."""
        return self.staff.get(employee_id)

    def department(self, department: str) -> list[Record]:
        """A department's employees in the order of their places (A-OWN-3)."""
        return self.teams.get(department, [])

    def known_at(self, connection: str, user: str) -> bool:
        """Whether a user of a system outside is an employee of ours."""
        return any(employee.fields.users.get(connection) == user for employee in self.employees)


def read(table: Table) -> RuleBook:
    """The rule book as the table has it."""
    return RuleBook(
        ownership=_active(records.every(table, "ownership_rule")),
        automations=_active(records.every(table, "order_automation")),
        employees=tuple(sorted(records.every(table, "employee"), key=place)),
        sources=tuple(records.every(table, "source")),
        groups=tuple(records.every(table, "customer_group")),
        platforms={connection.id: connection.platform for connection in connections.every(table)},
        **_settings(table),
    )


def in_order(rules: Iterable[Record]) -> list[Record]:
    """Rules in the order in which they are tried: by position, then as they were made (A-OWN-1)."""
    return sorted(rules, key=lambda one: (getattr(one.fields, "position", 0), one.created_at, one.id))


def _active(rules: list[Record]) -> tuple[Record, ...]:
    return tuple(in_order(record for record in rules if record.fields.active))


def _settings(table: Table) -> dict[str, Any]:
    """The two settings, each a record of its own kind under its kind's name."""
    kinds: dict[RecordType, str] = {"duplicate_settings": "duplicates", "point_settings": "points"}
    found = table.get_many(record_key(kind, kind) for kind in kinds)
    return {kinds[cast("RecordType", item["type"])]: records.from_item(item).fields for item in found.values()}


def _spelt(entries: list[tuple[str | None, ...]]) -> dict[str, frozenset[str]]:
    """Each word of an entry → all of its words."""
    words = [frozenset(comparable(word) for word in entry if word) for entry in entries]
    return {word: together for together in words for word in together}
