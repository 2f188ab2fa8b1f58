"""Sale and purchase orders of Getfly: their rules (getfly.md §6.1, §6.4)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.twins.getfly import people
from tests.twins.getfly.accounts import FIRST as FIRST_ACCOUNT
from tests.twins.getfly.wording import RefusedError, local_day, number, typed_day, written_day
from tests.twins.invented import basket, good

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

Order = dict[str, Any]
FIRST = 40001
SALE = 2
TEXTS = ("account_name", "account_address", "account_email", "account_phone", "source_name", "lading_code")
NUMBERS = (
    "discount", "discount_amount", "vat", "vat_amount", "transport", "transport_amount",
    "installation", "installation_amount", "is_repay", "store_id",
)  # fmt: skip
EMPTY_LADING: Order = {"status": {"code": "", "name": ""}, "tracking_url": ""}


class Orders:
    """Keeps the tenant's orders; a deleted one stays and holds its code."""

    def __init__(self, twin: GetflyTwin) -> None:
        self.twin = twin
        self.clear()

    def clear(self) -> None:
        """Forget numbers and codes."""
        self.ids = itertools.count(FIRST)
        self.codes: dict[str, int] = {}

    @property
    def rows(self) -> dict[Any, Order]:
        """All orders by id, deleted ones too."""
        return self.twin.records["orders"]

    def find(self, order_id: Any) -> Order:
        """The live order with this id, or a 404."""
        row = self.rows.get(int(order_id)) if str(order_id).isdigit() else None
        if row is None or row["deleted"]:
            raise RefusedError(404, "Không tìm thấy đơn hàng")
        return row

    def find_code(self, code: Any) -> Order:
        """The live order with this code, or a 404."""
        return self.find(self.codes.get(str(code), ""))

    def create(self, body: Order, by_api: bool = True) -> Order:
        """New order from `{order_info{}, products[], payments[], terms[]}`; fires order.created.

        Without an account_code a new customer is made (§6.1). An order code is the caller's choice, once.
        """
        info = {"order_code": body.get("order_code"), **body["order_info"]}
        code = str(info.get("order_code") or "")
        if code in self.codes:
            raise RefusedError(400, "Mã đơn hàng không cho phép trùng", "order_code")
        lines = [self._line(line) for line in _filled(body.get("products"))]
        row = self._blank(code, int(info.get("order_type") or SALE))
        self._write(row, {**body, "order_info": info}, lines, by_api)
        self._keep(row, self._account(info))
        self.fire("order.created", row)
        return row

    def update(self, row: Order, body: Order, by_api: bool = True) -> Order:
        """Merge a body of the same shape as for create; lines and payments given replace the old ones."""
        if by_api and row["status"] != "waiting" and self.twin.switches["approved_orders_locked"]:
            raise RefusedError(400, "Đơn hàng đã duyệt, không được sửa", "order_code")
        lines = [self._line(line) for line in body["products"]] if body.get("products") else row["products"]
        self._write(row, body, lines, by_api)
        self.fire("order.updated", row)
        return row

    def set_status(self, row: Order, word: str) -> Order:
        """Move an order to waiting, approved, delivering … cancelled; fires order.approved or order.updated."""
        if word not in self.twin.switches["status_numbers"]:
            raise ValueError(f"an order is never {word}; it is one of {sorted(self.twin.switches['status_numbers'])}")
        if row["status"] != word:
            row.update(status=word, updated_at=self.twin.clock())
            self.fire("order.approved" if word == "approved" else "order.updated", row, quiet_by_switch=True)
        return row

    def pay(self, row: Order, payment: Order) -> Order:
        """Add a payment `{amount, pay_date d/m/Y, description}`."""
        amount = number(payment.get("amount"), "amount")
        if amount <= 0:
            raise RefusedError(400, "Số tiền thanh toán phải lớn hơn 0", "amount")
        day = payment.get("pay_date")
        written_day(day, "pay_date")
        words = {"pay_date": day or "", "description": str(payment.get("description") or "")}
        row["payments"].append({"amount": amount, **words})
        row["updated_at"] = self.twin.clock()
        self.fire("order.updated", row, quiet_by_switch=True)
        return row

    def ship(self, row: Order, lading: Order) -> Order:
        """Change lading_code, lading_status (the carrier's own word) or lading_info."""
        row.update(lading, updated_at=self.twin.clock())
        code = row["lading_status"]
        if "lading_status" in lading and "lading_info" not in lading:
            tracking = row["lading_info"]["tracking_url"]
            row["lading_info"] = {"status": {"code": code, "name": code}, "tracking_url": tracking}
        self.fire("order.updated", row, quiet_by_switch=True)
        return row

    def remove(self, row: Order) -> None:
        """Delete softly; 4.0 has no event for it."""
        row.update(deleted=True, updated_at=self.twin.clock())

    def counts(self, account_id: int) -> dict[str, int]:
        """How many orders of a customer wait, were approved (and more), were cancelled."""
        words = [row["status"] for row in self.rows.values() if row["account_id"] == account_id and not row["deleted"]]
        waiting, cancel = words.count("waiting"), words.count("cancelled")
        return {"waiting": waiting, "approval": len(words) - waiting - cancel, "cancel": cancel}

    def fire(self, event: str, row: Order, quiet_by_switch: bool = False) -> None:
        """Tell about an order, by id and code; changes of status and shipping may be silent by switch."""
        if quiet_by_switch and event == "order.updated" and not self.twin.switches["status_changes_fire"]:
            return
        self.twin.fire(event, {"order_id": row["order_id"], "order_code": row["order_code"]})

    def invent(self, count: int) -> Order:
        """Sale `count` of some customer; articles are the tenant's products, or made up when it has none."""
        accounts, products = self.twin.accounts.rows, list(self.twin.products.rows.values())
        buyer = accounts[FIRST_ACCOUNT + count % len(accounts)] if accounts else self.twin.accounts.invent(count)
        lines = []
        for place, quantity in basket(count, len(products) or 20):
            article = products[place] if products else good(place)
            code, name, price = _article(article)
            lines.append(self._line({"product_code": code, "product_name": name, "quantity": quantity, "price": price}))
        row = self._blank("", SALE)
        self._keep(row, buyer)
        self._write(row, {"order_info": {"source_name": "Website"}}, lines, by_api=False)
        row["created_at"] = row["updated_at"] = self.twin.long_ago(count)
        row["order_date"] = local_day(row["created_at"])
        return row

    def _account(self, info: Order) -> Order:
        code = str(info.get("account_code") or "")
        taken = self.twin.accounts.codes
        if code and (code in taken or self.twin.switches["unknown_account_code"] == "refuse"):
            return self.twin.accounts.find_code(code)
        account = {
            "account_code": code, "account_name": info.get("account_name"), "email": info.get("account_email"),
            "phone_office": info.get("account_phone"), "billing_address_street": info.get("account_address"),
        }  # fmt: skip
        return self.twin.accounts.create({"account": account, "referer": info.get("source_name")}, by_api=False)

    def _keep(self, row: Order, account: Order) -> None:
        """Store an order together with what it copies from its customer."""
        row.update(
            account_id=account["account_id"], account_code=account["account_code"],
            account_name=account["account_name"], account_phone=account["phone_office"],
            account_email=account["email"], account_address=account["billing_address_street"],
        )  # fmt: skip
        self.rows[row["order_id"]] = row
        self.codes[row["order_code"]] = row["order_id"]

    def _blank(self, code: str, order_type: int) -> Order:
        order_id, now = next(self.ids), self.twin.clock()
        return {
            **dict.fromkeys(TEXTS, ""), **dict.fromkeys(NUMBERS, 0), "order_id": order_id,
            "order_code": code or f"DH{order_id:06d}", "order_type": order_type, "order_date": local_day(now),
            "status": "waiting", "assigned_username": "", "lading_status": "", "lading_info": EMPTY_LADING,
            "amount": 0, "products": [], "payments": [], "terms": [], "custom_fields": {},
            "created_at": now, "updated_at": now, "deleted": False,
        }  # fmt: skip

    def _write(self, row: Order, body: Order, lines: list[Order], by_api: bool) -> None:
        info = body.get("order_info") or {}
        row.update({name: str(info[name]) for name in TEXTS if info.get(name)})
        row.update({name: number(info[name], name) for name in NUMBERS if name in info})
        if info.get("order_date"):
            row["order_date"] = (written_day if by_api else typed_day)(info["order_date"], "order_date")
        user = people.find(info.get("assigned_username"))
        row.update(assigned_username=user["user_name"] if user else row["assigned_username"], products=lines)
        row.update({box: body[box] for box in ("payments", "terms") if isinstance(body.get(box), list)})
        row["amount"] = number(info["amount"], "amount") if info.get("amount") else _total(row)
        row["updated_at"] = self.twin.clock()

    def _line(self, line: Order) -> Order:
        code = str(line.get("product_code") or "")
        if not code:
            raise RefusedError(400, "Mã sản phẩm không được để trống", "product_code")
        product_id = self.twin.products.codes.get(code, 0)
        if not product_id and self.twin.switches["unknown_product"] == "refuse":
            raise RefusedError(400, f"Không tìm thấy sản phẩm {code}", "product_code")
        names = ("quantity", "price", "product_sale_off", "cash_discount")
        figures = {name: number(line.get(name), name) for name in names}
        gross = figures["quantity"] * figures["price"]
        amount = gross - gross * figures["product_sale_off"] / 100 - figures["cash_discount"]
        words = {"product_id": product_id, "product_code": code, "product_name": str(line.get("product_name") or "")}
        return {**words, **figures, "amount": number(amount, "amount")}


def _total(row: Order) -> float | int:
    lines = sum(line["amount"] for line in row["products"])
    extra = row["vat_amount"] + row["transport_amount"] + row["installation_amount"]
    return number(lines - row["discount_amount"] + extra, "amount")


def _filled(lines: Any) -> list[Order]:
    if not isinstance(lines, list) or not lines:
        raise RefusedError(400, "Đơn hàng phải có sản phẩm", "products")
    return lines


def _article(article: Any) -> tuple[str, str, float]:
    if isinstance(article, dict):
        return article["product_code"], article["product_name"], article["cover_price"]
    return article.code, article.title, article.price
