"""What KiotViet's invented shop sells: orders, invoices and returns, and what a typed-in sale is filled up with."""

from typing import Any

from tests.twins.invented import basket
from tests.twins.kiotviet.goods import BASES

Record = dict[str, Any]
Records = dict[str, dict[Any, Record]]
STATUS_WORDS = {
    "orders": {1: "Phiếu tạm", 2: "Đang giao hàng", 3: "Hoàn thành", 4: "Đã hủy", 5: "Đã xác nhận"},
    "invoices": {1: "Hoàn thành", 2: "Đã hủy", 3: "Đang xử lý", 5: "Không giao được"},
    "returns": {1: "Đã trả", 2: "Đã hủy"},
}
CANCELLED = {"orders": 4, "invoices": 2}
LINES = {"orders": "orderDetails", "invoices": "invoiceDetails", "returns": "returnDetails"}
CODES = {"orders": "DH", "invoices": "HD", "returns": "TH"}
DELIVERY_WORDS = {1: "Chờ xử lý", 2: "Đang giao hàng", 3: "Giao thành công"}


def invented_sale(kind: str, number: int, records: Records) -> Record:
    """Order or invoice `number` over the seeded customers and products; every seventh is a walk-in's."""
    customer = _buyer(number, records)
    lines = [_line(records, at, quantity) for at, quantity in basket(number, _seeded(records, "products"))]
    market = str((customer or {}).get("code", "")).startswith("KHSPE")
    sale: Record = {
        "code": f"{CODES[kind]}SPE_{number:08d}" if market else f"{CODES[kind]}{number:06d}",
        "branchId": 41001 + number % 3, "soldById": 12001 + number % 2, "customerId": customer and customer["id"],
        "status": _status(kind, number), "discount": 30000.0 if number % 6 == 0 else 0.0,
        LINES[kind]: lines, "usingCod": number % 11 == 3, "saleChannelId": 3 if market else 0,
        "description": "Giao giờ hành chính" if number % 8 == 0 else None,
    }  # fmt: skip
    booked = records["orders"].get(BASES["orders"] + number)
    if kind == "invoices" and number % 4 == 1 and booked:
        sale.update(orderId=booked["id"], orderCode=booked["code"])
    return sale


def invented_return(number: int, records: Records) -> Record:
    """Return `number`: the first line of invoice `number` comes back; its branch and buyer are the invoice's."""
    invoice = records["invoices"].get(BASES["invoices"] + number, {})
    lines = [dict(line, subTotal=line["price"] * line["quantity"]) for line in invoice.get("invoiceDetails", [])[:1]]
    return {
        "code": f"TH{number:06d}", "invoiceId": invoice.get("id"), "customerId": invoice.get("customerId"),
        "branchId": invoice.get("branchId", 41001), "status": 1, "returnDetails": lines,
    }  # fmt: skip


def completed(kind: str, sale: Record, records: Records, stamp: str) -> Record:
    """Fill up a sale as the till would: names, totals, payments, status text. Changes and answers `sale`."""
    customer = records["customers"].get(sale.get("customerId"), {})
    branch = records["branches"].get(sale.setdefault("branchId", 41001), {})
    lines = sale.setdefault(LINES[kind], [])
    total = sum(line["price"] * line["quantity"] - (line.get("discount") or 0) for line in lines)
    sale.setdefault("status", 1)
    sale.setdefault("soldById", 12001)
    sale["soldByName"] = records["users"].get(sale["soldById"], {}).get("givenName", "")
    sale["branchName"] = branch.get("branchName", "")
    sale["customerCode"], sale["customerName"] = customer.get("code"), customer.get("name")
    sale["statusValue"] = STATUS_WORDS[kind].get(sale["status"], "Khác")
    if kind == "returns":
        sale.setdefault("returnDate", stamp)
        sale.setdefault("returnTotal", total)
        sale.setdefault("totalPayment", sale["returnTotal"])
        return sale
    sale.setdefault("purchaseDate", stamp)
    sale.setdefault("total", total - (sale.get("discount") or 0))
    _paid(kind, sale)
    _delivered(kind, sale, customer)
    return sale


def _paid(kind: str, sale: Record) -> None:
    done = kind == "invoices" and sale["status"] == 1
    sale.setdefault("totalPayment", sale["total"] if done else 0.0)
    if "payments" in sale or not sale["totalPayment"]:
        return
    method = ("Cash", "Transfer", "Card", "CASH")[sale["id"] % 4]
    sale["payments"] = [
        {
            "id": sale["id"] + 1_600_000, "code": f"TT{sale['code']}", "amount": sale["totalPayment"],
            "method": method, "status": 0, "statusValue": "Đã thanh toán", "transDate": sale["purchaseDate"],
        }
    ]  # fmt: skip


def _delivered(kind: str, sale: Record, customer: Record) -> None:
    key = "invoiceDelivery" if kind == "invoices" else "orderDelivery"
    if not sale.get("usingCod") or key in sale:
        return
    sale[key] = {
        "deliveryCode": f"VD{sale['id']}", "status": 2, "statusValue": DELIVERY_WORDS[2], "type": 0, "price": 30000.0,
        "receiver": customer.get("name") or "Người nhận", "contactNumber": customer.get("contactNumber"),
        "address": customer.get("address"), "locationName": customer.get("locationName"), "weight": 500.0,
        "partnerDelivery": {"code": "DT01", "name": "Đối tác A", "contactNumber": "19000001"},
    }  # fmt: skip


def _buyer(number: int, records: Records) -> Record | None:
    count = _seeded(records, "customers")
    if number % 7 == 0 or not count:
        return None
    return records["customers"].get(BASES["customers"] + number * 3 % count)


def _seeded(records: Records, kind: str) -> int:
    return len(records[kind])


def _line(records: Records, at: int, quantity: int) -> Record:
    product = records["products"].get(BASES["products"] + at)
    if product is None:
        product = next(iter(records["products"].values()))
    return {
        "productId": product["id"], "productCode": product["code"], "productName": product["fullName"],
        "quantity": float(quantity), "price": product["basePrice"], "discount": 0.0,
    }  # fmt: skip


def _status(kind: str, number: int) -> int:
    if kind == "orders":
        return 1 + number % 5
    return 2 if number % 9 == 4 else 3 if number % 11 == 3 else 5 if number % 31 == 7 else 1
