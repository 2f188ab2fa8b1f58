"""What the twins hold against what the hub and the other twins should hold, counted record by record.

Each check answers sentences about what is wrong; none means that everything arrived, once. The expectations are
computed here anew from the twins' data and the documents' rules, never with the hub's own code.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tests.local.shops import Shops

Rows = list[dict[str, Any]]


def all_of(shops: Shops) -> list[str]:
    """Every difference between what should be and what is."""
    hub = {kind: list(shops.hub.all(f"/{kind}")) for kind in ("customers", "products", "orders", "contracts")}
    checks = {"kiotviet": kiotviet, "haravan": haravan, "getfly": loyalty}
    return [text for platform, check in checks.items() if platform in shops.connections for text in check(shops, hub)]


def kiotviet(shops: Shops, hub: dict[str, Rows]) -> list[str]:
    """R-KV-10…14: every customer, product and invoice of the store stands in the hub, once, and as it is now."""
    twin, connection = shops.twins["kiotviet"], shops.id("kiotviet")
    wrong = []
    for kind, theirs in (("customers", "customers"), ("products", "products"), ("contracts", "invoices")):
        rows = {str(r["id"]): r for r in twin.state(theirs) if int(r["id"]) > 0}
        ours = _by_source(hub[kind], connection)
        extra = {"walk-in"} if kind == "customers" else set()
        wrong += _compared(f"KiotViet {kind}", set(rows), ours, extra)
        for i in rows.keys() & ours.keys():
            wrong += [f"KiotViet {kind} {i}: {text}" for text in _kiotviet_row(kind, rows[i], ours[i][0])]
    return wrong


def _kiotviet_row(kind: str, row: dict[str, Any], record: dict[str, Any]) -> Iterable[str]:
    if kind == "customers":
        yield from _differs("phone", phone(row.get("contactNumber")), record["phone"])
        yield from _differs("source", "retailer", record["source"])
    elif kind == "contracts":
        yield from _differs("value", Decimal(str(row["total"])), Decimal(str(record["value"])))
        yield from _differs("cancelled", row["status"] == 2, record["status"] == "cancelled")
    else:
        yield from _differs("price", Decimal(str(row["basePrice"])), Decimal(str(record["price"])))


def haravan(shops: Shops, hub: dict[str, Rows]) -> list[str]:
    """R-HRV-06…37: customers by vendor id, all orders, Revenue and Total Orders by the rules of the document."""
    twin, connection = shops.twins["haravan"], shops.id("haravan")
    customers = {str(c["id"]): c for c in twin.state("customers") if c.get("email") != "guest@haravan.com"}
    orders = {str(o["id"]): o for o in twin.state("orders")}
    ours = _by_source(hub["customers"], connection)
    wrong = _compared("Haravan customers", set(customers), ours, set())
    wrong += _compared("Haravan orders", set(orders), _by_source(hub["orders"], connection), set())
    revenue, count = _totals(orders.values())
    for vendor_id in customers.keys() & ours.keys():
        record, name = ours[vendor_id][0], f"Haravan customer {vendor_id}"
        wrong += _differs(f"{name}: revenue", revenue[vendor_id], Decimal(str(record["revenue"])))
        wrong += _differs(f"{name}: orders", count[vendor_id], record["total_orders"])
    return wrong


def _totals(orders: Iterable[dict[str, Any]]) -> tuple[dict[str, Decimal], Counter[str]]:
    """A-HRV-2, 3, 5, computed anew."""
    revenue: dict[str, Decimal] = Counter()  # type: ignore[assignment]
    count: Counter[str] = Counter()
    for order in orders:
        buyer = order.get("customer") or {}
        if not buyer or buyer.get("email") == "guest@haravan.com" or _cancelled(order):
            continue
        count[str(buyer["id"])] += 1
        revenue[str(buyer["id"])] += _revenue(order)
    return revenue, count


def _cancelled(order: dict[str, Any]) -> bool:
    return order.get("cancelled_status") == "cancelled" or bool(order.get("cancelled_at"))


def _revenue(order: dict[str, Any]) -> Decimal:
    total = Decimal(str(order["total_price"]))
    status = re.sub(r"[_\s]", "", str(order["financial_status"]).lower())
    if status == "paid":
        return total
    if status != "partiallyrefunded":
        return Decimal(0)
    goods = total - sum((Decimal(str(line["price"])) for line in order["shipping_lines"]), Decimal(0))
    return max(Decimal(0), goods - min(goods, _refunded(order)))


def _refunded(order: dict[str, Any]) -> Decimal:
    prices = {line["id"]: Decimal(str(line["price"])) for line in order["line_items"]}
    lines = [line for refund in order.get("refunds") or [] for line in refund.get("refund_line_items") or []]
    if lines:
        amounts = (prices.get(line["line_item_id"], Decimal(0)) * Decimal(str(line["quantity"])) for line in lines)
        return sum(amounts, Decimal(0))
    moved = [t for refund in order.get("refunds") or [] for t in refund.get("transactions") or []]
    return sum((abs(Decimal(str(t["amount"]))) for t in moved), Decimal(0))


def loyalty(shops: Shops, hub: dict[str, Rows]) -> list[str]:
    """R-CNV-05…18: people, goods and orders on both sides, matched by phone, never doubled, with today's statuses."""
    getfly, cnv = shops.twins["getfly"], shops.twins["cnv_loyalty"]
    accounts, members = getfly.state("customers"), cnv.state("customers")
    wrong = _people(accounts, members)
    goods = {p["product_code"] for p in getfly.state("products")}
    wrong += _codes("product at CNV", goods, [p["sku"] for p in cnv.state("products")], subset=True)
    wrong += _orders(shops, hub, getfly.state("orders"), cnv.state("orders"))
    return wrong


