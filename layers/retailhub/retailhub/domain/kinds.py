"""The kinds of records, each with its fields."""

from dataclasses import dataclass
from typing import Literal

from retailhub.domain.business import Contact, CustomerGroup, Department, Employee, Lead, Opportunity, Supplier, Ticket
from retailhub.domain.entries import (
    ContactPosition,
    ContractType,
    LossReason,
    ProductType,
    Source,
    SupplierType,
    TicketPriority,
)
from retailhub.domain.fields import Contract, Customer, Order, Product
from retailhub.domain.rules import DuplicateSettings, OrderAutomation, OwnershipRule, PointSettings
from retailhub.domain.shape import Shape

SharedType = Literal["customer", "product", "order", "contract"]
"""What systems outside share with the hub."""
CatalogueType = Literal[
    "loss_reason", "ticket_priority", "contract_type", "product_type", "supplier_type", "contact_position", "source"
]
RuleType = Literal["ownership_rule", "order_automation", "duplicate_settings", "point_settings"]
BusinessType = Literal[
    "lead", "opportunity", "ticket", "supplier", "contact", "customer_group", "employee", "department"
]
RecordType = Literal[SharedType, BusinessType, CatalogueType, RuleType]

MODELS: dict[RecordType, type[Shape]] = {
    "customer": Customer,
    "product": Product,
    "order": Order,
    "contract": Contract,
    "lead": Lead,
    "opportunity": Opportunity,
    "ticket": Ticket,
    "supplier": Supplier,
    "contact": Contact,
    "customer_group": CustomerGroup,
    "employee": Employee,
    "department": Department,
    "loss_reason": LossReason,
    "ticket_priority": TicketPriority,
    "contract_type": ContractType,
    "product_type": ProductType,
    "supplier_type": SupplierType,
    "contact_position": ContactPosition,
    "source": Source,
    "ownership_rule": OwnershipRule,
    "order_automation": OrderAutomation,
    "duplicate_settings": DuplicateSettings,
    "point_settings": PointSettings,
}

SINGLE: tuple[RecordType, ...] = ("duplicate_settings", "point_settings")
"""Kinds of which there is exactly one; its id is the kind's name."""

REFERENCES: dict[RecordType, dict[str, RecordType]] = {
    "customer": {"owner": "employee", "source": "source", "groups": "customer_group"},
    "product": {"product_type": "product_type"},
    "contract": {"contract_type": "contract_type", "owner": "employee"},
    "lead": {"owner": "employee", "source": "source", "groups": "customer_group"},
    "opportunity": {"lead": "lead", "owner": "employee", "loss_reason": "loss_reason", "customer": "customer"},
    "ticket": {"priority": "ticket_priority", "owner": "employee", "customer": "customer"},
    "supplier": {"supplier_type": "supplier_type"},
    "contact": {"contact_position": "contact_position", "customer": "customer"},
    "employee": {"department": "department"},
    "product_type": {"parent": "product_type"},
}
"""Which fields of a kind name which other records. Rules name theirs inside (`references`)."""


DEFAULT_TYPE = "default"
"""The outermost level of the tree of goods, and the type of goods that have none (R-PT-05)."""


@dataclass(frozen=True)
class Named:
    """A record that a field names: the field's dotted path, and the kind and id of the other."""

    field: str
    kind: RecordType
    id: str


def named(record_type: RecordType, fields: Shape) -> list[Named]:
    """Which records a record names, and in which of its fields."""
    found = []
    for field, target in REFERENCES.get(record_type, {}).items():
        value = getattr(fields, field)
        found += [Named(field, target, one) for one in (value if isinstance(value, tuple) else (value,)) if one]
    if record_type == "product" and not found:
        found.append(Named("product_type", "product_type", DEFAULT_TYPE))
    return found + _of_rule(fields)


def references(record_type: RecordType, fields: Shape) -> frozenset[tuple[RecordType, str]]:
    """The records that a record names: who they are told when somebody wants to remove them (R-TKT-11)."""
    return frozenset((one.kind, one.id) for one in named(record_type, fields))


def _of_rule(fields: Shape) -> list[Named]:
    if isinstance(fields, OrderAutomation):
        return [Named(f"branches.{at}.employee", "employee", one.employee) for at, one in enumerate(fields.branches)]
    if not isinstance(fields, OwnershipRule):
        return []
    given: dict[RecordType, str | None] = {
        "employee": fields.assign_to.employee,
        "department": fields.assign_to.department,
    }
    targets: dict[str, RecordType] = {"source": "source", "group": "customer_group"}
    asked = [
        Named(f"conditions.{at}.value", targets[line.field], line.value)
        for at, line in enumerate(fields.conditions)
        if line.field in targets and line.value
    ]
    return asked + [Named(f"assign_to.{kind}", kind, value) for kind, value in given.items() if value]


_RULES_NAME: dict[RecordType, tuple[RecordType, ...]] = {
    "ownership_rule": ("employee", "department", "source", "customer_group"),
    "order_automation": ("employee",),
}


def users_of(kind: RecordType) -> list[RecordType]:
    """The kinds of records that may name records of a kind."""
    named_by: dict[RecordType, tuple[RecordType, ...]] = {u: tuple(f.values()) for u, f in REFERENCES.items()}
    return [user for user, kinds in {**named_by, **_RULES_NAME}.items() if kind in kinds]
