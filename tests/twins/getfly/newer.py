"""The little of API v6.1 that an adapter needs to be tried: users, one customer, its manager, orders (§4.3, §6.3).

Answers 404 like any unknown path unless the switch `api_versions` holds "v6.1".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request

from tests.twins.getfly import people
from tests.twins.getfly.order_shapes import status_number
from tests.twins.getfly.orders import Order
from tests.twins.getfly.wording import RefusedError, local_time, number

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

PREFIX = "/api/v6.1"


def register(twin: GetflyTwin) -> None:
    """Add the calls to the twin's app."""

    @twin.app.before_request
    def known_version() -> Response | None:
        newer, known = request.path.startswith(PREFIX), "v6.1" in twin.switches["api_versions"]
        return twin.refusal(RefusedError(404, "Không tìm thấy")) if newer and not known else None

    _customers(twin)
    _orders(twin)


def _customers(twin: GetflyTwin) -> None:
    @twin.app.get(f"{PREFIX}/users")
    def newer_users() -> Response:
        return twin.answer([_user(user) for user in people.USERS])

    @twin.app.get(f"{PREFIX}/account")
    def newer_account() -> Response:
        shape = twin.accounts.shape(twin.accounts.find_code(request.args.get("account_code", "")))
        renamed = {"id": int(shape["account_id"]), "phone_office": shape["phone"]}
        return twin.answer(_chosen({**shape, **renamed, "billing_address_street": shape["address"]}))

    @twin.app.put(f"{PREFIX}/account/change_account_manager")
    def change_account_manager() -> Response:
        body = twin.body()
        row = twin.accounts.find_code(str(body.get("account_code") or ""))
        twin.accounts.update(row, {"account": {"manager_user_name": body.get("account_manager_username") or "?"}})
        keys = {"account_code": row["account_code"], "account_id": row["account_id"]}
        return twin.answer({"message": "Thành công", **keys, "account_manager": row["manager_user_name"]})


def _orders(twin: GetflyTwin) -> None:
    @twin.app.get(f"{PREFIX}/sale_order")
    def sale_order() -> Response:
        code, order_id = request.args.get("order_code"), request.args.get("order_id", "")
        row = twin.orders.find_code(code) if code else twin.orders.find(order_id)
        return twin.answer(_chosen(_shape(row, twin.switches)))

    @twin.app.get(f"{PREFIX}/sale_orders")
    def sale_orders() -> Response:
        since = float(number(request.args.get("filtering[updated_at:gte]"), "updated_at"))
        rows = [row for row in twin.orders.rows.values() if row["updated_at"] >= since and not row["deleted"]]
        offset, limit = int(number(request.args.get("offset"), "offset")), twin.page_wish(20)[1]
        page = [_chosen(_shape(row, twin.switches)) for row in rows[offset : offset + limit]]
        more = offset + limit < len(rows)
        return twin.answer({"data": page, "has_more": more, "offset": offset, "limited": limit if more else False})

    @twin.app.put(f"{PREFIX}/sale_order/<action>")
    def move(action: str) -> Response:
        words = {"approve": "approved", "cancel": "cancelled", "restore": "waiting"}
        if action not in words:
            raise RefusedError(404, "Không tìm thấy")
        row = twin.orders.set_status(twin.orders.find_code(twin.body().get("order_code", "")), words[action])
        keys = {"order_id": row["order_id"], "order_code": row["order_code"]}
        return twin.answer({"message": "Thành công", "data": keys})


def _user(user: dict[str, Any]) -> dict[str, Any]:
    names = {"user_id": user["id"], "contact_name": user["name"], "user_name": user["user_name"]}
    return {**names, "dept_name": user["dept_name"], "email": people.mail(user)}


def _shape(row: Order, switches: dict[str, Any]) -> Order:
    paid = sum(float(payment.get("amount") or 0) for payment in row["payments"])
    kept = (
        "order_code", "order_date", "discount", "discount_amount", "vat_amount", "account_id", "account_code",
        "account_email", "account_phone", "account_address", "store_id", "lading_code", "lading_status",
    )  # fmt: skip
    return {
        "id": row["order_id"], "real_amount": row["amount"], "f_amount": paid,
        "status": status_number(row, switches), "status_label": switches["status_labels"][row["status"]],
        "lading_status_title": row["lading_info"]["status"]["name"],
        "tracking_url": row["lading_info"]["tracking_url"], "order_details": row["products"],
        "created_at": local_time(row["created_at"]), "updated_at": local_time(row["updated_at"]),
        **{name: row[name] for name in kept},
    }  # fmt: skip


def _chosen(shape: Order) -> Order:
    """Only the wished `fields`, all of them when none is named."""
    fields = [field for field in request.args.get("fields", "").split(",") if field]
    return {field: shape.get(field) for field in fields} if fields else shape
