"""Converting a lead: it becomes a customer and, if wished, an opportunity; all of it or nothing."""

from dataclasses import dataclass, replace
from typing import Any

from retailhub.crm import opportunities, records
from retailhub.crm.office import TRIES, Office
from retailhub.domain.flows import HUB
from retailhub.domain.identity import record_id
from retailhub.domain.merging import with_fields
from retailhub.domain.records import Customer, Record, RecordType
from retailhub.domain.refusals import Clash, Wrong
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.store import records as record_store
from retailhub.store.table import Check, Conflict, record_key

CARRIED = ("name", "phone", "email", "tax_code", "note", "source", "social_page", "owner", "groups")
"""What the customer has from the lead (A-SYN-8)."""


@dataclass(frozen=True)
class Converted:
    """What came of a lead."""

    lead: Record
    customer: Record
    opportunity: Record | None = None


@dataclass(frozen=True)
class Wish:
    """customer: an existing one whom the lead turned out to be; None: make a new one. opportunity: its fields, or None
    for none."""

    customer: str | None = None
    opportunity: dict[str, Any] | None = None


def convert(office: Office, lead_id: str, if_match: int | None, wish: Wish) -> Converted:
    """The customer made of the lead, the lead marked, and the opportunity, in one transaction.

    A repeat of a request that got so far finds what it made. Raises Unknown, and Clash for a lead that was converted
    before, for a duplicate customer, and if others keep winning the race.
    """
    ids = record_id("customer", HUB, office.new_id()), record_id("opportunity", HUB, office.new_id())
    for _ in range(TRIES):
        lead = records.living(office, "lead", lead_id)
        if wish.customer is None and lead.fields.customer == ids[0]:
            return _found(office, lead, *ids)
        _check_open(lead, if_match)
        try:
            return _converted(office, lead, wish, *ids)
        except Conflict:
            continue
    raise Clash("version_conflict")


def _check_open(lead: Record, if_match: int | None) -> None:
    if lead.fields.status == "converted":
        raise Clash("already_converted", customer=lead.fields.customer)
    records.check_version(lead.version, if_match)


def _found(office: Office, lead: Record, customer_id: str, opportunity_id: str) -> Converted:
    customer = records.find(office, "customer", customer_id)
    return Converted(lead, customer, record_store.load(office.table, "opportunity", opportunity_id))


def _converted(office: Office, lead: Record, wish: Wish, customer_id: str, opportunity_id: str) -> Converted:
    """Raises Conflict."""
    now, draft = office.clock(), Draft(office.table)
    draft.seen(lead)
    customer = _customer(office, draft, lead, wish, customer_id, now)
    told = {"status": "converted", "customer": customer.id, "converted_at": now}
    marked = records.by_hand(office, lead, with_fields("lead", lead.fields, told), now)
    deed = Deed(office.by, now, "person")
    deed.note("lead_converted", customer=customer.id)
    records.drafted(draft, office, lead, marked, deed)
    opportunity = None
    if wish.opportunity is not None:
        spoken = {**wish.opportunity, "lead": lead.id, "customer": customer.id}
        fields = opportunities.entered(spoken, marked, customer, now)
        opportunity = _born(office, draft, "opportunity", opportunity_id, fields, Deed(office.by, now, "person", True))
    draft.commit()
    done = draft.record("lead", lead.id) or marked
    return Converted(_written(done), customer if wish.customer else _written(customer), opportunity)


def _customer(office: Office, draft: Draft, lead: Record, wish: Wish, customer_id: str, now: str) -> Record:
    """The customer whom the lead becomes. Ownership rules fire for a new one as for any other; without a rule that says
    otherwise the lead's owner stays in charge."""
    if wish.customer:
        return _known(office, draft, wish.customer)
    carried = {name: getattr(lead.fields, name) for name in CARRIED}
    source = {"phone_source": "contact"} if lead.fields.phone else {}
    fields = with_fields("customer", Customer(), {**carried, **source})
    deed = Deed(office.by, now, "person", fresh=True, instead_of=lead.id)
    deed.note("customer_from_lead", lead=lead.id)
    return _born(office, draft, "customer", customer_id, fields, deed)


def _known(office: Office, draft: Draft, customer_id: str) -> Record:
    """An existing customer, who must not be removed meanwhile. Raises Wrong."""
    customer = record_store.load(office.table, "customer", customer_id)
    if customer is None or customer.deleted:
        raise Wrong("unknown_customer", "customer")
    draft.seen(customer)
    draft.add(Check(record_key("customer", customer.id), expect=customer.rev))
    return customer


def _born(office: Office, draft: Draft, kind: RecordType, new_id: str, fields: Any, deed: Deed) -> Record:
    blank = record_store.born(kind, new_id, origin=HUB, by=office.by, at=deed.at)
    return records.drafted(draft, office, None, records.by_hand(office, blank, fields, deed.at), deed)


def _written(record: Record) -> Record:
    return replace(record, rev=record.rev + 1)
