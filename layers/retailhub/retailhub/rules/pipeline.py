"""Leads and their opportunities: each lead keeps how many it has and how many were won (R-CVR, A-CVR-10)."""

from collections import Counter
from dataclasses import replace

from retailhub.domain.records import Record
from retailhub.rules.drafts import Draft


def counted(draft: Draft, before: Record | None, after: Record) -> None:
    """Draft the leads whose counts move with the opportunity: the one that it leaves and the one that it joins.

    What it counted for follows from the opportunity as it was, never from an event, so repeats move nothing; and since
    the lead is written with it, nobody can remove the lead or convert it beside it unseen.
    """
    opportunities, won = Counter(_lead(after)), Counter(_lead(after, won=True))
    opportunities.subtract(_lead(before))
    won.subtract(_lead(before, won=True))
    for lead_id in opportunities:
        if opportunities[lead_id] or won[lead_id]:
            _move(draft, lead_id, opportunities[lead_id], won[lead_id])


def _lead(opportunity: Record | None, *, won: bool = False) -> list[str]:
    """The lead that an opportunity counts for, if any."""
    if opportunity is None or opportunity.deleted or not opportunity.fields.lead:
        return []
    return [opportunity.fields.lead] if not won or opportunity.fields.status == "won" else []


def _move(draft: Draft, lead_id: str, opportunities: int, won: int) -> None:
    lead = draft.record("lead", lead_id)
    if lead is None:
        return
    counts = {"opportunities": lead.fields.opportunities + opportunities, "won": lead.fields.won + won}
    draft.keep(replace(lead, fields=lead.fields.model_copy(update=counts)))
