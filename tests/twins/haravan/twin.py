"""The Haravan twin's shop: its records, and what a change on the shop's own screen sets in motion."""

from collections import defaultdict
from datetime import timedelta
from typing import Any, ClassVar

from flask.typing import ResponseReturnValue

from tests.twins.base import Record, Twin
from tests.twins.haravan import goods, sales, texts
from tests.twins.haravan.addresses import Addresses, placed
from tests.twins.haravan.bucket import Bucket
from tests.twins.haravan.hooks import Hooks
from tests.twins.haravan.lists import Lists
from tests.twins.haravan.orders import Orders
from tests.twins.haravan.switches import ORG_ID, SWITCHES
from tests.twins.haravan.writes import Writes
from tests.twins.outbox import Delivery


class HaravanTwin(Twin):
    """One Haravan shop in memory; the sheet's quirks are in `switches`."""

    name: ClassVar[str] = "haravan"
    defaults: ClassVar[dict[str, Any]] = SWITCHES
    kinds: ClassVar[tuple[str, ...]] = ("customers", "products", "orders", "refunds")

    def clear(self) -> None:
        """Open the shop afresh: a full token, an empty bucket, no hooks."""
        self.uninstalled = False
        self.bucket = Bucket(self)
        self.hooks = Hooks(self)
        self.lists: dict[Any, list[Record]] = {}
        self.bought: dict[int, set[int]] = defaultdict(set)
        self.last_id, self.last_address = goods.TYPED, goods.ADDRESSES

    def routes(self) -> None:
        """The platform's API; see lists, writes, addresses, orders and hooks."""
        self.app.before_request(lambda: self.locked_check())
        self.app.after_request(lambda answer: self.bucket.label(answer))
        for part in (Lists, Writes, Addresses, Orders):
            part(self).routes()
        self.hooks.routes()

    def locked_check(self) -> ResponseReturnValue | None:
        """Ask the bucket under the lock: checks run before the view takes it."""
        with self.lock:
            return self.bucket.check()

    def now(self, number: int = 0) -> str:
        """Now in UTC as Haravan writes it; `number` picks how many digits."""
        return texts.written(self.clock(), number)

    def invent(self, kind: str, number: int) -> Record:
        """Store invented record `number`; its stamps are old unless the seed was asked to be fresh."""
        stamp = self.now(number) if self.sowing_fresh else texts.written(texts.OLD_DATA + number * 37.013, number)
        key = goods.BASES[kind] + number
        if kind == "refunds":
            return self._refund({"order_id": goods.BASES["orders"] + number, "amount": 50000}, key, stamp)
        if kind == "customers":
            return self.store(kind, {"id": key, **goods.invented_customer(number)}, stamp)
        if kind == "products":
            return self.store(kind, {"id": key, **goods.invented_product(number)}, stamp)
        return self._invented_order(number, key, stamp)

    def store(self, kind: str, record: Record, stamp: str) -> Record:
        """Put a record on the shelf: fills members, stamps it newer than before, keeps the buyer's totals."""
        self.lists.clear()
        old = self.records[kind].get(record["id"], {})
        record.setdefault("created_at", stamp)
        record["updated_at"] = _newer(stamp, old.get("updated_at"), record["id"])
        if kind == "customers":
            record = placed(goods.filled_customer(record), self)
        elif kind == "products":
            record = goods.filled_product(record, record["updated_at"])
        else:
            self._guest_for(record, stamp)
            record = sales.filled_order(record, self.records, stamp, self.switches["odd_words"])
        self.records[kind][record["id"]] = record
        if kind == "orders" and record["customer"]:
            self._count_for(record["customer"]["id"], record)
        return record

    def create(self, kind: str, record: Record) -> Record:
        """A record typed in the shop's admin; ValueError for a second phone or e-mail where that is refused."""
        self.last_id += 1
        if kind == "refunds":
            return self.refund(record["order_id"], record)
        reason = self.refusal(kind, record, None)
        if reason:
            raise ValueError(reason[1])
        made = self.store(kind, {"id": goods.BASES[kind] + self.last_id, **record}, self.now(self.last_id))
        self.hooks.fire_created(kind, made)
        return self.shown(kind, made)

    def change(self, kind: str, key: Any, changes: Record) -> Record:
        """A record edited in the shop's admin; the topics follow from what changed."""
        old = self.records[kind][key]
        record = self.store(kind, {**old, **changes, "id": key}, self.now(key))
        self.hooks.fire_changed(kind, old, record)
        return self.shown(kind, record)

    def remove(self, kind: str, key: Any) -> Record:
        """Gone for good; the webhook carries the id only."""
        self.lists.clear()
        record = self.records[kind].pop(key)
        self.hooks.fire_deleted(kind, key)
        return self.shown(kind, record)

    def refund(self, order_id: int, wish: Record) -> Record:
        """Give money or goods back: fires refunds/create and orders/updated."""
        self.last_id += 1
        key = goods.BASES["refunds"] + self.last_id
        made = self._refund({**wish, "order_id": order_id}, key, self.now(key))
        self.hooks.fire("refunds/create", made)
        self.hooks.fire(self.switches["updated_topic"], self.records["orders"][order_id])
        return made

    def announce(self, kind: str, record: Record) -> None:
        """Fire the webhooks of a seeded record."""
        if kind == "refunds":
            self.hooks.fire("refunds/create", record)
        else:
            self.hooks.fire_created(kind, record)

    def refusal(self, kind: str, wish: Record, key: int | None) -> tuple[str, str] | None:
        """Why a customer may not be written: the field and a sentence; None when it may."""
        if kind != "customers" or not self.switches["unique_contacts"]:
            return None
        for field, fold in (("phone", texts.digits), ("email", lambda text: (text or "").lower())):
            asked = fold(wish.get(field))
            rows = self.records["customers"].values()
            if asked and any(fold(row[field]) == asked and row["id"] != key for row in rows):
                return field, f"{field} has already been taken"
        return None

    def shown(self, kind: str, record: Record) -> Record:
        """A record as the API shows it: a customer with his ten newest addresses."""
        if kind != "customers":
            return record
        missing = self.switches["default_address_missing"]
        newest = sorted(record["addresses"], key=lambda part: -part["id"])[:10]
        return {**record, "addresses": newest, "default_address": None if missing else record["default_address"]}

    def state(self, kind: str) -> list[Record]:
        """All records of a kind as the API shows them."""
        return [self.shown(kind, record) for record in self.records[kind].values()]

    def dumps(self, data: Any) -> str:
        """JSON as Haravan writes it: money with four decimals."""
        text = super().dumps(data)
        return texts.with_four_decimals(text) if self.switches["four_decimals"] else text

    def set_target(self, wish: Record) -> Record:
        """The shop admin's private webhooks, or the app's callback in the Partners dashboard."""
        return self.hooks.set_target(wish)

    def on_webhook_answer(self, delivery: Delivery, status: int | None) -> float | None:
        """Anything but 200 is a failure; 19 in a row delete the subscription."""
        return self.hooks.answered(delivery, status)

    def not_found(self) -> ResponseReturnValue:
        """404 as Haravan words it."""
        return self.answer({"errors": "Not Found"}, 404)

    def locations(self) -> list[Record]:
        """The shop's warehouses and counters."""
        return goods.LOCATIONS

    def shop(self) -> Record:
        """The shop itself."""
        return {"id": ORG_ID, "name": "Cửa hàng mẫu", "domain": "cuahangmau.example.vn", "currency": "VND",
                "timezone": "(GMT+07:00) Hanoi", "country_code": "VN"}  # fmt: skip

    def _invented_order(self, number: int, key: int, stamp: str) -> Record:
        order = self.store("orders", {"id": key, **sales.invented_order(number, self.records)}, stamp)
        status = order["financial_status"]
        if status in ("refunded", "partially_refunded"):
            amount = order["total_price"] if status == "refunded" else order["total_price"] // 2
            self._refund({"order_id": key, "amount": amount}, goods.BASES["refunds"] + number, stamp)
        return self.records["orders"][key]

    def _refund(self, wish: Record, key: int, stamp: str) -> Record:
        order = self.records["orders"][wish["order_id"]]
        made = sales.refund_record(wish, order, key, stamp, self.switches["odd_words"])
        order = {**order, "refunds": [*order["refunds"], made]}
        order["transactions"] = [*order["transactions"], *made["transactions"]]
        back = sales.paid_back(order)
        if back:
            order["financial_status"] = "refunded" if back >= order["total_price"] else "partially_refunded"
        self.store("orders", order, stamp)
        self.records["refunds"][key] = made
        return made

    def _guest_for(self, order: Record, stamp: str) -> None:
        buyer = order.get("customer") or {}
        if not buyer.get("id") and (buyer.get("phone") or buyer.get("email")):
            order["customer"] = self._found_or_made(buyer, stamp)
            return
        if buyer.get("id") or order.get("source_name") == "pos" or not self.switches["guest_customer"]:
            return
        if goods.GUEST not in self.records["customers"]:
            self.store("customers", goods.guest(stamp), stamp)
        order["customer"] = {"id": goods.GUEST}

    def _found_or_made(self, buyer: Record, stamp: str) -> Record:
        phone, email = texts.digits(buyer.get("phone")), buyer.get("email")
        for row in self.records["customers"].values():
            if (phone and texts.digits(row["phone"]) == phone) or (email and row["email"] == email):
                return row
        self.last_id += 1
        return self.store("customers", {"id": goods.BASES["customers"] + self.last_id, **buyer}, stamp)

    def _count_for(self, customer_id: int, order: Record) -> None:
        customer = self.records["customers"][customer_id]
        self.bought[customer_id].add(order["id"])
        orders = [self.records["orders"][key] for key in self.bought[customer_id] if key in self.records["orders"]]
        customer["orders_count"] = len(orders)
        customer["total_spent"] = sum(row["total_price"] for row in orders if row["financial_status"] == "paid")
        customer.update(last_order_id=order["id"], last_order_name=order["name"], last_order_date=order["created_at"])


def _newer(stamp: str, than: str | None, number: int) -> str:
    if than is None or texts.moment(stamp) > texts.moment(than):
        return stamp
    return texts.written((texts.moment(than) + timedelta(milliseconds=1)).timestamp(), number)
