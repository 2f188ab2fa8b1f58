"""Reward points (R-RWD)."""

from retailhub.domain.records import Record
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft


def posted(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The contract with what it has posted to its customer's points as of now."""
    return after
