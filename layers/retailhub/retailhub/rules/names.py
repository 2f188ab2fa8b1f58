"""Names and codes that must be unique within their catalogue."""

from retailhub.domain.records import Record
from retailhub.rules.drafts import Draft


def claimed(draft: Draft, before: Record | None, after: Record) -> None:
    """Draft the claims on the record's unique fields."""
