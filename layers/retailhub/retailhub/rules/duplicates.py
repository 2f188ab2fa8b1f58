"""Duplicate and required fields (R-DUP)."""

from retailhub.domain.records import Record
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import claims


def checked(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The record after the checks of unique and required fields."""
    if deed.via == "person" and after.type == "customer":
        old = before.fields.phone if before else None
        for write in claims.moved(draft.item, after.id, old, after.fields.phone):
            draft.add(write)
    return after
