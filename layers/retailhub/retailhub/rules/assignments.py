"""Order automations (R-GA)."""

from retailhub.domain.records import Record
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft


def assigned(draft: Draft, before: Record | None, after: Record, deed: Deed) -> None:
    """Draft the buyer with the person in charge that the new order's source asks for."""
