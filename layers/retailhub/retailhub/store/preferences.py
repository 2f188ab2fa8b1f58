"""Preferences: what an employee, or the hub for everybody, chose to see, and finds again (A-CVR-8, A-HL-1)."""

import json
from typing import Any

from retailhub.store.table import Put, Table, preference_key


def load(table: Table, employee: str, what: str) -> dict[str, Any]:
    """What the employee chose, empty if they never did."""
    item = table.get(preference_key(employee, what))
    return json.loads(item["data"]) if item else {}


def save(table: Table, employee: str, what: str, chosen: dict[str, Any]) -> None:
    """Remember the choice; the last one counts."""
    table.write(put(employee, what, chosen))


def put(employee: str, what: str, chosen: dict[str, Any]) -> Put:
    """Write the choice over an earlier one."""
    pk, sk = preference_key(employee, what)
    return Put({"pk": pk, "sk": sk, "data": json.dumps(chosen, ensure_ascii=False)}, expect=None)
