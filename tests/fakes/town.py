"""A town for the world: Getfly and CNV in step both ways, a Haravan shop that the hub pushes to, a KiotViet shop, and
people who work in all of them."""

import random
from dataclasses import replace
from typing import Any

from retailhub.store import records
from retailhub.store.table import Conflict
from retailhub.sync.apply import apply
from tests.fakes.company import FAIR, ONLINE, USERS, Company
from tests.fakes.fake_platform import FakePlatform
from tests.fakes.faults import Rates
from tests.fakes.office_work import MAILS, OfficeWork
from tests.fakes.world import World

NAMES = ("Trần Thị An", "Lê Văn Bình", "Phạm Chi", "Đỗ Dũng", "Võ Thị Em")
PAYMENTS = ("pending", "paid", "partially_refunded", "refunded")
ORDERS = ("open", "confirmed", "cancelled", "closed")
CONTRACTS = ("processing", "completed", "cancelled", "undeliverable")
SHIPPING = ("none", "packing", "delivering", "delivered")
WALK_IN = {"id": "0", "code": None, "stub": {"name": "Khách lẻ", "guest": True}}
MODERATE = Rates(
    kill=0.004, busy=0.01, conflict=0.02, throttle=0.05, down=0.03, lost=0.03,
    duplicate=0.1, lose=0.05, delay=0.3, interleave=0.03,
)  # fmt: skip
HEAVY = Rates(
    kill=0.02, busy=0.03, conflict=0.05, throttle=0.15, down=0.1, lost=0.1,
    duplicate=0.3, lose=0.2, delay=0.6, interleave=0.08,
)  # fmt: skip
CROWDED = replace(MODERATE, interleave=0.12)
"""Many at work at the same moment."""


