"""Whose turn it was: an ownership rule's pointer, written in the transaction that gives the turn (A-OWN-3)."""

import json

from retailhub.domain.ownership import Turn
from retailhub.store.table import ABSENT, Item, Put, turn_key


def from_item(item: Item | None) -> Turn:
    """The rule's last turn; one that was never given where there is no item."""
    if item is None:
        return Turn()
    data = json.loads(item["data"])
    return Turn(data["department"], data["employee"], tuple(data["place"]), data["count"])


def put(rule: str, turn: Turn, before: Item | None) -> Put:
    """Write the rule's turn if nobody else had one since it was read."""
    pk, sk = turn_key(rule)
    data = {"department": turn.department, "employee": turn.employee, "place": turn.place, "count": turn.count}
    return Put({"pk": pk, "sk": sk, "data": json.dumps(data)}, expect=before["rev"] if before else ABSENT)
