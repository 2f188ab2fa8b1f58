"""Staff: who joins a department without a place in its order goes to the end of it (A-OWN-3)."""

from typing import Any

from retailhub.crm import records
from retailhub.crm.office import Office


def prepared(office: Office, _: str | None, employee: Any, told: dict[str, Any]) -> dict[str, Any]:
    """What was entered of an employee, with a place in the department's order where none was given."""
    present = employee.department if employee else None
    department = told.get("department", present)
    if "position" in told or not department or (employee and department == present):
        return told
    places = [one.fields.position for one in records.every(office, "employee") if one.fields.department == department]
    return {**told, "position": max(places, default=0) + 1}
