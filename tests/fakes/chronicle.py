"""A chronicle of owners, turns, automations, points and unique values: each transaction is held against what came
before it, so that whatever is out of step is told at the moment when it happens."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from retailhub.domain.phones import e164
from retailhub.store.table import Item
from tests.fakes.witness import Moved, Witness

FIELDS = ("phone", "email")


class Chronicle:
    """turns: rule → who got its turns, in order. always_there: who of the department is never away.
    decided: (automation, order) → how often it decided.

    posted: contract → what it has posted. having: (field, value) → the living records that have it, as (type, id).
    min_points_left, min_purchases: the settings M and N, which stay as they are.
    """

    def __init__(self, table: Witness, *, min_points_left: int = 0, min_purchases: int = 0) -> None:
        self.table, self.least, self.threshold = table, min_points_left, min_purchases
        self.always_there: list[str] = []
        self.turns: defaultdict[str, list[str]] = defaultdict(list)
        self.versions: set[tuple[str, int]] = set()
        self.moved: Counter[tuple[str, str]] = Counter()
        self.decided: Counter[tuple[str, str]] = Counter()
        self.taken: Counter[tuple[str, str]] = Counter()
        self.ledgers: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.posted: dict[str, dict[str, Any]] = {}
        self.having: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        table.seen = self.seen

    def seen(self, done: list[Moved]) -> None:
        """A transaction was done."""
        told = [_data(one.new) for one in done if one.key[1] == "EVENT"]
        notes = [(event, note) for event in told for note in event["notes"] if event["outcome"] == "applied"]
        self._versions(done, notes)
        self._turns(done, notes)
        self._owners(done, told, notes)
        self._automations(done, notes)
        self._points(done)
        self._values(done, told)

    def _versions(self, done: list[Moved], notes: list[tuple[Any, Any]]) -> None:
        """F65: a decision names a version of its rule that there is or was."""
        self.versions |= {(one.new["id"], one.new["version"]) for one in done if one.key[1] == "REC" and one.new}
        for _, note in notes:
            assert "rule" not in note or (note["rule"], note["version"]) in self.versions, note

    def _turns(self, done: list[Moved], notes: list[tuple[Any, Any]]) -> None:
        """A-OWN-3: a turn is given in the transaction that makes its employee the owner, and counted once."""
        given = [(one.key[0].removeprefix("TURN#"), one) for one in done if one.key[1] == "TURN" and one.new]
        noted = [note for _, note in notes if note["code"] == "owner_turn" and "turn" in note]
        assert sorted(rule for rule, _ in given) == sorted(note["rule"] for note in noted), (given, noted)
        for note in noted:
            kept = note["event"] == "customer_updated" and note["old"] in self.always_there
            assert not kept, f"an edit took a customer away from {note['old']}: {note}"
        for rule, one in given:
            turn, before = _data(one.new), _data(one.old)
            assert turn["count"] == before.get("count", 0) + 1, f"{rule}: a turn was lost or counted twice"
            owned = [r for r in _people(done) if _owner(r.new) == turn["employee"] != _owner(r.old)]
            assert len(owned) == 1, f"{rule}: the turn of {turn['employee']} gave them {owned}"
            self.turns[rule].append(turn["employee"])

    def _owners(self, done: list[Moved], told: list[dict[str, Any]], notes: list[tuple[Any, Any]]) -> None:
        """I14, A-OWN-2: an owner changes with an event that says so, and once for each event; whoever was only referred
        to so far is dealt out as new when their own words come, unless somebody gave them an owner meanwhile."""
        for event, note in notes:
            added = note["code"].startswith("owner_") and note["event"] == "customer_created"
            known = [one for one in _people(done) if one.old and one.old["id"] == event["record"]]
            assert not (added and known and note["old"]), (
                f"{note['old']} lost a customer to a rule for new ones: {note}"
            )
        for one in _people(done):
            if _owner(one.old) != _owner(one.new):
                assert told, f"{one.key[0]} got the owner {_owner(one.new)} without an event"
                for event in told:
                    self.moved[event["id"], one.key[0]] += 1
                    assert self.moved[event["id"], one.key[0]] == 1, f"{event} gave {one.key[0]} another owner again"

    def _automations(self, done: list[Moved], notes: list[tuple[Any, Any]]) -> None:
        """A-GA-5, A-GA-9: automations decide when the order is written for the first time, never again."""
        born = [one.new["id"] for one in done if _is(one, "order") and one.old is None and one.new]
        decided = [note["rule"] for event, note in notes if note["code"].startswith("automation_")]
        decided = list(dict.fromkeys(decided))  # the buyer's own story tells it once more
        assert born or not decided, f"an automation acted on an order that was there already: {notes}"
        for order in born:
            for rule in decided:
                self.decided[rule, order] += 1
                assert self.decided[rule, order] == 1, f"{rule} acted again on {order}"

    def _points(self, done: list[Moved]) -> None:
        """I5, I15: balance == ledger == what contracts have posted, number of purchases too, after each transaction."""
        touched = {one.key[0].removeprefix("REC#customer#") for one in done if one.key[1] == "POINTS"}
        for one in done:
            if one.key[1].startswith("POINTS#"):
                assert one.old is None, "an entry of a ledger was written over"
                self._entry(one.key[0].removeprefix("REC#customer#"), _data(one.new))
            elif _is(one, "contract"):
                touched |= self._contract(one)
        for customer in touched:
            self.balanced(customer)

    def _entry(self, customer: str, line: dict[str, Any]) -> None:
        self.ledgers[customer].append(line)
        if line["kind"] == "redeem" and line["reason"]["code"] == "redeemed":
            account = self._account(customer)
            assert line["balance"] >= self.least, f"redeemed below what must be left: {line}"
            assert account["purchases"] > self.threshold, f"redeemed too early: {account}"

    def _contract(self, one: Moved) -> set[str]:
        """Whose accounts it moves."""
        old, new = (_fields(item).get("points", {}) for item in (one.old, one.new))
        self.posted[one.key[0]] = new
        rates = {part["rate"] for part in (old, new) if part.get("rate")}
        assert len(rates) < 2, f"F69: {one.key[0]} earns at another rate than when it was paid: {rates}"
        requests = [r for r in new.get("redemptions", ()) if r not in old.get("redemptions", ())]
        before, after = (_fields(item).get("points_redeemed", 0) for item in (one.old, one.new))
        assert len(requests) == int(after > before), f"a request took points again: {before} → {after}, {requests}"
        for request in requests:
            self.taken[one.key[0], request] += 1
            assert self.taken[one.key[0], request] == 1, f"a redemption was taken again: {request}"
        return {customer for part in (old, new) if (customer := part.get("customer"))}

    def balanced(self, customer: str) -> None:
        """A-RWD-3, A-RWD-4."""
        account, ledger = self._account(customer), self.ledgers[customer]
        own = [part for part in self.posted.values() if part.get("customer") == customer]
        posted = sum(part.get("earned", 0) - part.get("redeemed", 0) for part in own)
        sums = sum(line["points"] for line in ledger)
        assert account["balance"] == sums == posted, f"{customer}: {account}, ledger {sums}, contracts {posted}"
        assert account["purchases"] == sum(part.get("counted", False) for part in own), (customer, account, own)
        assert account["entries"] == len(ledger)
        assert not ledger or ledger[-1]["balance"] == sums

    def _account(self, customer: str) -> dict[str, int]:
        item = self.table.items.get((f"REC#customer#{customer}", "POINTS"), {})
        return {name: item.get(name, 0) for name in ("balance", "purchases", "entries")}

    def _values(self, done: list[Moved], told: list[dict[str, Any]]) -> None:
        """I16, A-DUP-2: what a person enters nobody else has at that moment; of a field that has just become unique,
        from the moment on when all that is there is claimed (A-DUP-6)."""
        settings = _fields(self.table.items.get(("REC#duplicate_settings#duplicate_settings", "REC"))).get("fields", {})
        unique = {name for name, setting in settings.items() if setting.get("unique") and setting.get("ready", True)}
        by_hand = {event["record"] for event in told if event["via"] == "api"}
        taken: list[tuple[str, str]] = []
        for one in _people(done):
            old, new = values(one.old), values(one.new)
            place = (one.key[0].split("#")[1], one.key[0].split("#")[2])
            for value in old - new:
                self.having[value].discard(place)
            for value in new - old:
                self.having[value].add(place)
                taken += [value] if place[1] in by_hand and value[0] in unique else []
        for value in taken:
            assert len(self.having[value]) == 1, f"{value} was entered although {self.having[value]} have it"


def values(item: Item | None) -> set[tuple[str, str]]:
    """What a customer or lead has of the unique fields; nothing if it is removed or went on as a customer (A-DUP-5)."""
    fields = _fields(item)
    if item is None or item["deleted"] or fields.get("status") == "converted":
        return set()
    told = {"phone": e164(fields.get("phone")) or fields.get("phone"), "email": (fields.get("email") or "").casefold()}
    return {(name, value) for name in FIELDS if (value := told[name])}


def _people(done: list[Moved]) -> Iterator[Moved]:
    return (one for one in done if _is(one, "customer") or _is(one, "lead"))


def _is(one: Moved, kind: str) -> bool:
    return one.key[1] == "REC" and one.key[0].startswith(f"REC#{kind}#")


def _data(item: Item | None) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(item["data"]) if item else {}
    return data


def _fields(item: Item | None) -> dict[str, Any]:
    fields: dict[str, Any] = _data(item).get("fields", {})
    return fields


def _owner(item: Item | None) -> str | None:
    return _fields(item).get("owner")