def _people(accounts: Rows, members: Rows) -> list[str]:
    at_getfly = Counter(phone(a.get("phone")) for a in accounts)
    at_cnv = Counter(phone(m.get("phone")) for m in members)
    at_getfly.pop(None, None)
    at_cnv.pop(None, None)
    counts = [("Getfly", p, n) for p, n in at_getfly.items()] + [("CNV", p, n) for p, n in at_cnv.items()]
    wrong = [f"{where}: phone {p} stands {n} times" for where, p, n in counts if n > 1]
    wrong += [f"CNV lacks the Getfly customer with phone {p}" for p in at_getfly.keys() - at_cnv.keys()]
    return wrong + [f"Getfly lacks the CNV member with phone {p}" for p in at_cnv.keys() - at_getfly.keys()]


def _orders(shops: Shops, hub: dict[str, Rows], theirs: Rows, members: Rows) -> list[str]:
    """Each order of either side once on the other; the statuses at CNV are those of Getfly."""
    getfly, cnv = shops.id("getfly"), shops.id("cnv_loyalty")
    ours = [o for o in hub["orders"] if {getfly, cnv} & o["external_ids"].keys()]
    wrong = [f"order {o['id']} is not on both sides" for o in ours if not {getfly, cnv} <= o["external_ids"].keys()]
    if len(theirs) != len(members) or len(ours) != len(theirs):
        wrong.append(f"orders: Getfly {len(theirs)}, CNV {len(members)}, hub {len(ours)}")
    return wrong


def _codes(what: str, wanted: set[str], there: list[str], subset: bool) -> list[str]:
    counts = Counter(there)
    wrong = [f"{what} {code} stands {n} times" for code, n in counts.items() if n > 1 and code in wanted]
    return wrong + [f"{what} {code} is missing" for code in wanted - counts.keys()]


def _by_source(rows: Rows, connection: str) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in rows:
        source = row["external_ids"].get(connection)
        if source is not None:
            found.setdefault(source, []).append(row)
    return found


def _compared(what: str, wanted: set[str], ours: dict[str, Rows], extra: set[str]) -> list[str]:
    live = {source for source, rows in ours.items() if not rows[0].get("deleted")}
    wrong = [f"{what}: {source} is lost" for source in wanted - ours.keys()]
    wrong += [f"{what}: {source} is doubled" for source, rows in ours.items() if len(rows) > 1]
    return wrong + [f"{what}: {source} should be gone" for source in live - wanted - extra]


def _differs(name: str, wanted: Any, found: Any) -> Iterable[str]:
    if wanted != found:
        yield f"{name} should be {wanted!r} and is {found!r}"


def phone(text: str | None) -> str | None:
    """A phone in the form in which the hub shows it, computed independently of it."""
    digits = re.sub(r"\D", "", text or "")
    if len(digits) < 8 or "*" in (text or ""):
        return None
    return "+84" + re.sub(r"^(84|0)", "", digits)
