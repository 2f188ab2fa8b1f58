"""Leads and opportunities as the admin API shows them and takes them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from retailhub.api.shapes.base import Answer, Asking, Email, Name, Note, NotNull, RecordMarks, Text, content_of
from retailhub.api.shapes.records import Amount, CustomerAnswer
from retailhub.domain.business import Lead, Opportunity
from retailhub.domain.records import Record

Phone = Annotated[str, Field(max_length=30)]
OpportunityStatus = Literal["open", "won", "lost"]


class LeadAnswer(RecordMarks, Lead):
    """A lead. opportunities, won: how many are attached to it, and how many of them were won."""


class OpportunityAnswer(RecordMarks, Opportunity):
    """An opportunity."""


def lead(record: Record) -> LeadAnswer:
    """A lead as shown."""
    return LeadAnswer(**content_of(record))


def opportunity(record: Record) -> OpportunityAnswer:
    """An opportunity as shown."""
    return OpportunityAnswer(**content_of(record))


def either(record: Record) -> LeadAnswer | OpportunityAnswer:
    """A lead or an opportunity as shown."""
    return lead(record) if record.type == "lead" else opportunity(record)


class LeadEdit(Asking):
    """What a person may change of a lead; what is not sent stays."""

    name: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    tax_code: Annotated[str, Field(max_length=20)] | None = None
    note: Note | None = None
    source: Text | None = None
    social_page: Text | None = None
    owner: Text | None = None
    groups: Annotated[list[Name] | None, Field(max_length=100), NotNull] = None

    def spoken(self) -> dict[str, Any]:
        """The sent fields as the record takes them."""
        told = self.given()
        return {**told, "groups": tuple(told["groups"])} if "groups" in told else told


class OpportunityToBe(Asking):
    """An opportunity that comes with the conversion of a lead."""

    name: Name | None = None
    owner: Text | None = None
    value: Annotated[Amount | None, NotNull] = None
    status: Annotated[OpportunityStatus | None, NotNull] = None
    loss_reason: Text | None = None
    note: Note | None = None


class OpportunityEdit(OpportunityToBe):
    """What a person may change of an opportunity; what is not sent stays. loss_reason: only of a lost one."""

    lead: Text | None = None
    customer: Text | None = None


class Conversion(Asking):
    """opportunity: null for none. customer: an existing one whom the lead turned out to be; null: make a new one."""

    opportunity: OpportunityToBe | None = None
    customer: Text | None = None


class ConvertedAnswer(Answer):
    """What came of a lead."""

    lead: LeadAnswer
    customer: CustomerAnswer
    opportunity: OpportunityAnswer | None
