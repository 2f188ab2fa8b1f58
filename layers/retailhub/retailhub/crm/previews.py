"""What ownership rules would do to the customers who are there: told by the rules' own engine, nothing is written."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from retailhub.crm.office import Office
from retailhub.domain.changes import digest
from retailhub.domain.instants import after
from retailhub.domain.ownership import Decision, Turn, decide, facts
from retailhub.domain.records import Record
from retailhub.domain.refusals import Garbled
from retailhub.domain.rules import RuleEvent
from retailhub.rules.rulebook import RuleBook
from retailhub.store import turns
from retailhub.store.table import Item, list_of, turn_key

PAGE = 1000
EXAMPLES = 20
MOST_SECONDS = 15.0
"""A call that has looked for so long answers what it has, and where to go on: an API call may last 29 seconds."""


@dataclass(frozen=True)
class Example:
    """One customer who would go to somebody else. how: `employee` or `turn`."""

    customer: str
    rule: str
    old: str | None
    new: str
    how: str


@dataclass
class Preview:
    """looked_at: customers. moved: who would get another owner; stayed: matched, but nothing changes; unmatched: no
    rule; nobody: matched, but nobody is there. by_employee: customers that each would get. by_rule: rule → its share.
    cursor: where to go on, None at the end."""

    looked_at: int = 0
    moved: int = 0
    stayed: int = 0
    nobody: int = 0
    unmatched: int = 0
    by_employee: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)
    cursor: str | None = None

    def count(self, customer: str, present: str | None, decision: Decision | None) -> None:
        """One more customer."""
        self.looked_at += 1
        if decision is None:
            self.unmatched += 1
            return
        self.by_rule[decision.rule.id] += 1
        if decision.owner is None:
            self.nobody += 1
        elif decision.owner == present:
            self.stayed += 1
        else:
            self.moved += 1
            self.by_employee[decision.owner] += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(Example(customer, decision.rule.id, present, decision.owner, decision.how))


class Dealer:
    """Deals customers out as the rules would, from the turns that were had last; what it deals, only it remembers."""

    def __init__(self, rules: Sequence[Record], event: RuleEvent, book: RuleBook, had: dict[str, Turn]) -> None:
        self._rules = [rule for rule in rules if rule.fields.event == event]
        self._event, self._book, self.had = event, book, had

    def dealt(self, item: Item, preview: Preview) -> None:
        """Look at one customer as it is stored. Removed ones, recipients and walk-in customers are nobody's."""
        said = json.loads(item["data"])["fields"]
        if item["deleted"] or said.get("recipient_of") or said.get("guest"):
            return
        told = facts(
            self._book.spellings,
            source=said.get("source"),
            groups=said.get("groups", ()),
            social_page=said.get("social_page"),
            created_by=item["created_by"],
            updated_by=item["updated_by"] if self._event == "customer_updated" else "",
        )
        present = said.get("owner")
        decision = decide(self._rules, self._event, told, present, self._book, self._last)
        if decision and decision.turn:
            self.had[decision.rule.id] = decision.turn
        preview.count(item["id"], present, decision)

    def _last(self, rule: Record) -> Turn:
        return self.had.get(rule.id, Turn())


def preview(
    office: Office, rules: Sequence[Record], event: RuleEvent, book: RuleBook, *, most: int, cursor: str | None
) -> Preview:
    """Who would get which customers if each were added (or edited) now, oldest first: up to `most` customers, a page at
    a time in memory. Raises Garbled for a cursor of another preview."""
    mark = digest([event, [[rule.id, rule.fields.model_dump(mode="json")] for rule in rules]])
    place, had = _opened(cursor, mark) if cursor else (None, _turns(office, rules))
    dealer, told, until = Dealer(rules, event, book, had), Preview(), after(office.clock(), MOST_SECONDS)
    while True:
        left = most - told.looked_at
        page = office.table.query(list_of("customer"), index="listing", limit=min(PAGE, left), cursor=place)
        for item in page.items:
            dealer.dealt(item, told)
        if (place := page.cursor) is None:
            return told
        if told.looked_at >= most or office.clock() > until:
            told.cursor = _sealed(place, dealer.had, mark)
            return told


def _turns(office: Office, rules: Iterable[Record]) -> dict[str, Turn]:
    """The last turns of rules that deal out to a department."""
    dealt = [rule.id for rule in rules if rule.fields.assign_to.department]
    return {rule: turns.from_item(item) for rule in dealt if (item := office.table.get(turn_key(rule)))}


def _sealed(place: str, had: dict[str, Turn], mark: str) -> str:
    return json.dumps([mark, place, {rule: asdict(turn) for rule, turn in had.items()}])


def _opened(cursor: str, mark: str) -> tuple[str, dict[str, Turn]]:
    try:
        known, place, had = json.loads(cursor)
        if known == mark:
            return str(place), {rule: _turn(told) for rule, told in had.items()}
    except (ValueError, TypeError, KeyError):
        pass
    raise Garbled("bad_cursor", field="cursor")


def _turn(told: dict[str, Any]) -> Turn:
    return Turn(**{**told, "place": tuple(told["place"])})
