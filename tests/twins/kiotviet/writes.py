"""KiotViet's writing calls: customers, products, orders and invoices; business refusals are 420."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

from tests.twins.kiotviet.reads import ENTITIES
from tests.twins.kiotviet.sales import CANCELLED

if TYPE_CHECKING:
    from tests.twins.kiotviet.twin import KiotVietTwin

Record = dict[str, Any]
WRITTEN = ("customers", "products", "orders", "invoices")
DONE = "Thao tác thành công"


class Writes:
    """The POST, PUT and DELETE side of the public API (kiotviet.md §3.2)."""

    def __init__(self, twin: KiotVietTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """One address per kind; an invoice is deleted by a JSON body, customers are written in bulk too."""
        add = self.twin.app.add_url_rule
        for kind in WRITTEN:
            add(f"/{kind}", f"post_{kind}", lambda kind=kind: self.post(kind), methods=["POST"])
            add(f"/{kind}/<int:key>", f"put_{kind}", lambda key, kind=kind: self.put(kind, key), methods=["PUT"])
        for kind in ("customers", "products", "orders"):
            view = lambda key, kind=kind: self.delete(kind, key)  # noqa: E731
            add(f"/{kind}/<int:key>", f"delete_{kind}", view, methods=["DELETE"])
        add("/invoices", "delete_invoices", self.delete_invoice, methods=["DELETE"])
        add("/listaddcutomers", "list_add", self.list_add, methods=["POST"])
        add("/listupdatecustomers", "list_update", self.list_update, methods=["PUT"])
        add("/_twin/bulk/<kind>", "bulk", self.bulk, methods=["POST"])

    def post(self, kind: str) -> ResponseReturnValue:
        """Create one record; its `code` must be new."""
        wish = self._wish()
        return self._refused(kind, wish, None) or self._written(kind, self._make(kind, [wish])[0])

    def put(self, kind: str, key: int) -> ResponseReturnValue:
        """Change one record; only the members sent are changed."""
        wish = self._wish()
        if key not in self.twin.records[kind]:
            return self._missing(kind)
        return self._refused(kind, wish, key) or self._written(kind, self._edit(kind, key, wish))

    def delete(self, kind: str, key: int) -> ResponseReturnValue:
        """Delete a customer or product; cancel an order."""
        if key not in self.twin.records[kind]:
            return self._missing(kind)
        with self.twin.hooks.hushed(not self.twin.switches["echo_api_writes"]):
            self.twin.remove(kind, key)
        return self.twin.answer({"message": "Xóa dữ liệu thành công"})

    def delete_invoice(self) -> ResponseReturnValue:
        """Cancel the invoice named in the JSON body: its status becomes 2."""
        key = int(self._wish().get("id") or 0)
        if key not in self.twin.records["invoices"]:
            return self._missing("invoices")
        return self._written("invoices", self._edit("invoices", key, {"status": CANCELLED["invoices"]}))

    def list_add(self) -> ResponseReturnValue:
        """Create many customers; answers a message only."""
        self._make("customers", self._wish().get("listCustomers", []))
        return self.twin.answer({"message": DONE})

    def list_update(self) -> ResponseReturnValue:
        """Change many customers; unknown ids are passed over; answers a message only."""
        for wish in self._wish().get("listCustomers", []):
            if wish.get("id") in self.twin.records["customers"]:
                self._edit("customers", wish["id"], wish)
        return self.twin.answer({"message": DONE})

    def bulk(self, kind: str) -> ResponseReturnValue:
        """Control: an import in the shop, `{"records": […]}` or `{"count": n, "start": k}` invented ones."""
        wish = self._wish()
        if "records" in wish:
            return self.twin.answer(self.twin.create_many(kind, wish["records"]), 201)
        self.twin.sowing_fresh = True
        start = int(wish.get("start", 0))
        made = [self.twin.invent(kind, number) for number in range(start, start + int(wish.get("count", 1)))]
        self.twin.hooks.fire_updates(kind, made)
        return self.twin.answer(made, 201)

    def _wish(self) -> Record:
        wish: Any = request.get_json(force=True, silent=True)
        return wish if isinstance(wish, dict) else {}

    def _make(self, kind: str, wishes: list[Record]) -> list[Record]:
        with self.twin.hooks.hushed(not self.twin.switches["echo_api_writes"]):
            return self.twin.create_many(kind, wishes)

    def _edit(self, kind: str, key: int, wish: Record) -> Record:
        with self.twin.hooks.hushed(not self.twin.switches["echo_api_writes"]):
            return self.twin.change(kind, key, wish)

    def _refused(self, kind: str, wish: Record, key: int | None) -> ResponseReturnValue | None:
        code = f"KvValidate{ENTITIES[kind]}Exception"
        if kind == "customers" and key is None and not wish.get("name"):
            return self.twin.refuse(code, "Tên khách hàng không được để trống")
        for field, on in (("code", True), ("contactNumber", self.twin.switches["unique_contact_number"])):
            taken = on and wish.get(field) and self._taken(kind, field, wish[field], key)
            if taken:
                return self.twin.refuse(code, f"{field} {wish[field]} đã tồn tại")
        return None

    def _taken(self, kind: str, field: str, value: str, key: int | None) -> bool:
        return any(row.get(field) == value and row["id"] != key for row in self.twin.records[kind].values())

    def _missing(self, kind: str) -> ResponseReturnValue:
        code = f"KvValidate{ENTITIES[kind]}Exception"
        return self.twin.refuse(code, "Dữ liệu không tồn tại hoặc đã bị xóa", self.twin.switches["missing_status"])

    def _written(self, kind: str, record: Record) -> ResponseReturnValue:
        shown = {key: value for key, value in record.items() if value is not None}
        if kind == "invoices" and "invoiceDelivery" in shown:
            shown["deliveryDetail"] = shown.pop("invoiceDelivery")
        return self.twin.answer({"message": DONE, "data": shown} if self.twin.switches["wrap_write_replies"] else shown)
