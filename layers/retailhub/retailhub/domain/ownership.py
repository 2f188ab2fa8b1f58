"""Who becomes the owner: which rule matches first, and whose turn it is in a department (R-OWN, R-GA)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol
from urllib.parse import urlsplit

from retailhub.domain.phones import tidy
from retailhub.domain.records import Record
from retailhub.domain.rules import Condition, OrderAutomation, OwnershipRule, RuleEvent

Facts = Mapping[str, frozenset[str]]
"""Attribute → everything that it equals: several groups, the spellings of one source, nothing where it is empty."""
Spellings = Mapping[str, Mapping[str, frozenset[str]]]
"""Attribute → value as records hold it → the other words for it that a condition may use."""
Place = tuple[int, str, str]
LAST = 1_000_000_000
"""The place of those who were given none: behind everybody who was."""


class Staff(Protocol):
    """Who works for the business."""

    def employee(self, employee_id: str) -> Record | None:
        """The employee, or None for one who is not there (any more)."""

    def department(self, department: str) -> Sequence[Record]:
        """A department's employees in the order of their places."""


@dataclass(frozen=True)
class Turn:
    """Who had a rule's last turn (at which place of which department), and how many turns it has given."""

    department: str = ""
    employee: str = ""
    place: Place = (-1, "", "")
    count: int = 0


@dataclass(frozen=True)
class Decision:
    """What the first matching rule decides.

    how: `employee` (the given one), `turn` (of the department), `kept` (an edit leaves the customer in the department),
    `nobody` (none is there to take them). owner: None for nobody. turn: the pointer after this turn; None: it stays.
    place, of: the owner's place among those of the department who take turns now.
    """

    rule: Record
    how: Literal["employee", "turn", "kept", "nobody"]
    owner: str | None = None
    turn: Turn | None = None
    place: int = 0
    of: int = 0


@lru_cache(maxsize=8192)
def comparable(text: str | None) -> str:
    """A source, group, page or person as it is compared: trimmed; of an address the host in lower case and without the
    slash at its end (A-GA-8). "" for blank."""
    word = tidy(text) or ""
    if "://" not in word:
        return word
    try:
        parts = urlsplit(word)
    except ValueError:
        return word
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def facts(
    spellings: Spellings,
    *,
    source: str | None,
    groups: Iterable[str],
    social_page: str | None,
    created_by: str,
    updated_by: str,
) -> Facts:
    """What conditions are held against; `updated_by` is empty for a customer who was just added (A-OWN-5)."""
    told = {
        "source": (source,),
        "group": groups,
        "social_page": (social_page,),
        "created_by": (created_by,),
        "updated_by": (updated_by,),
    }
    return {name: _words(spellings.get(name, {}), values) for name, values in told.items()}


def _words(spelt: Mapping[str, frozenset[str]], values: Iterable[str | None]) -> frozenset[str]:
    words = [word for value in values if value and (word := comparable(value))]
    return frozenset(words).union(*(spelt[word] for word in words if word in spelt))


def holds(line: Condition, told: Facts) -> bool:
    """Whether one condition holds. Empty equals nothing and differs from everything; of several groups one that is
    equal makes `=` true and `!=` false (A-OWN-4)."""
    return (comparable(line.value) in told[line.field]) == (line.op == "=")


def first_match(rules: Iterable[Record], event: RuleEvent, told: Facts) -> Record | None:
    """The first rule for the event whose conditions all hold (R-OWN-20, A-OWN-1); none at all holds always
    (A-OWN-6)."""
    for record in rules:
        rule: OwnershipRule = record.fields
        if rule.event == event and all(holds(line, told) for line in rule.conditions):
            return record
    return None


def place(employee: Record) -> Place:
    """Where somebody stands in the department's order: the number they were given, then the id; who was given none
    stands behind, newcomers last (A-OWN-3)."""
    given: int = employee.fields.position
    return (given, "", employee.id) if given else (LAST, employee.created_at, employee.id)


def takes_turns(employee: Record) -> bool:
    """Whether customers are dealt out to somebody at present."""
    return bool(employee.fields.active and not employee.fields.absent and not employee.deleted)


def next_in_turn(team: Sequence[Record], last: Turn) -> Record | None:
    """Who follows the one that had the last turn; None if nobody takes turns. Who is away keeps their place, and loses
    only the turns of that time (A-OWN-3)."""
    there = [employee for employee in team if takes_turns(employee)]
    at = next((place(employee) for employee in team if employee.id == last.employee), last.place)
    return next((employee for employee in there if place(employee) > at), there[0] if there else None)


def decide(
    rules: Iterable[Record],
    event: RuleEvent,
    told: Facts,
    present: str | None,
    staff: Staff,
    turn_of: Callable[[Record], Turn],
) -> Decision | None:
    """What becomes of a customer whom `present` owns; None if no rule matches. turn_of: the rule's last turn."""
    record = first_match(rules, event, told)
    if record is None:
        return None
    given = record.fields.assign_to
    if given.department is None:
        employee = staff.employee(given.employee or "")
        at_work = employee is not None and employee.fields.active
        return Decision(record, "employee", given.employee) if at_work else Decision(record, "nobody")
    team = staff.department(given.department)
    if event == "customer_updated" and any(one.id == present and one.fields.active for one in team):
        return Decision(record, "kept", present)
    return _dealt(record, given.department, team, present, turn_of(record))


def _dealt(rule: Record, department: str, team: Sequence[Record], present: str | None, last: Turn) -> Decision:
    """The department's next; the pointer stays where their turn changes nothing."""
    known = last if last.department == department else Turn(count=last.count)
    chosen = next_in_turn(team, known)
    if chosen is None:
        return Decision(rule, "nobody")
    there = [employee.id for employee in team if takes_turns(employee)]
    turn = Turn(department, chosen.id, place(chosen), known.count + 1)
    moved = turn if chosen.id != present else None
    return Decision(rule, "turn", chosen.id, moved, there.index(chosen.id) + 1, len(there))


def branch_for(automation: OrderAutomation, order_source: str | None) -> str | None:
    """The employee to whom an automation gives the customers of this order source, or None (R-GA-08…12, A-GA-8)."""
    wanted = comparable(order_source)
    found = (branch.employee for branch in automation.branches if comparable(branch.order_source) == wanted)
    return next(found, None) if wanted else None
