"""Haravan's order calls: create, note, confirm, close, open, cancel, transactions and refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

if TYPE_CHECKING:
    from tests.twins.haravan.twin import HaravanTwin

Record = dict[str, Any]
PUT_MAY_CHANGE = ("note", "note_attributes", "tags")


class Orders:
    """What an app may do to an order (haravan.md §3.1); items and quantities cannot change."""

    def __init__(self, twin: HaravanTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """The order's own calls; its lists are with the other lists."""
        add, base = self.twin.app.add_url_rule, "/com/orders/<int:key>"
        add("/com/orders.json", "orders_post", self.post, methods=["POST"])
        add(f"{base}.json", "orders_put", self.put, methods=["PUT"])
        for step in ("confirm", "close", "open", "cancel"):
            add(f"{base}/{step}.json", f"orders_{step}", lambda key, step=step: self.step(key, step), methods=["POST"])
        add(f"{base}/transactions.json", "transactions_list", self.transactions, methods=["GET"])
        # the documents print the POST path without its second "c"; both are taken (haravan.md §3.1)
        for spelling in ("transactions", "transations"):
            add(f"{base}/{spelling}.json", f"{spelling}_post", self.add_transaction, methods=["POST"])
        add(f"{base}/refunds.json", "refunds_list", self.refunds, methods=["GET"])
        add(f"{base}/refunds.json", "refunds_post", self.add_refund, methods=["POST"])
        add(f"{base}/refunds/<int:part>.json", "refunds_one", self.one_refund, methods=["GET"])

    def post(self) -> ResponseReturnValue:
        """Create an order."""
        return self.twin.answer({"order": self.twin.create("orders", self._wish("order"))}, 201)

    def put(self, key: int) -> ResponseReturnValue:
        """Change the note; other members are ignored."""
        wish = {name: value for name, value in self._wish("order").items() if name in PUT_MAY_CHANGE}
        return self._changed(key, wish)

    def step(self, key: int, step: str) -> ResponseReturnValue:
        """Move an order along; cancelling keeps its total_price."""
        now = self.twin.now(key)
        body: Any = request.get_json(silent=True) or {}
        changes: dict[str, Record] = {
            "confirm": {"confirmed_status": "confirmed", "confirmed_at": now},
            "close": {"closed_status": "closed", "closed_at": now},
            "open": {"closed_status": "unclosed", "closed_at": None},
            "cancel": {"cancelled_status": "cancelled", "cancelled_at": now,
                       "cancel_reason": body.get("reason", "other")},
        }  # fmt: skip
        return self._changed(key, changes[step])

    def transactions(self, key: int) -> ResponseReturnValue:
        """The order's payments and refunds."""
        order = self.twin.records["orders"].get(key)
        return self.twin.answer({"transactions": order["transactions"]}) if order else self.twin.not_found()

    def add_transaction(self, key: int) -> ResponseReturnValue:
        """Book a payment; the whole sum makes the order paid, a part of it partially paid."""
        order = self.twin.records["orders"].get(key)
        if order is None:
            return self.twin.not_found()
        rows = [*order["transactions"], self._payment(order, self._wish("transaction"))]
        paid = sum(row["amount"] for row in rows if row["kind"].lower() in ("capture", "sale"))
        status = "paid" if paid >= order["total_price"] else "partially_paid"
        self.twin.change("orders", key, {"transactions": rows, "financial_status": status})
        return self.twin.answer({"transaction": rows[-1]}, 201)

    def refunds(self, key: int) -> ResponseReturnValue:
        """The order's refunds: money and goods are separate records."""
        order = self.twin.records["orders"].get(key)
        return self.twin.answer({"refunds": order["refunds"]}) if order else self.twin.not_found()

    def one_refund(self, key: int, part: int) -> ResponseReturnValue:
        """One refund."""
        found = self.twin.records["refunds"].get(part)
        if found is None or found["order_id"] != key:
            return self.twin.not_found()
        return self.twin.answer({"refund": found})

    def add_refund(self, key: int) -> ResponseReturnValue:
        """Give back: `{"refund": {note, restock, refund_line_items, transactions: [{amount}]}}`."""
        if key not in self.twin.records["orders"]:
            return self.twin.not_found()
        asked = self._wish("refund")
        wish = {"note": asked.get("note"), "restock": asked.get("restock")}
        wish["line_items"] = asked.get("refund_line_items")
        if "transactions" in asked:
            wish["amount"] = sum(abs(part["amount"]) for part in asked["transactions"])
        return self.twin.answer({"refund": self.twin.refund(key, wish)}, 201)

    def _payment(self, order: Record, wish: Record) -> Record:
        self.twin.last_id += 1
        return {
            "id": 1_900_000_000 + self.twin.last_id, "order_id": order["id"], "parent_id": None, "kind": "capture",
            "status": "success", "amount": order["total_price"], "gateway": order["gateway"], "currency": "VND",
            "created_at": self.twin.now(), "is_cod_gateway": False, **wish,
        }  # fmt: skip

    def _changed(self, key: int, changes: Record) -> ResponseReturnValue:
        if key not in self.twin.records["orders"]:
            return self.twin.not_found()
        return self.twin.answer({"order": self.twin.change("orders", key, changes)})

    def _wish(self, name: str) -> Record:
        body: Any = request.get_json(silent=True) or {}
        wish: Record = body.get(name) or {}
        return wish
