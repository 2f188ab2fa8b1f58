"""KiotViet's reading calls: pages, filters, changes since a stamp, removed ids, one record by id or code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

from tests.twins.kiotviet import times

if TYPE_CHECKING:
    from tests.twins.kiotviet.twin import KiotVietTwin

Record = dict[str, Any]
ENTITIES = {
    "customers": "Customer", "products": "Product", "orders": "Order", "invoices": "Invoice", "returns": "Return",
}  # fmt: skip
REMOVED_KEYS = {"customers": "removeId", "products": "removeId", "branches": "removedIds", "categories": "removedIds"}
ON_REQUEST: dict[str, dict[str, tuple[str, ...]]] = {
    "customers": {"includeCustomerGroup": ("groups", "customerGroupDetails")},
    "products": {"includeInventory": ("inventories",), "includePricebook": ("priceBooks",)},
    "orders": {"includePayment": ("payments",), "includeOrderDelivery": ("orderDelivery",)},
    "invoices": {"includePayment": ("payments",), "includeInvoiceDelivery": ("invoiceDelivery",)},
    "returns": {"includePayment": ("payments",)},
}
KEPT_LISTS = 16
Filter = Callable[[Record, str], bool]


def _one_of(field: str) -> Filter:
    return lambda record, asked: str(record.get(field)) in asked.split(",")


def _holds(field: str) -> Filter:
    return lambda record, asked: asked.lower() in str(record.get(field) or "").lower()


FILTERS: dict[str, Filter] = {
    "code": _holds("code"), "name": _holds("name"), "contactNumber": _holds("contactNumber"),
    "branchIds": _one_of("branchId"), "customerIds": _one_of("customerId"), "customerCode": _one_of("customerCode"),
    "status": _one_of("status"), "orderId": _one_of("orderId"), "saleChannelId": _one_of("saleChannelId"),
    "categoryId": _one_of("categoryId"), "masterUnitId": _one_of("masterUnitId"), "productType": _one_of("type"),
    "masterProductId": _one_of("masterProductId"),
    "isActive": lambda record, asked: str(record.get("isActive")) == asked.title(),
    "lastModifiedFrom": lambda record, asked: record["modifiedDate"] >= asked,
    "toDate": lambda record, asked: record["modifiedDate"] <= asked,
    "fromPurchaseDate": lambda record, asked: record["purchaseDate"] >= asked,
    "toPurchaseDate": lambda record, asked: record["purchaseDate"] <= asked,
}  # fmt: skip
DATES = ("lastModifiedFrom", "toDate", "fromPurchaseDate", "toPurchaseDate")


class Reads:
    """The GET side of the public API (kiotviet.md §3.1)."""

    def __init__(self, twin: KiotVietTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """Lists for every kind; details by id and by code for the five that have them."""
        for kind in self.twin.kinds:
            self._route(f"/{kind}", f"list_{kind}", lambda kind=kind: self.page(kind))
        for kind in ENTITIES:
            self._route(f"/{kind}/<int:key>", f"get_{kind}", lambda key, kind=kind: self.detail(kind, "id", key))
            by_code = f"/{kind}/code/<path:key>"
            self._route(by_code, f"code_{kind}", lambda key, kind=kind: self.detail(kind, "code", key))
        self._route("/settings", "settings", self.settings)

    def page(self, kind: str) -> ResponseReturnValue:
        """One page; `currentItem` is an item offset, pages hold at most 100."""
        try:
            size, start = self._number("pageSize", 20), self._number("currentItem", 0)
            rows = self._listed(kind)
        except ValueError as error:
            return self.twin.refuse("RequestBindingException", f"Unable to bind request: {error}", 400)
        size = min(max(size, 1), 100)
        shown = [self.shown(kind, row, False) for row in rows[start : start + size]]
        if kind == "customers" and start == 0 and self.twin.switches["summary_row"]:
            shown.insert(0, {"id": -1, "code": "", "debt": 0.0, "totalInvoiced": 0.0})
        body: Record = {"total": len(rows), "pageSize": size, "data": shown}
        if not shown and self.twin.switches["omit_empty_data"]:
            del body["data"]
        body.update(self._removed(kind), timestamp=f"{self.twin.now()}+07:00")
        return self.twin.answer(body)

    def detail(self, kind: str, field: str, key: int | str) -> ResponseReturnValue:
        """One whole record; an unknown one is a business error 420 or a 404, by switch."""
        rows = self.twin.records[kind]
        found = rows.get(key) if field == "id" else next((row for row in rows.values() if row["code"] == key), None)
        if found is None:
            return self.missing(kind)
        return self.twin.answer(self.shown(kind, found, True))

    def missing(self, kind: str) -> ResponseReturnValue:
        """The answer for a record that does not exist."""
        code = f"KvValidate{ENTITIES[kind]}Exception"
        return self.twin.refuse(code, "Dữ liệu không tồn tại hoặc đã bị xóa", self.twin.switches["missing_status"])

    def settings(self) -> ResponseReturnValue:
        """The shop's switches that KiotViet itself shows."""
        rules = ("AllowOrderWhenOutStock", "AllowSellWhenOrderOutStock", "AllowSellWhenOutStock")
        by_branch = self.twin.switches["manager_customer_by_branch"]
        return self.twin.answer({"ManagerCustomerByBranch": by_branch, **dict.fromkeys(rules, True)})

    def shown(self, kind: str, record: Record, whole: bool) -> Record:
        """A record as REST shows it: parts only on request, totals on request, nulls left out."""
        hidden = set() if whole else self._not_asked(kind)
        shown = {key: value for key, value in record.items() if key not in hidden}
        if kind == "customers" and (whole or _asked_for("includeTotal")):
            shown.update(self._totals(record["id"]))
        if kind == "invoices" and not whole:
            shown = {key: value for key, value in shown.items() if key not in ("discount", "description")}
        if kind == "products" and whole:
            shown["images"] = [part["Image"] for part in record.get("images", [])]
        return _without_nulls(shown) if self.twin.switches["omit_nulls"] else shown

    def _route(self, path: str, name: str, view: Callable[..., ResponseReturnValue]) -> None:
        self.twin.app.add_url_rule(path, name, view, methods=["GET"])

    def _number(self, name: str, default: int) -> int:
        return max(int(request.args.get(name, default)), 0)

    def _listed(self, kind: str) -> list[Record]:
        asked = {name: ",".join(values) for name, values in request.args.lists() if name in FILTERS and any(values)}
        asked.update({name: times.asked(asked[name]) for name in DATES if name in asked})
        order = (request.args.get("orderBy", "id"), request.args.get("orderDirection", "Asc").lower() == "desc")
        key = (kind, tuple(sorted(asked.items())), order)
        if key not in self.twin.lists:
            if len(self.twin.lists) >= KEPT_LISTS:
                self.twin.lists.clear()
            tests = [(FILTERS[name], value) for name, value in asked.items()]
            rows = [row for row in self.twin.records[kind].values() if all(test(row, value) for test, value in tests)]
            rows.sort(key=lambda row: (_sortable(row.get(order[0])), row["id"]), reverse=order[1])
            self.twin.lists[key] = rows
        return self.twin.lists[key]

    def _removed(self, kind: str) -> Record:
        if not _asked_for("includeRemoveIds") or kind not in REMOVED_KEYS:
            return {}
        since = times.asked(request.args.get("lastModifiedFrom") or "1900-01-01T00:00:00")
        spelling = self.twin.switches["removed_ids_key"]
        key = REMOVED_KEYS[kind] if spelling == "documented" else spelling
        return {key: [number for stamp, number in self.twin.removed[kind] if stamp >= since]}

    def _not_asked(self, kind: str) -> set[str]:
        parts = ON_REQUEST.get(kind, {})
        return {field for asked, fields in parts.items() for field in fields if not _asked_for(asked)}

    def _totals(self, customer_id: int) -> Record:
        invoices = self.twin.records["invoices"]
        bought = [invoices[key] for key in self.twin.bought[customer_id] if key in invoices]
        spent = sum(row["total"] for row in bought if row["status"] == 1)
        return {"totalInvoiced": spent, "totalRevenue": spent, "totalPoint": spent // 100000, "rewardPoint": 0}


def _asked_for(name: str) -> bool:
    asked = {key.lower(): value.lower() for key, value in request.args.items()}
    return asked.get(name.lower()) == "true"


def _sortable(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value