class Town:
    """The connections, flows and people of a world; with a company behind the hub, if asked for, whose rules follow
    from all that comes in and whose people work in the office."""

    def __init__(self, world: World, *, company: bool = False) -> None:
        self.world = world
        self.getfly = world.connect(
            "getfly1", "getfly", ("customer", "product", "order"),
            phone_is_identity=True, thin=True, stamped=False, writes=("customer", "order"),
            manages=True, shows=frozenset({"content", "status", "manager"}),
        )  # fmt: skip
        self.cnv = world.connect(
            "cnv1", "cnv_loyalty", ("customer", "order"),
            phone_is_identity=True, merge="blanks", writes=("customer", "product", "order"), normalise=str.upper,
            shows=frozenset({"content"}), answers_ids=False,
        )  # fmt: skip
        self.haravan = world.connect("haravan1", "haravan", ("customer", "order"), codes=False, writes=("customer",))
        self.kiotviet = world.connect(
            "kiotviet1", "kiotviet", ("customer", "product", "contract"), reads=("customer", "product", "contract")
        )
        for record_type, on in (("customer", ("created",)), ("product", ("created", "updated"))):
            world.flow("getfly1", "cnv1", record_type, *on)  # type: ignore[arg-type]
        world.flow("getfly1", "cnv1", "order", "created", "updated", "status")
        world.flow("cnv1", "getfly1", "customer", "created")
        world.flow("cnv1", "getfly1", "order", "created")
        world.flow("hub", "haravan1", "customer", "created", "updated")
        self.phones = 0
        self.company = Company(world) if company else None
        self.office = OfficeWork(self.company, self._phone, self._rush) if self.company else None

    def people(self, dice: random.Random) -> None:
        """One thing that somebody does somewhere."""
        buying = (self._new_customer, self._customer, self._order, self._order_moves)
        store = (self._contract, self._contract_moves) * (2 if self.office else 1)
        in_hub = [self.office.people] * 8 if self.office else [self._in_hub]
        dice.choice((*buying, *store, self._product, self._remove, *in_hub))(dice)

    def _new_customer(self, dice: random.Random) -> None:
        where = dice.choice((self.getfly, self.cnv, self.haravan, self.kiotviet))
        phone = self._phone(dice) if where is self.kiotviet else self._new_phone()
        if where is self.haravan and dice.random() < 0.3:
            phone = "+84990000001"  # one phone, several of the shop's customers (R-HRV-10)
        mail = {"email": dice.choice(MAILS)} if where is self.kiotviet and dice.random() < 0.3 else {}
        where.make("customer", name=dice.choice(NAMES), phone=phone, **mail)
        if where is self.kiotviet and self.office and dice.random() < 0.2:
            self._rush(dice)

    def _rush(self, dice: random.Random) -> None:
        """Several new customers of the store at one moment: they all wait for the same rule's turn (F03, F66)."""
        made: list[str] = []
        for _ in range(dice.randrange(2, 6)):
            told = {"name": dice.choice(NAMES), "phone": self._phone(dice), "email": dice.choice(MAILS)}
            made = [*made, self.kiotviet.make("customer", **told)]
        if self.company:
            first, second = (self.kiotviet.notice("customer", one) for one in made[:2])
            hub = self.world.hub
            self.company.ask_at_once(lambda _: apply(first, hub), lambda _: apply(second, hub))

    def _new_phone(self) -> str:
        self.phones += 1
        return f"+8491{self.phones:07d}"

    def _phone(self, dice: random.Random) -> str:
        """A phone that nobody has yet, or that somebody has or had somewhere."""
        return f"+8491{dice.randrange(self.phones):07d}" if self.phones and dice.random() < 0.3 else self._new_phone()

    def _customer(self, dice: random.Random) -> None:
        where = dice.choice((self.getfly, self.haravan, self.kiotviet))
        row = _some(where, "customer", dice)
        if row:
            managed = where is self.getfly and dice.random() < 0.2
            theirs = {"account_manager": dice.choice(USERS)} if managed else {}
            where.edit("customer", row["id"], name=f"{dice.choice(NAMES)} {dice.randrange(100)}", **theirs)

    def _order(self, dice: random.Random) -> None:
        where = dice.choice((self.getfly, self.cnv, self.haravan))
        row = _some(where, "customer", dice)
        if row:
            buyer = {"id": row["id"], "code": row["code"], "stub": _stub(row)}
            number = f"{where.connection}-{dice.randrange(10**6)}"
            source = dice.choice((ONLINE, FAIR, None))
            where.make("order", order_number=number, buyer=buyer, order_source=source, **_money(dice, self.world))

    def _order_moves(self, dice: random.Random) -> None:
        where = dice.choice((self.getfly, self.haravan))
        row = _some(where, "order", dice)
        if row and dice.random() < 0.2:
            other = _some(where, "customer", dice)
            where.edit("order", row["id"], buyer={"id": other["id"], "code": other["code"], "stub": _stub(other)})
        elif row:
            moved = {"payment_status": dice.choice(PAYMENTS), "order_status": dice.choice(ORDERS)}
            where.edit("order", row["id"], shipping_status=dice.choice(SHIPPING), **moved)

    def _contract(self, dice: random.Random) -> None:
        row = _some(self.kiotviet, "customer", dice)
        if row:
            buyer = WALK_IN if dice.random() < 0.1 else {"id": row["id"], "code": None, "stub": _stub(row)}
            self.kiotviet.make("contract", code=f"HD{dice.randrange(10**6)}", buyer=buyer, **_bill(dice))

    def _contract_moves(self, dice: random.Random) -> None:
        """It is paid or not, altered, cancelled, taken up again, somebody else's, or removed."""
        row, other = _some(self.kiotviet, "contract", dice), _some(self.kiotviet, "customer", dice)
        if not row or not other:
            return
        what = dice.randrange(8)
        if what == 0:
            self.kiotviet.remove("contract", row["id"])
        elif what == 1:
            buyer = {"id": other["id"], "code": None, "stub": _stub(other)}
            self.kiotviet.edit("contract", row["id"], buyer=buyer)
        elif what < 4:
            self.kiotviet.edit("contract", row["id"], status=dice.choice(CONTRACTS))
        else:
            self.kiotviet.edit("contract", row["id"], **dice.choice((_bill(dice), {"paid": row["fields"]["value"]})))

    def _product(self, dice: random.Random) -> None:
        where = dice.choice((self.getfly, self.kiotviet))
        row = _some(where, "product", dice)
        if row and dice.random() < 0.6:
            where.edit("product", row["id"], price=str(dice.randrange(1, 100) * 1000))
        else:
            where.make("product", name=f"Áo {dice.randrange(1000)}", code=f"A{dice.randrange(10**6)}", price="100000")

    def _remove(self, dice: random.Random) -> None:
        where = dice.choice((self.haravan, self.kiotviet))
        row = _some(where, "customer" if where is self.kiotviet else "order", dice)
        if row and dice.random() < 0.3:
            where.remove("customer" if where is self.kiotviet else "order", row["id"])

    def _in_hub(self, dice: random.Random) -> None:
        """Somebody edits a customer in the hub itself."""
        known = [r for r in self.world.records("customer") if not r.deleted and "haravan1" not in r.external_ids]
        known = [r for r in known if len(r.external_ids) == 1 and "kiotviet1" in r.external_ids]
        if not known:
            return
        record = dice.choice(known)
        fields = record.fields.model_copy(update={"note": f"gọi lại {dice.randrange(100)}"})
        edited = record.revised(fields, by="hub", at=self.world.clock(), edited_here=True)
        try:
            healed, self.world.faults.healed = self.world.faults.healed, True
            self.world.table.write(records.put(replace(edited, edited_here=True)))
        except Conflict:
            return
        finally:
            self.world.faults.healed = healed


def _some(where: FakePlatform, record_type: str, dice: random.Random) -> dict[str, Any]:
    rows = [row for (kind, _), row in sorted(where.rows.items()) if kind == record_type]
    return dice.choice(rows) if rows else {}


def _stub(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row["fields"][name] for name in ("name", "phone") if row["fields"].get(name)}


def _money(dice: random.Random, world: World) -> dict[str, Any]:
    return {
        "total_price": str(dice.randrange(1, 50) * 10_000 + 30_000),
        "shipping_total": "30000",
        "refunded_goods": "10000",
        "payment_status": dice.choice(PAYMENTS),
        "order_created": world.clock(),
    }


def _bill(dice: random.Random) -> dict[str, Any]:
    value = dice.randrange(0, 40) * 50_000
    return {"value": str(value), "paid": str(dice.choice((value, value // 2, 0))), "status": "completed"}
