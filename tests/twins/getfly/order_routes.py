"""The v3 calls on orders (getfly.md §6.1); there is no filter by time of change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Response, request

from tests.twins.getfly.order_shapes import detailed, listed
from tests.twins.getfly.orders import Order
from tests.twins.getfly.wording import RefusedError, local_day, number

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def register(twin: GetflyTwin) -> None:
    """Add the calls to the twin's app."""
    _reads(twin)
    _writes(twin)
    _moves(twin)


def _reads(twin: GetflyTwin) -> None:
    @twin.app.get("/api/v3/orders")
    def orders() -> Response:
        wish = _order_type(), _window("order_date"), _window("created_at"), request.args.get("account_id")
        if not (wish[1] or wish[2]):
            raise RefusedError(400, "Thiếu khoảng ngày order_date_from/_to hoặc created_at_from/_to")
        rows = [row for row in twin.orders.rows.values() if _wanted(row, *wish)]
        rows = rows[::-1] if twin.switches["newest_first"] else rows
        offset, limit = int(number(request.args.get("offset"), "offset")), twin.page_wish(50)[1]
        records = [listed(row, twin.switches) for row in rows[offset : offset + limit]]
        return twin.answer({"records": records, "pagination": _pagination(limit, offset, len(rows))})

    @twin.app.get("/api/v3/orders/detail")
    def order_by_id() -> Response:
        return twin.answer(detailed(twin.orders.find(request.args.get("order_id", "")), twin.switches))

    @twin.app.get("/api/v3/orders/<order_code>")
    def order_by_code(order_code: str) -> Response:
        return twin.answer(detailed(twin.orders.find_code(order_code), twin.switches))


def _done(twin: GetflyTwin, row: Order, text: str, status: int = 200) -> Response:
    if twin.switches["order_answer"] == "integer":
        return twin.answer(row["order_id"], status)
    return twin.answer({"message": text, "order_id": row["order_id"]}, status)


def _writes(twin: GetflyTwin) -> None:
    @twin.app.post("/api/v3/orders")
    def create_order() -> Response:
        body = twin.body()
        if not isinstance(body.get("order_info"), dict):
            raise RefusedError(400, "Thiếu order_info", "order_info")
        return _done(twin, twin.orders.create(body), "Thêm đơn hàng thành công", twin.switches["created_status"])

    @twin.app.put("/api/v3/orders")
    def update_order() -> Response:
        body = twin.body()
        row = twin.orders.update(twin.orders.find_code(body.get("order_code", "")), body)
        return _done(twin, row, "Cập nhật đơn hàng thành công")


def _moves(twin: GetflyTwin) -> None:
    @twin.app.post("/api/v3/orders/approve")
    def approve() -> Response:
        row = twin.orders.find_code(twin.body().get("order_code", ""))
        if row["status"] == "waiting":
            twin.orders.set_status(row, "approved")
        return _done(twin, row, "Duyệt đơn hàng thành công")

    @twin.app.post("/api/v3/orders/paid")
    def paid() -> Response:
        body = twin.body()
        row = twin.orders.pay(twin.orders.find_code(body.get("order_code", "")), body.get("payment_info") or {})
        return _done(twin, row, "Thanh toán đơn hàng thành công")


def _order_type() -> int:
    text = request.args.get("order_type", "")
    if text not in {"1", "2"}:
        raise RefusedError(400, "order_type phải là 1 (mua) hoặc 2 (bán)", "order_type")
    return int(text)


def _window(field: str) -> tuple[str, str] | None:
    """Both ends of a window of days, or None when it is not asked for; half a window is refused."""
    ends = [request.args.get(f"{field}_{end}", "") for end in ("from", "to")]
    if not any(ends):
        return None
    if not all(DAY.fullmatch(end) for end in ends):
        raise RefusedError(400, f"{field}_from và {field}_to phải là Y-m-d", field)
    return ends[0], ends[1]


def _wanted(
    row: Order, order_type: int, ordered: tuple[str, str] | None, made: tuple[str, str] | None, account_id: str | None
) -> bool:
    if row["deleted"] or row["order_type"] != order_type:
        return False
    if account_id and str(row["account_id"]) != account_id:
        return False
    if ordered and not ordered[0] <= row["order_date"] <= ordered[1]:
        return False
    return made is None or made[0] <= local_day(row["created_at"]) <= made[1]


def _pagination(limit: int, offset: int, total: int) -> dict[str, int]:
    return {"limit": limit, "offset": offset, "total_record": total}
