"""A till: a store whose contracts come in by the sync, and a person in the office, over one table and one set of point
settings; what each customer's account and ledger show."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from retailhub.crm import points
from retailhub.crm.office import Office, random_ids
from retailhub.domain.changes import Change
from retailhub.domain.records import Record
from retailhub.domain.rules import PointSettings
from retailhub.rules.rulebook import RuleBook
from retailhub.runtime.office import open_office
from retailhub.store import points as accounts
from retailhub.store.points import Account, Entry
from retailhub.sync.apply import apply
from tests.fakes.memory_letters import MemoryLetters
from tests.fakes.memory_secrets import MemorySecrets
from tests.fakes.memory_table import MemoryTable
from tests.fakes.world import World
from tests.unit.sync.shop import stamp

STORE, WALK_IN = "kiotviet1", "walk-in"
VECTOR = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 3, "min_points_left": 50}
FREE = {"amount_per_point": 100_000, "point_value": 1_000}
"""Settings without N and M."""


@dataclass
class Till:
    """The store speaks of contracts by their source ids and of customers by theirs (`7`)."""

    world: World = field(default_factory=World)

    def __post_init__(self) -> None:
        self.world.connect(STORE, "kiotviet", ("customer", "contract"), reads=("customer", "contract"))
        place = "https://hub.example.vn"
        self.opened: Office = open_office(self.world.hub, MemorySecrets(), MemoryLetters(), place)

    @property
    def table(self) -> MemoryTable:
        return self.world.table

    @property
    def office(self) -> Office:
        """As one request of an employee finds it."""
        return replace(self.opened, by="lan", new_id=random_ids())

    def set(self, **settings: Any) -> None:
        """The admin sets these; the store's workers hear of it too."""
        made = points.change_settings(self.office, None, settings)
        self.world.directory.book = RuleBook(points=made.fields)

    @property
    def settings(self) -> PointSettings:
        return self.world.directory.book.points

    def told(self, source_id: str, at: int, buyer: str | None = "7", **fields: Any) -> str:
        """The store tells of a contract at a minute: its outcome."""
        return apply(said(source_id, at, buyer, **fields), self.world.hub).outcome

    def sold(self, source_id: str, value: int, at: int = 1, buyer: str = "7") -> Record:
        """A contract that is fully paid."""
        self.told(source_id, at, buyer, value=str(value), paid=str(value))
        return self.contract(source_id)

    def removed(self, source_id: str) -> str:
        """The store removes a contract."""
        return apply(Change(STORE, "contract", source_id, "delete", {"removed": source_id}), self.world.hub).outcome

    def redeem(self, source_id: str, wanted: int) -> Record:
        return points.redeem(self.office, self.contract(source_id).id, None, wanted)

    def contract(self, source_id: str) -> Record:
        found = self.world.record(STORE, "contract", source_id)
        assert found, f"no contract {source_id}"
        return found

    def customer(self, source_id: str = "7") -> str:
        found = self.world.record(STORE, "customer", source_id)
        assert found, f"no customer {source_id}"
        return found.id

    def account(self, source_id: str = "7") -> Account:
        return accounts.load(self.table, self.customer(source_id))

    def balance(self, source_id: str = "7") -> int:
        return self.account(source_id).balance

    def ledger(self, source_id: str = "7") -> list[Entry]:
        """The whole ledger, oldest first."""
        return accounts.ledger(self.table, self.customer(source_id), limit=1000, cursor=None)[0][::-1]

    def lines(self, source_id: str = "7") -> list[tuple[str, int, str, int]]:
        """Kind, points, why and the balance after it, of each entry."""
        return [(one.kind, one.points, one.reason["code"], one.balance) for one in self.ledger(source_id)]


def said(source_id: str, at: int, buyer: str | None = "7", **fields: Any) -> Change:
    """What the store says of a contract at a minute."""
    told = {"code": f"HD{source_id}", "value": "0", "paid": "0", "status": "processing", **fields}
    stub = {"name": "Khách lẻ", "guest": True} if buyer == WALK_IN else {"name": "Trần Thị An"}
    person = {"id": buyer, "stub": stub} if buyer else None
    payload = {"id": source_id, "updated_at": stamp(at), "fields": told, "buyer": person}
    return Change(STORE, "contract", source_id, payload=payload)


def balanced(table: MemoryTable, contracts: Iterable[Record]) -> None:
    """Every balance is the sum of its ledger and of what the contracts have posted; entries follow one another."""
    posted, purchases = Counter[str](), Counter[str]()
    for record in contracts:
        part = record.fields.points
        assert (part.redeemed, bool(part.customer)) == (record.fields.points_redeemed, part.counted)
        if part.customer:
            posted[part.customer] += part.earned - part.redeemed
            purchases[part.customer] += part.counted
    ledgers = defaultdict[str, list[dict[str, Any]]](list)
    for (pk, sk), item in sorted(table.items.items()):
        if sk.startswith("POINTS#"):
            ledgers[pk].append(json.loads(item["data"]))
    for (pk, sk), item in table.items.items():
        if sk == "POINTS":
            customer, lines = pk.removeprefix("REC#customer#"), ledgers.pop(pk, [])
            account = accounts.account(item, customer)
            assert account.balance == sum(line["points"] for line in lines) == posted.pop(customer, 0)
            assert account.purchases == purchases.pop(customer, 0)
            assert account.entries == len(lines)
            sums = [sum(line["points"] for line in lines[: n + 1]) for n in range(len(lines))]
            assert [line["balance"] for line in lines] == sums
    assert not ledgers
    assert not +posted
    assert not +purchases
