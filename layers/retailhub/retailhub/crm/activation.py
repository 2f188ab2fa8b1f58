"""Making customers members by hand: one, or many at once (R-HL-18, A-HL-8)."""

from dataclasses import dataclass
from typing import Any, Literal

from retailhub.crm import records
from retailhub.crm.office import Office
from retailhub.domain.membership import Membership, obstacle
from retailhub.domain.merging import with_fields
from retailhub.domain.records import Record
from retailhub.domain.refusals import Clash, Refusal, Wrong

Outcome = Literal["activated", "already", "refused"]


@dataclass(frozen=True)
class Line:
    """What became of one customer; `code` tells why one was refused."""

    id: str
    outcome: Outcome
    code: str | None = None


def activate(office: Office, customer_id: str) -> tuple[Record, Outcome]:
    """The customer as a member: who did it and when is kept. Past orders earn nothing, and a member stays as they are.

    Raises Unknown, Wrong for somebody without a phone, Clash for those who cannot be members."""
    before = records.find(office, "customer", customer_id)
    if before.fields.membership and not before.deleted:
        return before, "already"
    _check(before)
    made = Membership(activated_at=office.clock(), activated_by=office.by)

    def edit(customer: Any) -> Any:
        return customer if customer.membership else with_fields("customer", customer, {"membership": made})

    after = records.change(office, "customer", customer_id, None, edit)
    return after, "activated" if after.fields.membership == made else "already"


def activate_many(office: Office, ids: list[str]) -> list[Line]:
    """One line for each id, in their order; who is refused stops nobody else. A repeat finds them activated."""
    told: dict[str, Line] = {}
    for one in ids:
        if one not in told:
            told[one] = _tried(office, one)
    return [told[one] for one in ids]


def _tried(office: Office, customer_id: str) -> Line:
    try:
        return Line(customer_id, activate(office, customer_id)[1])
    except Refusal as error:
        return Line(customer_id, "refused", error.code)


def _check(customer: Record) -> None:
    code = obstacle(customer.fields, deleted=customer.deleted)
    if code == "no_phone":
        raise Wrong(code, "phone")
    if code:
        raise Clash(code)
