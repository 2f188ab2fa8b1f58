"""The KiotViet twin's shop: its records, and what a change on the shop's own screen sets in motion."""

from collections import defaultdict, deque
from typing import Any, ClassVar

from flask.typing import ResponseReturnValue

from tests.twins.base import Record, Twin
from tests.twins.kiotviet import goods, sales, times
from tests.twins.kiotviet.entrance import Entrance
from tests.twins.kiotviet.hooks import Hooks
from tests.twins.kiotviet.reads import Reads
from tests.twins.kiotviet.switches import SWITCHES
from tests.twins.kiotviet.writes import Writes
from tests.twins.outbox import Delivery

SALES = ("orders", "invoices", "returns")


class KiotVietTwin(Twin):
    """One KiotViet shop in memory; the sheet's quirks are in `switches`."""

    name: ClassVar[str] = "kiotviet"
    defaults: ClassVar[dict[str, Any]] = SWITCHES
    kinds: ClassVar[tuple[str, ...]] = (
        "branches", "users", "categories", "customers", "products", "orders", "invoices", "returns",
    )  # fmt: skip

    def clear(self) -> None:
        """Open the shop afresh: no tokens, no hooks, three branches."""
        self.tokens: dict[str, float] = {}
        self.recent_gets: deque[float] = deque()
        self.removed: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.bought: dict[int, set[int]] = defaultdict(set)
        self.lists: dict[Any, list[Record]] = {}
        self.last_id = goods.TYPED
        self.hooks = Hooks(self)
        for kind, rows in goods.fixed_records(self.switches["retailer_id"], times.old_stamp(0)).items():
            self.records[kind] = {row["id"]: row for row in rows}

    def routes(self) -> None:
        """The platform's API; see entrance, reads, writes and hooks."""
        Entrance(self).routes()
        Reads(self).routes()
        Writes(self).routes()
        self.hooks.routes()

    def now(self) -> str:
        """Vietnam wall time as REST writes it."""
        return times.wall(self.clock())

    def invent(self, kind: str, number: int) -> Record:
        """Store invented record `number`; its stamps are old unless the seed was asked to be fresh."""
        stamp = self.now() if self.sowing_fresh else times.old_stamp(number)
        makers = {"customers": goods.invented_customer, "products": goods.invented_product}
        if kind in makers:
            record = makers[kind](number)
        elif kind == "returns":
            record = sales.invented_return(number, self.records)
        else:
            record = sales.invented_sale(kind, number, self.records)
        return self.store(kind, {"id": goods.BASES[kind] + number, **record}, stamp)

    def store(self, kind: str, record: Record, stamp: str) -> Record:
        """Put a record on the shelf: fills defaults, sets both stamps, keeps the list of what was bought by whom."""
        self.lists.clear()
        old = self.records[kind].get(record["id"], {})
        record.setdefault("createdDate", stamp)
        record["modifiedDate"] = times.later(stamp, old.get("modifiedDate"))
        record["retailerId"] = self.switches["retailer_id"]
        if kind in SALES:
            sales.completed(kind, record, self.records, stamp)
            if record.get("customerId"):
                self.bought[record["customerId"]].add(record["id"])
        elif kind == "products":
            self._complete_product(record)
        elif kind == "customers":
            record.setdefault("branchId", 41001 + record["id"] % 3)
            record.setdefault("debt", 0.0)
        self.records[kind][record["id"]] = record
        return record

    def create(self, kind: str, record: Record) -> Record:
        """A record typed in the shop; a sale moves stock and fires for its products and buyer too."""
        return self.create_many(kind, [record])[0]

    def create_many(self, kind: str, rows: list[Record]) -> list[Record]:
        """Records of one import: their webhooks travel together, `batch_size` to a notification."""
        made = [self.store(kind, {"id": self._next_id(), **self._coded(kind), **row}, self.now()) for row in rows]
        self.hooks.fire_updates(kind, made)
        for record in made if kind == "invoices" else ():
            self._move_stock(record)
        return made

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """A record edited in the shop: the whole record is sent."""
        record = self.store(kind, {**self.records[kind][key], **changes, "id": key}, self.now())
        self.hooks.fire_updates(kind, [record])
        return record

    def remove(self, kind: str, key: Any) -> Record:
        """Orders and invoices are cancelled, everything else is gone and its id listed as removed."""
        if kind in sales.CANCELLED:
            return self.change(kind, key, {"status": sales.CANCELLED[kind]})
        self.lists.clear()
        record = self.records[kind].pop(key)
        self.removed[kind].append((self.now(), key))
        self.hooks.fire_delete(kind, key)
        return record

    def announce(self, kind: str, record: Record) -> None:
        """Fire the update webhook of a seeded record."""
        self.hooks.fire_updates(kind, [record])

    def on_webhook_answer(self, delivery: Delivery, status: int | None) -> float | None:
        """Up to three tries; a 4xx ends the subscription and the tries."""
        return self.hooks.answered(delivery, status)

    def refuse(self, code: str, message: str, status: int = 420) -> ResponseReturnValue:
        """A ServiceStack error body; 420 is KiotViet's status for business errors (kiotviet.md §3.3)."""
        return self.answer({"responseStatus": {"errorCode": code, "message": message, "errors": []}}, status)

    def _next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _coded(self, kind: str) -> Record:
        prefix = {"customers": "KH", "products": "SP", **sales.CODES}.get(kind)
        return {"code": f"{prefix}{self.last_id:09d}"} if prefix else {}

    def _complete_product(self, record: Record) -> None:
        record.setdefault("name", record["code"])
        record.setdefault("fullName", record["name"])
        record.setdefault("basePrice", 0.0)
        record.setdefault("isActive", True)
        for part in record.get("attributes", []):
            part.setdefault("productId", record["id"])
        if "inventories" not in record:
            branches = list(self.records["branches"].values())
            record["inventories"] = goods.stock_rows(record, branches, float(record["id"] % 40))
        master = self.records["products"].get(record.get("masterUnitId"))
        if master is not None:
            unit = {key: record.get(key) for key in ("id", "code", "name", "fullName", "unit", "basePrice")}
            others = [part for part in master.get("units", []) if part["id"] != record["id"]]
            master["units"] = [*others, {**unit, "conversionValue": record.get("conversionValue", 1.0)}]

    def _move_stock(self, invoice: Record) -> None:
        if not self.switches["companion_webhooks"]:
            return
        for line in invoice["invoiceDetails"]:
            product = self.records["products"].get(line.get("productId"))
            for row in product["inventories"] if product else ():
                if row["branchId"] == invoice["branchId"]:
                    row["onHand"] -= line["quantity"]
                    self.hooks.fire("stock.update", "stock", [row])
            if product:
                self.change("products", product["id"], {})
        if invoice.get("customerId") in self.records["customers"]:
            self.change("customers", invoice["customerId"], {})
