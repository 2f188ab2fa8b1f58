"""The place of a product type in the tree: never below itself, whoever else moves types at the same moment (A-PT-4)."""

from retailhub.domain.product_tree import may_stand_below
from retailhub.domain.records import Record
from retailhub.domain.refusals import Wrong
from retailhub.rules.drafts import Draft
from retailhub.store.table import Check, record_key


def placed(draft: Draft, before: Record | None, after: Record) -> None:
    """Draft that every type above the new place stays where it is until the move is written.

    Two moves that would make a ring together each pass over the type that the other moves: so the second one fails and
    is judged again. Raises Wrong `below_itself`.
    """
    parent = after.fields.parent
    if after.deleted or parent is None or (before and before.fields.parent == parent and not before.deleted):
        return
    seen: dict[str, Record] = {}

    def parent_of(type_id: str) -> str | None:
        record = draft.record("product_type", type_id)
        if record is None:
            return None
        seen[type_id] = record
        up: str | None = record.fields.parent
        return up

    if not may_stand_below(after.id, parent, parent_of):
        raise Wrong("below_itself", "parent")
    for record in seen.values():
        draft.add(Check(record_key(record.type, record.id), expect=record.rev))
