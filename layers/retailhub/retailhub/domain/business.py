"""The business's own records: its staff, partners, leads, opportunities and tickets."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from retailhub.domain.money import Money
from retailhub.domain.shape import Shape

ZERO = Decimal(0)


class Employee(Shape):
    """Somebody who works for the business. `position`: place in the department's order, where customers are dealt out
    (A-OWN-3); 0 until given. users: connection id → who they are there (Getfly's user id, KiotViet's seller)."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    department: str | None = None
    position: int = 0
    active: bool = True
    absent: bool = False
    users: dict[str, str] = Field(default_factory=dict)


class Department(Shape):
    """A department; its employees name it."""

    name: str | None = None
    description: str | None = None


class CustomerGroup(Shape):
    """A group of customers; `group_type` is the upper of CRMVIET's two levels (crmviet.md §3)."""

    name: str | None = None
    group_type: str | None = None
    description: str | None = None


class Supplier(Shape):
    """A supplier of goods (A-SUP-2, A-SUP-3)."""

    code: str | None = None
    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    supplier_type: str | None = None
    note: str | None = None


class Contact(Shape):
    """A person to talk to at a customer, with a position from the catalogue (R-POS-01)."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    customer: str | None = None
    contact_position: str | None = None
    note: str | None = None


class Ticket(Shape):
    """A customer's matter that must be settled by `due_at`: creation plus the priority's resolve time (A-TKT-2)."""

    title: str | None = None
    description: str | None = None
    customer: str | None = None
    owner: str | None = None
    priority: str | None = None
    status: Literal["open", "in_progress", "done"] = "open"
    due_at: str | None = None


class Lead(Shape):
    """Somebody who may become a customer. opportunities, won: folds over the opportunities attached to the lead
    (A-CVR-10). customer: whom the lead was converted into. social_page: the page that a Facebook lead came from
    (A-SYN-8)."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    tax_code: str | None = None
    note: str | None = None
    source: str | None = None
    social_page: str | None = None
    owner: str | None = None
    groups: tuple[str, ...] = ()
    status: Literal["open", "converted"] = "open"
    customer: str | None = None
    converted_at: str | None = None
    incomplete: tuple[str, ...] = ()
    opportunities: int = 0
    won: int = 0


LEAD_FOLDS = frozenset({"opportunities", "won", "incomplete"})
"""Fields of a lead that follow from elsewhere."""


class Opportunity(Shape):
    """A chance to sell, attached to a lead, a customer or both. won_at, lost_at: when it took its present status.
    loss_reason: only of a lost one, and not of every lost one (A-LOST-3)."""

    name: str | None = None
    lead: str | None = None
    customer: str | None = None
    owner: str | None = None
    value: Money = ZERO
    status: Literal["open", "won", "lost"] = "open"
    loss_reason: str | None = None
    note: str | None = None
    won_at: str | None = None
    lost_at: str | None = None
