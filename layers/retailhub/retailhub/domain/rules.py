"""What an admin decides once and the hub follows: ownership rules, order automations, settings of fields and points."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from retailhub.domain.money import Money
from retailhub.domain.shape import Shape

ZERO = Decimal(0)

RuleEvent = Literal["customer_created", "customer_updated"]
Attribute = Literal["source", "group", "social_page", "created_by", "updated_by"]


class Condition(Shape):
    """One line of a rule's conditions: all must hold (R-OWN-11…20)."""

    field: Attribute
    op: Literal["=", "!="]
    value: str


class Assignee(Shape):
    """Who gets the customers: one employee, or a department's employees in turn (R-OWN-08, R-OWN-09)."""

    employee: str | None = None
    department: str | None = None


class OwnershipRule(Shape):
    """Who becomes the owner of which customers when they are added or edited; the lowest `position` that matches
    decides (A-OWN-1)."""

    name: str | None = None
    event: RuleEvent = "customer_created"
    assign_to: Assignee = Assignee()
    conditions: tuple[Condition, ...] = ()
    position: int = 0
    active: bool = True


class Branch(Shape):
    """Orders of one source go to one employee (A-GA-7)."""

    order_source: str
    employee: str


class OrderAutomation(Shape):
    """When an order is created, its source decides who is in charge of the customer (R-GA-06…14). order_type: the
    initial condition, None for any."""

    name: str | None = None
    active: bool = False
    order_type: Literal["sale", "purchase"] | None = None
    branches: tuple[Branch, ...] = ()
    only_if_empty: bool = False


class FieldSetting(Shape):
    """What is asked of one field of customers and leads (R-DUP-05…08). ready: every present value is claimed."""

    unique: bool = False
    required: bool = False
    ready: bool = True


class DuplicateSettings(Shape):
    """By field name; `custom.<name>` for a field of the business's own (A-DUP-1)."""

    fields: dict[str, FieldSetting] = Field(default_factory=dict)


class PointSettings(Shape):
    """A, B, N and M (R-RWD-06…09, A-RWD-6): đồng that earn a point (None: nothing earns), đồng that a point pays (0:
    nothing is redeemed), purchases that must be exceeded, points that must be left. net_of_points: earn on the value
    less the points' discount (A-RWD-2)."""

    amount_per_point: Annotated[Money, Field(gt=0)] | None = None
    point_value: Annotated[Money, Field(ge=0)] = ZERO
    min_purchases: int = Field(default=0, ge=0)
    min_points_left: int = Field(default=0, ge=0)
    net_of_points: bool = False
