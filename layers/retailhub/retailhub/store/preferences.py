"""Preferences: what an employee chose to see, and finds again (A-CVR-8)."""

import json
from typing import Any

from retailhub.store.table import Put, Table, preference_key


def load(table: Table, employee: str, what: str) -> dict[str, Any]:
    """What the employee chose, empty if they never did."""
    item = table.get(preference_key(employee, what))
    return json.loads(item["data"]) if item else {}


def save(table: Table, employee: str, what: str, chosen: dict[str, Any]) -> None:
    """Remember the choice; the last one counts."""
    pk, sk = preference_key(employee, what)
    table.write(Put({"pk": pk, "sk": sk, "data": json.dumps(chosen, ensure_ascii=False)}, expect=None))
