"""Ownership rules (R-OWN)."""

from retailhub.domain.records import Record
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft


def assigned(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The record with the owner that the rules give it."""
    return after
