"""Orders at CNV: pushed by the partner or placed by the member himself, with the purchase history of each."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.twins.cnv_loyalty.switches import CHANNELS
from tests.twins.cnv_loyalty.wording import RefusedError, instant, number
from tests.twins.invented import basket, good

if TYPE_CHECKING:
    from tests.twins.cnv_loyalty import CnvLoyaltyTwin

Order = dict[str, Any]
FIRST = 99_120_001
STATUSES = ("status", "payment_status", "shipping_status")
FIRST_MEMBER = 7_300_001


class Purchases:
    """Keeps the orders; every change of a status is a step in the history and a message to the customer."""

    def __init__(self, twin: CnvLoyaltyTwin) -> None:
        self.twin = twin
        self.ids = itertools.count(FIRST)
        self.by_ref: dict[str, int] = {}
        self.by_code: dict[str, int] = {}

    @property
    def rows(self) -> dict[Any, Order]:
        """All orders by id."""
        return self.twin.records["orders"]

    def find(self, ref_id: Any, code: Any) -> Order | None:
        """The order with this partner's id, else with this code, CNV's own name ("#APP10233") or id."""
        known = self.by_ref.get(str(ref_id or "")) or self.by_code.get(_bare(code))
        by_id = int(code) if str(code or "").isdigit() else 0
        return self.rows.get(known or by_id)

    def upsert(self, body: Order) -> Order:
        """An order pushed by the partner (§A.3, our own shape): new, changed, or only a new status."""
        self._refuse_strange(body)
        known = self.find(body.get("ref_id"), body.get("code"))
        if known:
            return self.write(known, body)
        member = self._buyer(body.get("customer") or {})
        if not body.get("items"):
            raise RefusedError(422, "items is required for a new order")
        row = self._blank(member, "", str(body.get("code") or body.get("ref_id") or ""))
        return self.write(row, body, "order.created")

    def place(self, wish: Order) -> Order:
        """An order by the member himself on a channel; `customer` may be nobody CNV knows (a guest, A-CNV-10)."""
        channel = str(wish.get("channel") or "Website")
        if channel not in CHANNELS:
            raise RefusedError(422, f"no channel {channel}; there are {list(CHANNELS)}")
        customer = wish.get("customer") or {}
        member = self.twin.members.rows.get(wish.get("customer_id")) or self.twin.members.find(
            "", customer.get("phone")
        )
        row = self._blank(member, channel, str(wish.get("name") or ""))
        row["guest"] = {} if member else {"id": None, "first_name": ".", "last_name": "Khách lẻ", **customer}
        return self.write(row, wish, "order.created")

    def write(self, row: Order, body: Order, event: str = "order.updated") -> Order:
        """Merge an order; points follow, a changed status goes into the history."""
        row.update({name: str(body[name]) for name in STATUSES if body.get(name)})
        if body.get("items"):
            row["items"] = [_line(line) for line in body["items"]]
        row.update({name: number(body[name], name) for name in ("discount", "shipping_fee") if name in body})
        subtotal = sum(line["quantity"] * line["price"] for line in row["items"])
        row["subtotal"] = number(body.get("subtotal", subtotal if body.get("items") else row["subtotal"]), "subtotal")
        total = row["subtotal"] - row["discount"] + row["shipping_fee"]
        row["total"] = number(body.get("total", total if body.get("items") else row["total"]), "total")
        row["ref_id"] = str(body.get("ref_id") or row["ref_id"])
        self._keep(row)
        self._remember(row)
        member = self.twin.members.rows.get(row["customer_id"])
        if member:
            self.twin.points.book(member, row)
        self.twin.fire(event, row["id"])
        return row

    def remove(self, row: Order) -> None:
        """Take an order away for good."""
        del self.rows[row["id"]]
        self.twin.forget_order("orders")

    def invent(self, count: int) -> Order:
        """Sale `count`, placed by some member on one of the four channels."""
        members = self.twin.members.rows
        member = members.get(FIRST_MEMBER + count % len(members)) if members else self.twin.members.invent(count)
        row = self._blank(member, tuple(CHANNELS)[count % len(CHANNELS)], "")
        articles = [(good(place), quantity) for place, quantity in basket(count, 20)]
        row["items"] = [
            _line({"sku": article.code, "name": article.title, "quantity": quantity, "price": article.price})
            for article, quantity in articles
        ]
        row["subtotal"] = row["total"] = sum(article.price * quantity for article, quantity in articles)
        row["guest"] = {} if member else {"id": None, "last_name": "Khách lẻ"}
        self._keep(row)
        row["created_at"] = row["updated_at"] = self.twin.long_ago(count)
        return row

    def shape(self, row: Order) -> Order:
        """An order as family B shows it (§B.2): one financial_status, no order status."""
        member = self.twin.members.rows.get(row["customer_id"])
        buyer = row["guest"]
        if member:
            buyer = {"id": member["id"], **self.twin.members.name(member), "phone": member["phone"]}
        source = {"source": row["channel"] or None} if self.twin.switches["show_source"] else {}
        return {
            "id": row["id"], "name": row["name"], "customer": buyer, "created_at": instant(row["created_at"]),
            "updated_at": self.twin.stamp(row["updated_at"]), "financial_status": row["payment_status"],
            "location_id": 14, "subtotal_price": row["subtotal"], "total_discounts": row["discount"],
            "shipment_fee": row["shipping_fee"], "total_price": row["total"], "line_items": row["items"],
            **source, "tags": CHANNELS.get(row["channel"], ""),
            **({"ref_id": row["ref_id"]} if self.twin.switches["show_ref_id"] else {}),
        }  # fmt: skip

    def _buyer(self, customer: Order) -> Order:
        """The member an order is for; a phone nobody has makes a new one."""
        member = self.twin.members.find(customer.get("ref_id"), customer.get("phone"))
        return member or self.twin.members.upsert(customer)

    def _refuse_strange(self, body: Order) -> None:
        if not body.get("ref_id") and not body.get("code"):
            raise RefusedError(422, "ref_id or code is required")
        for field, words in (("status", "order_statuses"), ("shipping_status", "shipping_statuses")):
            known = self.twin.switches[words]
            if known is not None and body.get(field) and body[field] not in known:
                raise RefusedError(422, f"{field} {body[field]} is not one of {known}")

    def _blank(self, member: Order | None, channel: str, name: str) -> Order:
        order_id, now = next(self.ids), self.twin.clock()
        return {
            "id": order_id, "ref_id": "", "name": name or f"#APP{order_id}", "channel": channel, "guest": {},
            "customer_id": member["id"] if member else None, "status": "new", "payment_status": "pending",
            "shipping_status": "", "items": [], "subtotal": 0, "discount": 0, "shipping_fee": 0, "total": 0,
            "history": [], "created_at": now, "updated_at": now,
        }  # fmt: skip

    def _keep(self, row: Order) -> None:
        self.rows[row["id"]] = row
        self.by_code[_bare(row["name"])] = row["id"]
        if row["ref_id"]:
            self.by_ref[row["ref_id"]] = row["id"]
        self.twin.touch("orders", row)

    def _remember(self, row: Order) -> None:
        """A step in the purchase history (R-CNV-18) and a message to the customer (R-CNV-17), when a status moved."""
        now = {name: row[name] for name in STATUSES}
        if row["history"] and {name: row["history"][-1][name] for name in STATUSES} == now:
            return
        row["history"].append({**now, "at": instant(self.twin.clock())})
        text = f"Đơn hàng {row['name']}: " + ", ".join(word for word in now.values() if word)
        self.twin.notify({"customer_id": row["customer_id"], "order_id": row["id"], "text": text})


def _bare(code: Any) -> str:
    return str(code or "").removeprefix("#")


def _line(line: Order) -> Order:
    figures = {name: number(line.get(name), name) for name in ("quantity", "price")}
    words = {
        "product_id": line.get("product_id"),
        "sku": str(line.get("sku") or ""),
        "name": str(line.get("name") or ""),
    }
    return {**words, **figures}
