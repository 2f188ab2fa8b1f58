"""Ownership rules and order automations in the office: made, changed, moved, removed, and what is odd about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import batched
from typing import Any

from retailhub.crm import records
from retailhub.crm.lists import Found, contains, cut
from retailhub.crm.office import TRIES, Office
from retailhub.crm.references import vouched
from retailhub.crm.sources import with_built_in
from retailhub.domain.merging import with_fields
from retailhub.domain.ownership import comparable, takes_turns
from retailhub.domain.records import MODELS, Record, RecordType
from retailhub.domain.refusals import Clash, Fault, all_wrong
from retailhub.domain.rules import OrderAutomation, OwnershipRule
from retailhub.rules.assignments import CARRIED_OUT_AT
from retailhub.rules.deeds import Deed
from retailhub.rules.drafts import Draft
from retailhub.rules.rulebook import RuleBook, in_order
from retailhub.rules.rulebook import read as read_rules
from retailhub.store import records as record_store
from retailhub.store.table import Conflict, Delete, turn_key

OWNERSHIP: RecordType = "ownership_rule"
AUTOMATION: RecordType = "order_automation"
MOVED_AT_ONCE = 40
"""Rules whose places change in one transaction, each with its event."""


@dataclass(frozen=True)
class Warning:  # noqa: A001 the contract's word
    """Something that is allowed but rarely meant: a code, and the field that it is about."""

    code: str
    field: str


def every(office: Office, kind: RecordType) -> list[Record]:
    """All rules of a kind, in the order in which they are tried."""
    return in_order(record_store.every(office.table, kind))


def listed(
    office: Office, kind: RecordType, *, q: str | None, active: bool | None, limit: int, cursor: str | None
) -> Found[Record]:
    """A page of the rules whose name contains `q`, in the order in which they are tried (R-OWN-26)."""
    kept = [
        one
        for one in every(office, kind)
        if (not q or contains(q, one.fields.name)) and active in (None, one.fields.active)
    ]
    return cut(kept, limit, cursor)


def create(office: Office, kind: RecordType, spoken: dict[str, Any]) -> Record:
    """A new rule. An ownership rule goes behind the others unless it is told its place (A-OWN-1). Raises Wrong."""
    told, place = _checked(office, kind, spoken), spoken.get("position")
    if kind == OWNERSHIP:
        told["position"] = 1 + max((one.fields.position for one in every(office, kind)), default=0)
    made = records.create(office, kind, with_fields(kind, MODELS[kind](), told))
    return _moved(office, made.id, None, {}, place) if place else made


def unsaved(office: Office, spoken: dict[str, Any]) -> Record:
    """An ownership rule as it would be, only to be tried out; it has no id. Raises Wrong."""
    rule = Record(OWNERSHIP, "", with_fields(OWNERSHIP, OwnershipRule(), _checked(office, OWNERSHIP, spoken)))
    vouched(Draft(office.table), None, rule)
    return rule


def change(office: Office, kind: RecordType, rule_id: str, if_match: int | None, spoken: dict[str, Any]) -> Record:
    """The rule after an edit: what is not told stays. With a position, the others make room. Raises Wrong, Clash."""
    records.living(office, kind, rule_id)
    told, place = _checked(office, kind, spoken), spoken.get("position")
    if place:
        return _moved(office, rule_id, if_match, told, place)
    return records.change(office, kind, rule_id, if_match, lambda fields: with_fields(kind, fields, told))


def remove(office: Office, kind: RecordType, rule_id: str, if_match: int | None) -> None:
    """Remove the rule, and with it whose turn it was."""
    records.living(office, kind, rule_id)
    pointer = [Delete(turn_key(rule_id))] if kind == OWNERSHIP else []
    records.remove(office, kind, rule_id, if_match, *pointer)


def _checked(office: Office, kind: RecordType, spoken: dict[str, Any]) -> dict[str, Any]:
    """The spoken fields as they are kept. Raises Wrong for an order source that stands in two branches."""
    told = {name: value for name, value in spoken.items() if name != "position"}
    if "conditions" in told:
        told["conditions"] = tuple(_entry(office, line) for line in told["conditions"])
    if kind == AUTOMATION and "branches" in told:
        told["branches"] = tuple(told["branches"])
        times = Counter(comparable(branch["order_source"]) for branch in told["branches"])
        double = [n for n, one in enumerate(told["branches"]) if times[comparable(one["order_source"])] > 1]
        if double:
            raise all_wrong([Fault(f"branches.{n}.order_source", "duplicate_branch") for n in double])
    return told


def _entry(office: Office, line: dict[str, Any]) -> dict[str, Any]:
    """A condition; a source may be named by its key, and is kept by its id (A-SRC-2)."""
    if line["field"] != "source":
        return line
    sources = with_built_in(record_store.every(office.table, "source"))
    known = {str(one.fields.key).casefold(): one.id for one in sources}
    return {**line, "value": known.get(line["value"].casefold(), line["value"])}


def _moved(office: Office, rule_id: str, if_match: int | None, told: dict[str, Any], place: int) -> Record:
    """The rule at its new place (1: first), all places counted anew. Raises Clash."""
    for _ in range(TRIES):
        before = records.living(office, OWNERSHIP, rule_id)
        records.check_version(before.version, if_match)
        others = [one for one in _as_they_are(office) if one.id != rule_id]
        order = [*others[: place - 1], before, *others[place - 1 :]]
        changes = [(one, told if one is before else {}, n) for n, one in enumerate(order, start=1)]
        try:
            return _rearranged(office, before, changes)
        except Conflict:
            continue
    raise Clash("version_conflict")


def _as_they_are(office: Office) -> list[Record]:
    """All rules in their order, by consistent reads: the list may lag behind a move a moment ago."""
    draft = Draft(office.table)
    found: list[Record | None] = []
    for some in batched(every(office, OWNERSHIP), 100, strict=False):
        found += draft.several((one.type, one.id) for one in some).values()
    return in_order(one for one in found if one and not one.deleted)


def _rearranged(office: Office, moving: Record, changes: list[tuple[Record, dict[str, Any], int]]) -> Record:
    """One transaction for all whose places change (of very many, several: done again it comes to the same)."""
    now, result = office.clock(), moving
    edits = [(one, with_fields(OWNERSHIP, one.fields, {**told, "position": n})) for one, told, n in changes]
    news = [(one, fields) for one, fields in edits if fields != one.fields]
    news.sort(key=lambda edit: edit[0].id != moving.id)
    for some in batched(news, MOVED_AT_ONCE, strict=False):
        draft = Draft(office.table)
        for one, fields in some:
            deed = Deed(office.by, now, "person")
            written = records.drafted(draft, office, one, records.by_hand(office, one, fields, now), deed)
            result = written if one.id == moving.id else result
        draft.commit()
    return result


def warnings(office: Office, rules: Iterable[Record]) -> dict[str, list[Warning]]:
    """What is odd about each of these rules, by id (A-OWN-6, A-OWN-8)."""
    some = list(rules)
    if not some:
        return {}
    book = read_rules(office.table)
    names = Counter(_name(one) for one in record_store.every(office.table, some[0].type))
    return {one.id: [*_doubled(one, names), *_odd(one, book)] for one in some}


def _name(rule: Record) -> str:
    return str(rule.fields.name or "").casefold()


def _doubled(rule: Record, names: Counter[str]) -> list[Warning]:
    others = names[_name(rule)] - (0 if rule.deleted else 1)
    return [Warning("rule_name_twice", "name")] if others > 0 else []


def _odd(rule: Record, book: RuleBook) -> list[Warning]:
    if isinstance(rule.fields, OrderAutomation):
        return [found for n, one in enumerate(rule.fields.branches) if (found := _of_branch(n, one.employee, book))]
    fields: OwnershipRule = rule.fields
    nothing = [] if fields.conditions else [Warning("rule_without_conditions", "conditions")]
    given = fields.assign_to
    if given.department is None:
        employee = book.employee(given.employee or "")
        gone = employee is None or not employee.fields.active
        return nothing + ([Warning("employee_inactive", "assign_to.employee")] if gone else [])
    there = any(takes_turns(one) for one in book.department(given.department))
    return nothing + ([] if there else [Warning("department_empty", "assign_to.department")])


def _of_branch(number: int, employee_id: str, book: RuleBook) -> Warning | None:
    employee, field = book.employee(employee_id), f"branches.{number}.employee"
    if employee is None or not employee.fields.active:
        return Warning("employee_inactive", field)
    tenants = [connection for connection, platform in book.platforms.items() if platform == CARRIED_OUT_AT]
    unknown = tenants and not any(tenant in employee.fields.users for tenant in tenants)
    return Warning("employee_unknown_at_getfly", field) if unknown else None
