"""The life of a store and a web shop as a pile of notices, and a hub that hears of them in any order and many times."""

import copy
import random
from typing import Any

from retailhub.domain.changes import Change
from retailhub.domain.errors import Temporary
from retailhub.domain.fields import Contract
from retailhub.store import claims
from retailhub.sync.apply import apply
from tests.fakes.company import FAIR, ONLINE, Company
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.faults import Killed, Rates
from tests.fakes.world import World

STORE, SHOP = "kiotviet1", "haravan1"
STATUSES = ("processing", "completed", "completed", "cancelled")
BROKEN = Rates(kill=0.02, busy=0.02, conflict=0.05, interleave=0.0)


class Story:
    """What happened at the store (customers, contracts) and the shop (customers, orders), and every notice of it."""

    def __init__(self, seed: int, acts: int = 30) -> None:
        self.dice, self.told, self.world = random.Random(seed), list[Change](), World()
        self.store, self.shop = (self._opened(name) for name in (STORE, SHOP))
        for digit, who in enumerate((self.store, self.shop)):
            for n in range(3):  # of each place, two have one phone
                who.make("customer", name=f"Khách {n}", phone=f"+8491{digit}00000{n % 2}")
        for _ in range(acts):
            self.world.now += self.dice.choice((0.0, 1.0, 60.0))
            self.dice.choice((self._bill, self._bill_moves, self._bill_moves, self._order, self._order_moves))()

    def heard(self, dice: random.Random) -> tuple[World, Company]:
        """A hub that heard every notice at least once, in an order of its own, while its table failed now and then.
        What was not done comes again, as from the queue."""
        world = World(dice.randrange(10**6))
        for who in (self.store, self.shop):
            made = connected(world, who.connection)
            made.rows, made.removed = copy.deepcopy(who.rows), dict(who.removed)
        company = Company(world)
        world.faults.rates = BROKEN
        pile = [*self.told, *dice.choices(self.told, k=len(self.told) // 2)]
        while pile:
            notice = pile.pop(dice.randrange(len(pile)))
            try:
                apply(notice, world.hub)
            except (Killed, Temporary):
                pile.append(notice)
        world.faults.healed = True
        return world, company

    def _opened(self, name: str) -> FakePlatform:
        made = connected(self.world, name)
        made.tell = self.told.append
        return made

    def _bill(self) -> None:
        value = self.dice.randrange(1, 30) * 50_000
        said = {"value": str(value), "paid": str(self.dice.choice((value, 0))), "status": "completed"}
        self.store.make("contract", buyer=self._buyer(self.store), **said)

    def _bill_moves(self) -> None:
        bills = sorted(source_id for kind, source_id in self.store.rows if kind == "contract")
        if not bills:
            return
        one, value = self.dice.choice(bills), str(self.dice.randrange(1, 30) * 50_000)
        said: dict[str, Any] = self.dice.choice((
            {"value": value, "paid": value}, {"paid": value}, {"status": self.dice.choice(STATUSES)},
            {"buyer": self._buyer(self.store)}, {},
        ))  # fmt: skip
        if said:
            self.store.edit("contract", one, **said)
        elif self.dice.random() < 0.3:
            self.store.remove("contract", one)

    def _order(self) -> None:
        said = {"total_price": "500000", "payment_status": "paid", "order_created": self.world.clock()}
        source = self.dice.choice((ONLINE, FAIR, None))
        self.shop.make("order", buyer=self._buyer(self.shop), order_source=source, **said)

    def _order_moves(self) -> None:
        orders = sorted(source_id for kind, source_id in self.shop.rows if kind == "order")
        if orders:
            said = {
                "payment_status": self.dice.choice(("paid", "refunded")),
                "order_status": self.dice.choice(("open", "cancelled")),
            }
            self.shop.edit("order", self.dice.choice(orders), **said)

    def _buyer(self, who: FakePlatform) -> dict[str, Any]:
        row = self.dice.choice(who.live("customer"))
        return {"id": row["id"], "code": None, "stub": {"name": row["fields"]["name"]}}


def connected(world: World, name: str) -> FakePlatform:
    """The store or the shop in a world."""
    if name == STORE:
        types: Any = ("customer", "contract")
        return world.connect(STORE, "kiotviet", types, reads=types)
    return world.connect(SHOP, "haravan", ("customer", "order"))


def end_of(world: World, company: Company) -> dict[str, Any]:
    """What no order of the notices may change: not who got which turn, and not what only the way there tells (the rate
    of a contract that was paid for a while, who was its customer's owner when it came)."""
    items, people = world.table.items, world.records("customer")
    accounts = {one.id: items.get((f"REC#customer#{one.id}", "POINTS"), {}) for one in people}
    return {
        "contracts": {one.id: _bill(one.fields) for one in world.records("contract") if not one.deleted},
        "accounts": {one: (item.get("balance", 0), item.get("purchases", 0)) for one, item in accounts.items()},
        "customers": {one.id: one.fields.model_copy(update={"owner": bool(one.fields.owner)}) for one in people},
        "orders": {one.id: one.fields.contribution for one in world.records("order")},
        "claims": {
            key: {one.id for one in claims.places(i)} for key, i in items.items() if key[0].startswith("CLAIM#")
        },
        "turns": len(company.chronicle.turns[company.rules[0]]),
        "decided": dict(company.chronicle.decided),
    }


def _bill(fields: Contract) -> tuple[Any, ...]:
    part = fields.points
    return fields.customer, fields.value, fields.paid, fields.status, part.customer, part.counted, part.earned
