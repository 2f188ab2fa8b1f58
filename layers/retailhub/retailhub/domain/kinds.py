"""The kinds of records, each with its fields."""

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
    "ticket": {"ticket_priority": "ticket_priority", "owner": "employee", "customer": "customer"},
    "supplier": {"supplier_type": "supplier_type"},
    "contact": {"contact_position": "contact_position", "customer": "customer"},
    "employee": {"department": "department"},
    "product_type": {"parent": "product_type"},
}
"""Which fields of a kind name which other records. Rules name theirs inside (`references`)."""


def references(record_type: RecordType, fields: Shape) -> frozenset[tuple[RecordType, str]]:
    """The records that a record names: who they are told when somebody wants to remove them (R-TKT-11)."""
    named: set[tuple[RecordType, str]] = set()
    for field, target in REFERENCES.get(record_type, {}).items():
        value = getattr(fields, field)
        named |= {(target, one) for one in (value if isinstance(value, tuple) else (value,)) if one}
    return frozenset(named | _of_rule(fields))


def _of_rule(fields: Shape) -> set[tuple[RecordType, str]]:
    if isinstance(fields, OrderAutomation):
        return {("employee", branch.employee) for branch in fields.branches}
    if not isinstance(fields, OwnershipRule):
        return set()
    given: dict[RecordType, str | None] = {
        "employee": fields.assign_to.employee,
        "department": fields.assign_to.department,
    }
    targets: dict[str, RecordType] = {"source": "source", "group": "customer_group"}
    asked: set[tuple[RecordType, str]] = {
        (targets[line.field], line.value) for line in fields.conditions if line.field in targets and line.value
    }
    return asked | {(kind, value) for kind, value in given.items() if value}
