"""What follows from a change of a record, in the order of A-X-2; everything goes into the same draft."""

from retailhub.domain.records import Record
from retailhub.rules import assignments, deadlines, duplicates, goods, ownership, pipeline, points, trees, unique_names
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft


def settled(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The record as it is to be written, its consequences drafted and noted. `before` is None for a new record.

    Raises Refused where a person's entry may not be taken (a duplicate, a required field), Conflict never.
    """
    if after.type in ("customer", "lead"):
        checked = duplicates.checked(draft, before, after, deed)
        return ownership.assigned(draft, before, checked, deed)
    if after.type == "order":
        assignments.assigned(draft, before, after, deed)
    elif after.type == "contract":
        return points.posted(draft, before, after, deed)
    elif after.type == "opportunity":
        pipeline.counted(draft, before, after)
    elif after.type == "product":
        goods.typed(draft, before, after, deed)
    else:
        return _kept(draft, before, after)
    return after


def _kept(draft: Draft, before: Record | None, after: Record) -> Record:
    """An entry of a catalogue, or a record of the business's own."""
    unique_names.claimed(draft, before, after)
    if after.type == "product_type":
        trees.placed(draft, before, after)
    return deadlines.due(draft, before, after) if after.type == "ticket" else after
