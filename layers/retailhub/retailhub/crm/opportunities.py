"""Opportunities in the office: open, won or lost, attached to a lead, a customer or both."""

from typing import Any

from retailhub.crm import records
from retailhub.crm.office import Office
from retailhub.domain.business import Opportunity
from retailhub.domain.merging import with_fields
from retailhub.domain.records import Record, RecordType
from retailhub.domain.refusals import Wrong
from retailhub.store import records as record_store


def edited(opportunity: Opportunity, spoken: dict[str, Any], now: str) -> Opportunity:
    """The fields after a person's edit. A status remembers since when it is so; a loss reason goes with the loss.

    Raises Wrong for an opportunity of nobody, and for a loss reason of one that is not lost.
    """
    fields: Opportunity = with_fields("opportunity", opportunity, spoken)
    if not (fields.lead or fields.customer):
        raise Wrong("lead_or_customer", "lead")
    if spoken.get("loss_reason") and fields.status != "lost":
        raise Wrong("only_of_lost", "loss_reason")
    since = {"won_at": fields.won_at, "lost_at": fields.lost_at}
    if fields.status != opportunity.status:
        since = {f"{status}_at": now if fields.status == status else None for status in ("won", "lost")}
    reason = fields.loss_reason if fields.status == "lost" else None
    return fields.model_copy(update={**since, "loss_reason": reason})


def entered(spoken: dict[str, Any], lead: Record | None, customer: Record | None, now: str) -> Opportunity:
    """The fields of a new opportunity. Who is in charge of the lead, else of the customer, is in charge of it too,
    unless somebody else is named; on a converted lead it belongs to the customer whom the lead became."""
    told = dict(spoken)
    owners = [one.fields.owner for one in (lead, customer) if one and one.fields.owner]
    told.setdefault("owner", owners[0] if owners else None)
    if lead and lead.fields.customer and not told.get("customer"):
        told["customer"] = lead.fields.customer
    return edited(Opportunity(), told, now)


def create(office: Office, spoken: dict[str, Any]) -> Record:
    """An opportunity entered by hand."""
    kinds: tuple[RecordType, RecordType] = ("lead", "customer")
    lead, customer = (record_store.load(office.table, k, spoken[k]) if spoken.get(k) else None for k in kinds)
    return records.create(office, "opportunity", entered(spoken, lead, customer, office.clock()))


def change(office: Office, opportunity_id: str, if_match: int | None, spoken: dict[str, Any]) -> Record:
    """The opportunity after a person's edit; the counts of its lead, and of the one that it left, move with it."""
    records.living(office, "opportunity", opportunity_id)

    def edit(opportunity: Any) -> Any:
        return edited(opportunity, spoken, office.clock())

    return records.change(office, "opportunity", opportunity_id, if_match, edit)


def remove(office: Office, opportunity_id: str, if_match: int | None) -> None:
    """Mark the opportunity as removed; it counts for its lead no more."""
    records.living(office, "opportunity", opportunity_id)
    records.remove(office, "opportunity", opportunity_id, if_match)
