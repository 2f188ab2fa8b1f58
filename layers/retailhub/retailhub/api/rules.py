"""Ownership rules and order automations."""

from collections.abc import Iterator
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.messages import said
from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Cursor, Limit, ListOf, Search, content_of
from retailhub.api.shapes.rules import (
    NewOrderAutomation,
    NewOwnershipRule,
    OrderAutomationAnswer,
    OrderAutomationEdit,
    OwnershipRuleAnswer,
    OwnershipRuleEdit,
    PreviewAnswer,
    PreviewWish,
    RuleWarning,
)
from retailhub.api.tried import tried
from retailhub.api.visit import Here, Visit
from retailhub.crm import records, rules
from retailhub.crm.rules import AUTOMATION, OWNERSHIP
from retailhub.domain.records import Record

routes = Routes("rules")
RULE, AUTOMATED = "/ownership-rules/<rule_id>", "/order-automations/<automation_id>"
Active = Annotated[bool | None, Query()]


@routes.get("/ownership-rules", "viewer")
def list_ownership_rules(
    here: Here, q: Search = None, active: Active = None, limit: Limit = 50, cursor: Cursor = None
) -> ListOf[OwnershipRuleAnswer]:
    """Quy tắc chuyển chủ sở hữu, theo thứ tự xét / Ownership rules, in the order in which they are tried"""
    found = rules.listed(here.office, OWNERSHIP, q=q, active=active, limit=limit, cursor=here.opened(cursor))
    return ListOf[OwnershipRuleAnswer](**here.page(found, _ownership(here, found.items)))


@routes.post("/ownership-rules", "admin", status=201)
def create_ownership_rule(here: Here, new: NewOwnershipRule) -> OwnershipRuleAnswer:
    """Thêm quy tắc / Make a rule"""
    return _ownership(here, [rules.create(here.office, OWNERSHIP, new.spoken())])[0]


@routes.post("/ownership-rules/preview", "admin")
def preview_ownership_rules(here: Here, wish: PreviewWish) -> PreviewAnswer:
    """Xem trước: ai sẽ nhận khách hàng nào; không thay đổi gì / Who would get which customers; nothing is changed"""
    return tried(here, wish)


@routes.get(RULE, "viewer")
def get_ownership_rule(here: Here, rule_id: str) -> OwnershipRuleAnswer:
    """Một quy tắc / One rule"""
    return _ownership(here, [records.living(here.office, OWNERSHIP, rule_id)])[0]


@routes.patch(RULE, "admin")
def change_ownership_rule(here: Here, rule_id: str, edit: OwnershipRuleEdit) -> OwnershipRuleAnswer:
    """Sửa quy tắc, bật tắt, đổi thứ tự / Change a rule, switch it, move it"""
    return _ownership(here, [rules.change(here.office, OWNERSHIP, rule_id, here.if_match, edit.spoken())])[0]


@routes.delete(RULE, "admin")
def remove_ownership_rule(here: Here, rule_id: str) -> None:
    """Xóa quy tắc / Remove a rule"""
    rules.remove(here.office, OWNERSHIP, rule_id, here.if_match)


@routes.get("/order-automations", "viewer")
def list_order_automations(
    here: Here, q: Search = None, active: Active = None, limit: Limit = 50, cursor: Cursor = None
) -> ListOf[OrderAutomationAnswer]:
    """Tự động cập nhật người phụ trách theo nguồn đơn hàng / Who is in charge by the source of an order"""
    found = rules.listed(here.office, AUTOMATION, q=q, active=active, limit=limit, cursor=here.opened(cursor))
    return ListOf[OrderAutomationAnswer](**here.page(found, _automations(here, found.items)))


@routes.post("/order-automations", "admin", status=201)
def create_order_automation(here: Here, new: NewOrderAutomation) -> OrderAutomationAnswer:
    """Thêm tự động hóa / Make an automation"""
    return _automations(here, [rules.create(here.office, AUTOMATION, new.spoken())])[0]


@routes.get(AUTOMATED, "viewer")
def get_order_automation(here: Here, automation_id: str) -> OrderAutomationAnswer:
    """Một tự động hóa / One automation"""
    return _automations(here, [records.living(here.office, AUTOMATION, automation_id)])[0]


@routes.patch(AUTOMATED, "admin")
def change_order_automation(here: Here, automation_id: str, edit: OrderAutomationEdit) -> OrderAutomationAnswer:
    """Sửa, kích hoạt tự động hóa / Change an automation, activate it"""
    changed = rules.change(here.office, AUTOMATION, automation_id, here.if_match, edit.spoken())
    return _automations(here, [changed])[0]


@routes.delete(AUTOMATED, "admin")
def remove_order_automation(here: Here, automation_id: str) -> None:
    """Xóa tự động hóa / Remove an automation"""
    rules.remove(here.office, AUTOMATION, automation_id, here.if_match)


def _ownership(here: Visit, found: list[Record]) -> list[OwnershipRuleAnswer]:
    return [OwnershipRuleAnswer(**shown) for shown in _shown(here, found)]


def _automations(here: Visit, found: list[Record]) -> list[OrderAutomationAnswer]:
    return [OrderAutomationAnswer(**shown) for shown in _shown(here, found)]


def _shown(here: Visit, found: list[Record]) -> Iterator[dict[str, Any]]:
    """Each rule with what is odd about it, in the caller's language."""
    odd = rules.warnings(here.office, found)
    for one in found:
        told = [RuleWarning(code=w.code, field=w.field, message=said(w.code, here.language)) for w in odd[one.id]]
        yield {**content_of(one), "warnings": told}
