"""Staff: who joins a department without a place in its order goes to the end of it (A-OWN-3)."""

from typing import Any

from retailhub.crm.office import Office
from retailhub.store import records


def prepared(office: Office, _: str | None, employee: Any, told: dict[str, Any]) -> dict[str, Any]:
    """What was entered of an employee, with a place in the department's order where none was given."""
    present = employee.department if employee else None
    department = told.get("department", present)
    if "position" in told or not department or (employee and department == present):
        return told
    everybody = (one.fields for one in records.every(office.table, "employee"))
    places = [employee.position for employee in everybody if employee.department == department]
    return {**told, "position": max(places, default=0) + 1}
