"""Staff and rules for the tests: an ownership rule, an order automation and the employees whom they give customers."""

from typing import Any

from retailhub.domain.business import Employee
from retailhub.domain.records import Record
from retailhub.domain.rules import OrderAutomation, OwnershipRule
from retailhub.rules.rulebook import RuleBook

SALES = "department_sales"


def employee(name: str, position: int = 0, *, made: str = "2026-01-01", **fields: Any) -> Record:
    """An employee of the sales department, `employee_<name>`."""
    told = {"name": name.title(), "department": SALES, "position": position, **fields}
    return Record("employee", f"employee_{name}", Employee(**told), version=1, rev=1, created_at=made)


def team(count: int) -> tuple[Record, ...]:
    """So many employees of the sales department, in their places."""
    return tuple(employee(f"{n:02d}", n) for n in range(1, count + 1))


def rule(*conditions: tuple[str, str, str], name: str = "Chia đều", **fields: Any) -> Record:
    """A rule of that name for new customers, to be dealt out within the sales department unless told otherwise."""
    lines = tuple({"field": field, "op": op, "value": value} for field, op, value in conditions)
    told = {"event": "customer_created", "assign_to": {"department": SALES}, "conditions": lines, "name": name} | fields
    return Record("ownership_rule", f"rule_{name}", OwnershipRule.model_validate(told), version=1, rev=1)


def automation(*branches: tuple[str, str], name: str = "Theo nguồn", **fields: Any) -> Record:
    """An active automation: order source → employee."""
    lines = [{"order_source": source, "employee": who} for source, who in branches]
    told = {"name": name, "active": True, "branches": lines} | fields
    return Record("order_automation", f"automation_{name}", OrderAutomation.model_validate(told), version=1, rev=1)


def book(*rules: Record, staff: tuple[Record, ...] = (), **more: Any) -> RuleBook:
    """The rule book of these rules and automations, as the functions remember it."""
    owning = tuple(one for one in rules if one.type == "ownership_rule")
    return RuleBook(owning, tuple(one for one in rules if one.type == "order_automation"), staff, **more)
