"""Who stands in a report: employees with their departments, by name, and those whom only their records remember."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from retailhub.crm.office import Office
from retailhub.domain.phones import folded
from retailhub.domain.refusals import Wrong
from retailhub.store import glances, records


@dataclass(frozen=True)
class Person:
    """An employee as a report names them; id None: nobody. name None: nobody knows this id."""

    id: str | None = None
    name: str | None = None
    department: str | None = None
    active: bool = False


NOBODY = Person()


@dataclass(frozen=True)
class Staff:
    """The employees that are not removed, by id; those of one department only, if a report asks for one."""

    people: dict[str, Person]
    department: str | None = None

    def has(self, owner: str | None) -> bool:
        """Whether this owner's records belong into the report."""
        return self.department is None or owner in self.people

    def rows(self, office: Office, owners: Iterable[str | None]) -> list[Person]:
        """Whoever has a row: all active ones, others if they own something, nobody in the last place (A-CVR-7)."""
        owning = {owner for owner in owners if self.has(owner)}
        known = [person for person in self.people.values() if person.active or person.id in owning]
        gone = [_remembered(office, owner) for owner in owning if owner and owner not in self.people]
        nobody = [NOBODY] if None in owning else []
        return sorted([*known, *gone], key=lambda one: (folded(one.name), one.id or "")) + nobody


def staff(office: Office, department: str | None = None) -> Staff:
    """The staff, or a department's. Raises Wrong for a department that there is not."""
    if department and not glances.named(office.table, "department", [department]):
        raise Wrong("unknown_department", "department")
    people = [_person(seen.id, seen.fields) for seen in glances.every(office.table, "employee")]
    return Staff({one.id or "": one for one in people if department in (None, one.department)}, department)


def _person(employee: str, fields: dict[str, Any]) -> Person:
    return Person(employee, fields.get("name"), fields.get("department"), fields.get("active", True))


def _remembered(office: Office, employee: str) -> Person:
    """Somebody who was removed, or of whom there is no record at all."""
    record = records.load(office.table, "employee", employee)
    return Person(employee, record.fields.name if record else None)
