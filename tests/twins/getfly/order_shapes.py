"""The two v3 shapes of one order: formatted texts in the list, real numbers in the detail (getfly.md §6.1)."""

from typing import Any

from tests.twins.getfly import people
from tests.twins.getfly.orders import NUMBERS, Order
from tests.twins.getfly.wording import day_month_year, grouped, local_time

Switches = dict[str, Any]
ACCOUNT = ("account_id", "account_code", "account_name", "account_phone", "account_email", "account_address")


def listed(row: Order, switches: Switches) -> Order:
    """One row of GET /orders: ids, amounts and statuses are texts."""

    def money(amount: float) -> Any:
        return grouped(amount) if switches["formatted_amounts"] else amount

    return {
        "order_id": str(row["order_id"]), "order_code": row["order_code"], "order_type": str(row["order_type"]),
        "order_date": day_month_year(row["order_date"]), "created_at": local_time(row["created_at"]),
        "amount": money(row["amount"]), "discount_amount": money(row["discount_amount"]),
        "transport_amount": money(row["transport_amount"]), "vat_amount": money(row["vat_amount"]),
        "status": str(status_number(row, switches)), **_label(row, switches), **_source(row, switches),
        "payment_status": payment_status(row), "account_info": {name: row[name] for name in ACCOUNT},
        "lading_code": row["lading_code"], "lading_info": row["lading_info"],
    }  # fmt: skip


def detailed(row: Order, switches: Switches) -> Order:
    """GET /orders/{ORDER_CODE}: `{order_info, products, payments, terms}`."""
    user = people.find(row["assigned_username"])
    info = {
        "order_id": row["order_id"], "order_code": row["order_code"], "order_type": row["order_type"],
        "order_date": day_month_year(row["order_date"]), "amount": row["amount"],
        "order_status": status_number(row, switches), **_label(row, switches), **_source(row, switches),
        "payment_status": payment_status(row), "lading_status": row["lading_status"],
        "lading_code": row["lading_code"], "lading_info": row["lading_info"],
        "assigned_name": user["name"] if user else "", "assigned_user_email": people.mail(user) if user else "",
        **{name: row[name] for name in (*ACCOUNT, *NUMBERS)}, **row["custom_fields"],
    }  # fmt: skip
    return {"order_info": info, "products": row["products"], "payments": row["payments"], "terms": row["terms"]}


def payment_status(row: Order) -> str:
    """`unpaid` is published; the other two words are assumed."""
    paid = sum(float(payment.get("amount") or 0) for payment in row["payments"])
    if paid <= 0:
        return "unpaid"
    return "paid" if paid >= row["amount"] else "partial"


def status_number(row: Order, switches: Switches) -> int:
    """The number of an order's status in this tenant."""
    return int(switches["status_numbers"][row["status"]])


def _label(row: Order, switches: Switches) -> Order:
    return {"status_label": switches["status_labels"][row["status"]]} if switches["show_status_label"] else {}


def _source(row: Order, switches: Switches) -> Order:
    return {"source_name": row["source_name"]} if switches["show_source_name"] else {}
