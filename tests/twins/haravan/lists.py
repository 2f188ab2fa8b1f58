"""Haravan's lists: 50 rows at most, `page`, `since_id`, date windows, status filters, counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

from tests.twins.haravan.texts import PLAIN, digits, full_name, moment

if TYPE_CHECKING:
    from tests.twins.haravan.twin import HaravanTwin

Record = dict[str, Any]
Filter = Callable[[Record, Any], bool]
LARGEST, KEPT_LISTS = 50, 16
PLACES = {"limit", "page", "fields", "order"}


def _window(field: str, newest: bool) -> Filter:
    def holds(record: Record, asked: datetime) -> bool:
        at = moment(record[field])
        return at <= asked if newest else at >= asked

    return holds


def _same(field: str) -> Filter:
    return lambda record, asked: str(record.get(field)) == asked


def _status(record: Record, asked: str) -> bool:
    cancelled, closed = record["cancelled_status"] == "cancelled", record["closed_status"] == "closed"
    found = {"any": True, "cancelled": cancelled, "closed": closed, "open": not cancelled and not closed}
    return found.get(asked, True)


def _fulfilment(record: Record, asked: str) -> bool:
    plain = PLAIN.get(record["fulfillment_status"], record["fulfillment_status"])
    return {"shipped": plain == "fulfilled", "partial": plain == "partial"}.get(asked, plain is None)


def _squashed(word: str | None) -> str:
    return (word or "").replace("_", "")


def _variant(field: str) -> Filter:
    # an empty `sku=` filters nothing: measured in the field (haravan.md §3.1)
    return lambda record, asked: not asked or any(part[field] == asked for part in record["variants"])


SHARED: dict[str, Filter] = {
    "created_at_min": _window("created_at", False), "created_at_max": _window("created_at", True),
    "updated_at_min": _window("updated_at", False), "updated_at_max": _window("updated_at", True),
    "ids": lambda record, asked: str(record["id"]) in asked.split(","),
    "since_id": lambda record, asked: record["id"] > int(asked),
}  # fmt: skip
FILTERS: dict[str, dict[str, Filter]] = {
    "customers": SHARED,
    "products": {
        **SHARED, "vendor": _same("vendor"), "handle": _same("handle"), "product_type": _same("product_type"),
        "sku": _variant("sku"), "barcode": _variant("barcode"),
    },
    "orders": {
        **SHARED, "status": _status, "fulfillment_status": _fulfilment,
        "financial_status": lambda row, asked: _squashed(row["financial_status"]) == _squashed(asked),
        "processed_at_min": _window("created_at", False), "processed_at_max": _window("created_at", True),
    },
}  # fmt: skip


class Lists:
    """Pages, counts and details of customers, products and orders (haravan.md §3.1)."""

    def __init__(self, twin: HaravanTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """GET /com/<kind>.json, count.json and {id}.json; the customers' search; places and shop."""
        self.twin.app.register_error_handler(ValueError, self.misread)
        for kind in FILTERS:
            self._get(f"/com/{kind}.json", f"{kind}_list", lambda kind=kind: self.page(kind, self._rows(kind)))
            self._get(f"/com/{kind}/count.json", f"{kind}_count", lambda kind=kind: self.count(kind))
            self._get(f"/com/{kind}/<int:key>.json", f"{kind}_one", lambda key, kind=kind: self.one(kind, key))
        self._get("/com/customers/search.json", "search", self.search)
        self._get("/com/locations.json", "locations", lambda: self.twin.answer({"locations": self.twin.locations()}))
        self._get("/com/shop.json", "shop", lambda: self.twin.answer({"shop": self.twin.shop()}))

    def misread(self, error: Exception) -> ResponseReturnValue:
        """A filter that is no date or number: 400."""
        return self.twin.answer({"errors": str(error)}, 400)

    def page(self, kind: str, rows: list[Record]) -> ResponseReturnValue:
        """One page; a larger `limit` silently gives 50."""
        size = min(max(request.args.get("limit", LARGEST, int), 1), LARGEST)
        start = (max(request.args.get("page", 1, int), 1) - 1) * size
        shown = [self.twin.shown(kind, row) for row in rows[start : start + size]]
        fields = [name for name in request.args.get("fields", "").split(",") if name]
        if fields:
            shown = [{key: row[key] for key in fields if key in row} for row in shown]
        return self.twin.answer({kind: shown})

    def count(self, kind: str) -> ResponseReturnValue:
        """How many rows the same filters give."""
        return self.twin.answer({"count": len(self._rows(kind))})

    def one(self, kind: str, key: int) -> ResponseReturnValue:
        """One record under its singular name, or 404."""
        record = self.twin.records[kind].get(key)
        if record is None:
            return self.twin.not_found()
        return self.twin.answer({kind[:-1]: self.twin.shown(kind, record)})

    def search(self) -> ResponseReturnValue:
        """Customers whose e-mail, phone or name holds the words; the latest buyers first."""
        asked = request.args.get("query", "").rpartition(":")[2].strip().lower()
        rows = [row for row in self.twin.records["customers"].values() if _speaks_of(row, asked)]
        rows.sort(key=lambda row: (row["last_order_date"] or "", row["id"]), reverse=True)
        return self.page("customers", rows)

    def _get(self, path: str, name: str, view: Callable[..., ResponseReturnValue]) -> None:
        self.twin.app.add_url_rule(path, name, view, methods=["GET"])

    def _rows(self, kind: str) -> list[Record]:
        asked = {name: value for name, value in request.args.items() if name not in PLACES}
        if kind == "orders":
            asked.setdefault("status", self.twin.switches["default_order_status"])
        order = request.args.get("order", "") if kind == "orders" else ""
        key = (kind, tuple(sorted(asked.items())), order)
        if key not in self.twin.lists:
            if len(self.twin.lists) >= KEPT_LISTS:
                self.twin.lists.clear()
            self.twin.lists[key] = self._sorted(self._filtered(kind, asked), order, "since_id" in asked)
        return self.twin.lists[key]

    def _filtered(self, kind: str, asked: dict[str, str]) -> list[Record]:
        known = {name: value for name, value in asked.items() if name in FILTERS[kind]}
        tests = [(FILTERS[kind][name], moment(value) if "_at_" in name else value) for name, value in known.items()]
        return [row for row in self.twin.records[kind].values() if all(test(row, value) for test, value in tests)]

    def _sorted(self, rows: list[Record], order: str, upwards: bool) -> list[Record]:
        field, _, direction = order.partition(" ")
        if field in ("updated_at", "created_at"):
            return sorted(rows, key=lambda row: (moment(row[field]), row["id"]), reverse=direction == "desc")
        return sorted(rows, key=lambda row: row["id"], reverse=not upwards)


def _speaks_of(row: Record, asked: str) -> bool:
    number = digits(asked)
    by_phone = len(number) > 5 and any(
        digits(phone) == number for phone in (row["phone"], *(part.get("phone") for part in row["addresses"]))
    )
    return by_phone or asked in (row["email"] or "").lower() or asked in full_name(row).lower()
