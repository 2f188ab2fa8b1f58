"""Order automations: a new order's source says who is in charge of its buyer (R-GA)."""

from typing import Any

from retailhub.domain.changes import digest
from retailhub.domain.flows import HUB
from retailhub.domain.ownership import branch_for
from retailhub.domain.records import Record
from retailhub.domain.rules import OrderAutomation
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.rules.ownership import given
from retailhub.store import events
from retailhub.store.events import Event

CARRIED_OUT_AT = "getfly"
"""The platform whose customers have a person in charge, by that platform's own users."""


def assigned(draft: Draft, before: Record | None, after: Record, deed: Deed) -> None:
    """Draft the buyer with the person in charge that the new order's source asks for.

    The first write of an order is its creation: it happens once, so each automation acts once on each order (A-GA-5,
    A-GA-9). Several automations act one after the other; the last one stands.
    """
    if before is not None or after.deleted:
        return
    for automation in draft.rules.automations:
        wanted: OrderAutomation = automation.fields
        if wanted.order_type in (None, after.fields.order_type):
            _tried(draft, automation, after, deed)


def _tried(draft: Draft, automation: Record, order: Record, deed: Deed) -> None:
    """Act, or note why not (A-GA-2)."""
    rule: OrderAutomation = automation.fields
    named = _named(automation, order)
    chosen = branch_for(rule, order.fields.order_source)
    employee = draft.rules.employee(chosen or "")
    buyer = draft.record("customer", order.customer) if order.customer else None
    if chosen is None:
        deed.note("automation_no_branch", **named)
    elif employee is None or not employee.fields.active:
        deed.note("automation_employee_gone", **named, employee=chosen)
    elif buyer is None or buyer.deleted or buyer.fields.guest:
        deed.note("automation_no_buyer", **named)
    elif rule.only_if_empty and (buyer.fields.owner or buyer.fields.account_manager):
        deed.note("automation_not_empty", **named, customer=buyer.id, old=buyer.fields.owner)
    else:
        _act(draft, automation, order, buyer, employee, deed)


def _act(draft: Draft, automation: Record, order: Record, buyer: Record, employee: Record, deed: Deed) -> None:
    user = _user_of(draft, employee, buyer, deed)
    people = {"owner": employee.id} | ({"account_manager": user} if user else {})
    told = {
        **_named(automation, order),
        "order": order.id,
        "customer": buyer.id,
        "old": buyer.fields.owner,
        "new": employee.id,
        "account_manager": user,
    }
    deed.note("automation_assigned", **told)
    moved = given(buyer if buyer.rev else None, buyer, people, deed.at)
    if moved != buyer:
        draft.keep(moved)
        draft.add(events.put(_story(automation, order, buyer, moved, deed, {"code": "automation_assigned", **told})))


def _named(automation: Record, order: Record) -> dict[str, Any]:
    """Which automation it was, and what it went by."""
    told = {"rule": automation.id, "name": automation.fields.name, "version": automation.version}
    return {**told, "order_source": order.fields.order_source}


def _user_of(draft: Draft, employee: Record, buyer: Record, deed: Deed) -> str | None:
    """Who the employee is at the Getfly where the order, else the buyer, else anybody is; None if they are nobody
    there: then only the hub knows who is in charge."""
    spoken = [deed.connection.id] if deed.connection else []
    platforms = draft.rules.platforms
    places = [*spoken, *buyer.external_ids, *sorted(platforms)]
    users: dict[str, str] = employee.fields.users
    return next((users[place] for place in places if platforms.get(place) == CARRIED_OUT_AT and place in users), None)


def _story(automation: Record, order: Record, buyer: Record, moved: Record, deed: Deed, note: dict[str, Any]) -> Event:
    """The line in the buyer's own story; one of its kind for each automation and order."""
    old, new = buyer.fields, moved.fields
    changed = [name for name in ("owner", "account_manager") if getattr(old, name) != getattr(new, name)]
    return Event(
        id=digest(["order_automation", automation.id, order.id]),
        connection=deed.connection.id if deed.connection else HUB,
        type="customer",
        source_id=buyer.id,
        outcome="applied",
        reason="order_automation",
        record=buyer.id,
        version=moved.version,
        changed=tuple(changed),
        topic="assigned",
        via="rule",
        received_at=deed.at,
        handled_at=deed.at,
        notes=(note,),
    )
