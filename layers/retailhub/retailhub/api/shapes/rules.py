"""Ownership rules and order automations as the admin API shows them and takes them."""

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from retailhub.api.shapes.base import Answer, Asking, Name, NotNull, RecordMarks
from retailhub.domain.rules import Attribute, OrderAutomation, OwnershipRule, RuleEvent

Id = Annotated[str, Field(min_length=1, max_length=200)]
Value = Annotated[str, Field(min_length=1, max_length=500)]
Position = Annotated[int, Field(ge=1, le=100_000, description="1: tried first / được xét đầu tiên")]
OrderType = Literal["sale", "purchase"]


class RuleWarning(Answer):
    """Something that is allowed but rarely meant."""

    code: str
    field: str
    message: str


class OwnershipRuleAnswer(RecordMarks, OwnershipRule):
    """An ownership rule, and what is odd about it."""

    warnings: list[RuleWarning]


class OrderAutomationAnswer(RecordMarks, OrderAutomation):
    """An order automation, and what is odd about it."""

    warnings: list[RuleWarning]


class ConditionEntry(Asking):
    """A line of conditions. value: a source (id or key), a group, an address of a page, an employee or a platform."""

    field: Attribute
    op: Literal["=", "!="]
    value: Value


class AssigneeEntry(Asking):
    """Who gets the customers: one employee, or a department's in turn."""

    employee: Id | None = None
    department: Id | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.employee is None) == (self.department is None):
            raise ValueError("one_assignee")
        return self


Conditions = Annotated[list[ConditionEntry], Field(max_length=20)]


class OwnershipRuleEdit(Asking):
    """What may change of a rule; what is not sent stays."""

    name: Annotated[Name | None, NotNull] = None
    event: Annotated[RuleEvent | None, NotNull] = None
    assign_to: Annotated[AssigneeEntry | None, NotNull] = None
    conditions: Annotated[Conditions | None, NotNull] = None
    position: Annotated[Position | None, NotNull] = None
    active: Annotated[bool | None, NotNull] = None

    def spoken(self) -> dict[str, Any]:
        """The sent fields as the record takes them."""
        return self.model_dump(include=self.model_fields_set)


class NewOwnershipRule(OwnershipRuleEdit):
    """A rule to be made: name, event and assignee are needed (A-OWN-8)."""

    name: Name
    event: RuleEvent
    assign_to: AssigneeEntry


class BranchEntry(Asking):
    """Orders of this source: their customers go to this employee."""

    order_source: Value
    employee: Id


Branches = Annotated[list[BranchEntry], Field(min_length=1, max_length=40)]


class OrderAutomationEdit(Asking):
    """What may change of an automation; what is not sent stays. order_type null: orders of any type."""

    name: Annotated[Name | None, NotNull] = None
    active: Annotated[bool | None, NotNull] = None
    order_type: OrderType | None = None
    branches: Annotated[Branches | None, NotNull] = None
    only_if_empty: Annotated[bool | None, NotNull] = None

    def spoken(self) -> dict[str, Any]:
        """The sent fields as the record takes them."""
        return self.model_dump(include=self.model_fields_set)


class NewOrderAutomation(OrderAutomationEdit):
    """An automation to be made; it does nothing until it is active (R-GA-13, R-GA-14)."""

    name: Name
    branches: Branches


class PreviewWish(Asking):
    """What to try out: one rule that need not be saved, or (none given) all active ones for an event."""

    rule: NewOwnershipRule | None = None
    event: Annotated[RuleEvent, Field(description="Without `rule` only / Chỉ khi không có `rule`")] = "customer_created"
    limit: Annotated[int, Field(ge=1, le=100_000, description="Customers to look at / Số khách hàng xem xét")] = 50_000
    cursor: Annotated[str | None, Field(max_length=20_000)] = None


class Share(Answer):
    """How many customers a rule matches, or an employee would get. id null: the rule that was tried out."""

    id: str | None
    name: str | None
    customers: int


class ExampleAnswer(Answer):
    """One customer who would go to somebody else. rule null: the one that was tried out."""

    customer: str
    rule: str | None
    old: str | None
    new: str
    how: Literal["employee", "turn"]


class PreviewAnswer(Answer):
    """What would become of the customers who are there; nothing was changed.

    looked_at: moved + stayed (matched, nothing changes) + nobody (matched, nobody is there) + unmatched. With
    `next_cursor` there are more: ask again with it and add the numbers up.
    """

    event: RuleEvent
    looked_at: int
    moved: int
    stayed: int
    nobody: int
    unmatched: int
    by_employee: list[Share]
    by_rule: list[Share]
    examples: list[ExampleAnswer]
    next_cursor: str | None = None
