"""Ownership rules: a customer or lead is added or edited, and the first rule that matches gives it an owner (R-OWN)."""

from dataclasses import replace
from typing import Any

from retailhub.domain.flows import HUB
from retailhub.domain.ownership import Decision, Facts, decide, facts
from retailhub.domain.records import Record
from retailhub.domain.rules import OwnershipRule, RuleEvent
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.rules.rulebook import RuleBook
from retailhub.store import turns
from retailhub.store.table import turn_key

NO_EDIT = frozenset(
    {"owner", "account_manager", "membership", "opening", "loyalty", "status", "customer", "converted_at"}
)
"""Fields whose change alone edits nobody's information: transfers (A-OWN-2), what a loyalty programme keeps, the
conversion of a lead."""


def assigned(draft: Draft, before: Record | None, after: Record, deed: Deed) -> Record:
    """The record with the owner that the rules give it; the turn taken for it is drafted with it (A-OWN-3)."""
    event = happened(before, after, deed)
    book = draft.rules if event else None
    if event is None or book is None or not book.ownership:
        return after
    told = facts_of(book, after, event)
    present = before.fields.owner if before else after.fields.owner
    decision = decide(
        book.ownership, event, told, present, book, lambda rule: turns.from_item(draft.item(turn_key(rule.id)))
    )
    if decision is None:
        return after
    deed.note(f"owner_{decision.how}", **_why(decision, event), old=present, new=decision.owner)
    if decision.turn:
        key = turn_key(decision.rule.id)
        draft.add(turns.put(decision.rule.id, decision.turn, draft.item(key)))
    return given(before, after, {"owner": decision.owner}, deed.at) if decision.owner else after


def happened(before: Record | None, after: Record, deed: Deed) -> RuleEvent | None:
    """The event that rules hear of, if any (R-OWN-06). A record that was only referred to so far is added when its own
    words come, unless somebody gave it an owner meanwhile. Who gives an owner by hand has decided: that edit, like any
    mere transfer, raises none (A-OWN-2). Recipients and walk-in customers are nobody's."""
    fields = after.fields
    if after.deleted or getattr(fields, "recipient_of", None) or getattr(fields, "guest", False):
        return None
    if before is None:
        return "customer_created"
    if deed.fresh:
        return "customer_created" if before.fields.owner is None else None
    if deed.via == "person" and before.fields.owner != fields.owner:
        return None
    return "customer_updated" if _information(before) != _information(after) else None


def facts_of(book: RuleBook, record: Record, event: RuleEvent) -> Facts:
    """What the conditions are held against."""
    fields = record.fields
    return facts(
        book.spellings,
        source=fields.source,
        groups=fields.groups,
        social_page=fields.social_page,
        created_by=record.created_by,
        updated_by=record.updated_by if event == "customer_updated" else "",
    )


def given(before: Record | None, after: Record, fields: dict[str, Any], at: str) -> Record:
    """The record with other people in charge: part of the version that is being made, else a version of its own. Who
    edited it last stays: a transfer is no edit."""
    moved = after.fields.model_copy(update=fields)
    if before is None or after.version > before.version:
        return replace(after, fields=moved)
    return replace(after.revised(moved, by=HUB, at=at), updated_by=after.updated_by)


def _information(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.content().items() if name not in NO_EDIT}


def _why(decision: Decision, event: RuleEvent) -> dict[str, Any]:
    """What the decision rests on: ids, words of the rule, numbers."""
    rule: OwnershipRule = decision.rule.fields
    why: dict[str, Any] = {
        "rule": decision.rule.id,
        "name": rule.name,
        "version": decision.rule.version,
        "event": event,
        "conditions": [line.model_dump() for line in rule.conditions],
    }
    if rule.assign_to.department:
        why["department"] = rule.assign_to.department
    if decision.how == "turn":
        why |= {"place": decision.place, "of": decision.of}
    return why | ({"turn": decision.turn.count} if decision.turn else {})
