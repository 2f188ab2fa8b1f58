"""The hub's records: the envelope that every record has, and what a platform says about one."""

from dataclasses import dataclass, field, replace
from typing import Any

from retailhub.domain.business import LEAD_FOLDS
from retailhub.domain.changes import digest
from retailhub.domain.fields import (
    CUSTOMER_FOLDS,
    ZERO,
    Address,
    Contract,
    ContractStatus,
    Contribution,
    Customer,
    Line,
    Order,
    OrderStatus,
    Party,
    PaymentStatus,
    PointsPosted,
    Product,
    Purchase,
    ShippingStatus,
)
from retailhub.domain.kinds import MODELS, RecordType, SharedType
from retailhub.domain.shape import Shape

__all__ = [
    "CUSTOMER_FOLDS",
    "MODELS",
    "ZERO",
    "Address",
    "Contract",
    "ContractStatus",
    "Contribution",
    "Customer",
    "Line",
    "Order",
    "OrderStatus",
    "Party",
    "PaymentStatus",
    "Person",
    "PointsPosted",
    "Product",
    "Purchase",
    "Record",
    "RecordType",
    "Ref",
    "Shape",
    "SharedType",
    "ShippingStatus",
    "Snapshot",
]


_FOLDS: dict[RecordType, frozenset[str]] = {
    "customer": CUSTOMER_FOLDS,
    "order": frozenset({"contribution"}),
    "contract": frozenset({"points"}),
    "lead": LEAD_FOLDS,
}


@dataclass(frozen=True)
class Record:
    """A record with its history marks.

    version: counts changes of content (what users see as If-Match and what deliveries compare).
    rev: counts every write of the item (the optimistic lock; 0 = not stored yet).
    layout: how its item was laid out when it was read.
    external_ids: connection id → the platform's id. origin: the connection it was born in, or "hub".
    changed_by: the connection (or "hub") whose words made this version.
    edited_here: a person changed it in the hub.
    """

    type: RecordType
    id: str
    fields: Any
    version: int = 0
    rev: int = 0
    layout: int = field(default=0, compare=False)
    origin: str = "hub"
    changed_by: str = "hub"
    deleted: bool = False
    edited_here: bool = False
    external_ids: dict[str, str] = field(default_factory=dict)
    created_at: str = ""
    updated_at: str = ""
    created_by: str = ""
    updated_by: str = ""

    @property
    def customer(self) -> str | None:
        """The customer whom an order or contract belongs to, by hub id."""
        if self.type == "order":
            return self.fields.buyer.customer if self.fields.buyer else None
        return self.fields.customer if self.type == "contract" else None

    @property
    def group(self) -> str:
        """The customer whom the record belongs to, or the record itself: what must not be delivered side by side."""
        return self.customer or self.id

    @property
    def content_digest(self) -> str:
        """Fingerprint of what deliveries and readers care about: the fields without folds, and the delete mark."""
        return digest([self.content(), self.deleted])

    def content(self) -> dict[str, Any]:
        """The fields without those that merely follow from other records."""
        left_out = _FOLDS.get(self.type, frozenset())
        content: dict[str, Any] = self.fields.model_dump(mode="json", exclude=set(left_out))
        return content

    def revised(
        self, fields: Any, *, by: str, at: str, deleted: bool | None = None, joined: bool = False, **marks: Any
    ) -> "Record":
        """This record with new fields; the version moves only if its content did, or another system joined it."""
        new = replace(self, fields=fields, deleted=self.deleted if deleted is None else deleted, **marks)
        if self.version and not joined and new.content_digest == self.content_digest:
            return new
        return replace(new, version=self.version + 1, changed_by=by, updated_at=at, updated_by=by)


@dataclass(frozen=True)
class Ref:
    """A record that another one refers to on the same connection, with what is known of it so that a stub can be made
    when it has not come yet (A-HRV-14). `code`: our own code, if the platform carries one for it."""

    type: RecordType
    source_id: str
    stub: dict[str, Any] = field(default_factory=dict)
    code: str | None = None


@dataclass(frozen=True)
class Person:
    """A customer whom another system keeps: their id there where it is told, and their phone."""

    source_id: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Snapshot:
    """A platform's whole view of one record, in the hub's words.

    version: instant of the platform's last change (`domain.instants`), "" where the platform has none.
    fields: the fields that this platform speaks of; others are left alone (A-KV-8).
    first: fields set only when the record is new (source, A-SRC-05).
    code: the record's code on the platform; one of ours (`domain.identity`) tells that we created it there.
    buyer: the customer an order or contract belongs to.
    recipient: a contact of its own if it is not the buyer (R-HRV-32).
    person: whose words these are, where they only add to a customer whom another system keeps (R-HL-05).
    """

    type: RecordType
    source_id: str
    version: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)
    code: str | None = None
    deleted: bool = False
    buyer: Ref | None = None
    recipient: Party | None = None
    person: Person | None = None

    @property
    def heard(self) -> str:
        """Fingerprint of everything the platform said."""
        buyer = [self.buyer.source_id, self.buyer.stub] if self.buyer else None
        recipient = self.recipient.model_dump(mode="json") if self.recipient else None
        return digest([self.fields, self.deleted, buyer, recipient])
