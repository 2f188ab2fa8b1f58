"""Leads in the office: found, entered and edited by hand, removed while nothing hangs on them."""

from dataclasses import dataclass
from typing import Any, Literal

from retailhub.crm import listings, records
from retailhub.crm.filters import NONE
from retailhub.crm.lists import Found, contains
from retailhub.crm.office import Office
from retailhub.crm.uses import remove_unused
from retailhub.domain.business import Lead
from retailhub.domain.merging import with_fields
from retailhub.domain.periods import Period
from retailhub.domain.phones import e164, local
from retailhub.domain.records import Record
from retailhub.domain.refusals import Wrong


@dataclass(frozen=True)
class Filter:
    """What a list of leads is narrowed to; None leaves a field open. customer: whether an opportunity was won."""

    owner: str | None = None
    source: str | None = None
    status: Literal["open", "converted"] | None = None
    with_opportunity: bool | None = None
    customer: bool | None = None
    q: str | None = None

    def keeps(self, record: Record) -> bool:
        """Whether a lead is wanted; every given field must agree."""
        lead = record.fields
        return (
            self.owner in (None, lead.owner or NONE)
            and self.source in (None, lead.source)
            and self.status in (None, lead.status)
            and self.with_opportunity in (None, lead.opportunities > 0)
            and self.customer in (None, lead.won > 0)
            and (not self.q or contains(self.q, lead.name, lead.email, lead.phone, local(lead.phone), lead.tax_code))
        )


def listed(
    office: Office, wanted: Filter, period: Period, *, limit: int, cursor: str | None, sort: str
) -> Found[Record]:
    """A page of the leads that were created in the period."""
    keep = None if wanted == Filter() else wanted.keeps
    return listings.listed(office, "lead", keep, period=period, limit=limit, cursor=cursor, sort=sort)


def create(office: Office, spoken: dict[str, Any]) -> Record:
    """A lead entered by hand. Raises Wrong and Clash as the settings of required and unique fields ask."""
    return records.create(office, "lead", with_fields("lead", Lead(), _tidied(spoken)))


def change(office: Office, lead_id: str, if_match: int | None, spoken: dict[str, Any]) -> Record:
    """The lead after a person's edit."""
    records.living(office, "lead", lead_id)
    told = _tidied(spoken)
    return records.change(office, "lead", lead_id, if_match, lambda lead: with_fields("lead", lead, told))


def _tidied(spoken: dict[str, Any]) -> dict[str, Any]:
    """The spoken fields in the form in which they are kept. Raises Wrong for a phone that no network has."""
    if "phone" not in spoken:
        return spoken
    number = e164(spoken["phone"])
    if number is None and spoken["phone"]:
        raise Wrong("invalid_phone", "phone")
    return {**spoken, "phone": number}


def remove(office: Office, lead_id: str, if_match: int | None) -> None:
    """Mark the lead as removed. Raises Clash `in_use` while opportunities hang on it: the reports would lose them."""
    remove_unused(office, "lead", lead_id, if_match)
