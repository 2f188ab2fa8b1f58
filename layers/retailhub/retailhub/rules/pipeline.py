"""Leads and their opportunities: each lead keeps how many it has and how many were won (R-CVR, A-CVR-10)."""

from retailhub.domain.records import Record
from retailhub.rules.drafts import Draft


def counted(draft: Draft, before: Record | None, after: Record) -> None:
    """Draft the leads whose counts move with the opportunity."""
