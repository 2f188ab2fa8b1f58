"""Family B, the open platform: an app pulls customers, orders, products, memberships (cnv_loyalty.md §2)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response, request

from tests.twins.cnv_loyalty.wording import RefusedError, number, read_instant

if TYPE_CHECKING:
    from tests.twins.cnv_loyalty import CnvLoyaltyTwin

TOKEN = "twin-cnv-token"
Row = dict[str, Any]
Shape = Callable[[Row], Row]
DEFAULT_LIMIT = 50


def proven() -> bool:
    """Does the call carry the access token, spelt `TOKEN …`?"""
    return request.headers.get("Authorization") == f"TOKEN {TOKEN}"


def register(twin: CnvLoyaltyTwin) -> None:
    """Add the calls to the twin's app, the lists under each of the prefixes that were told of."""

    @twin.app.get("/loyalty/customers/<int:customer_id>/membership.json")
    def membership(customer_id: int) -> Response:
        member = twin.members.rows.get(customer_id)
        if member is None:
            raise RefusedError(404, "not found")
        return twin.answer({"membership": twin.points.membership(member)})

    @twin.app.delete("/products/<int:product_id>.json")
    def delete_product(product_id: int) -> Response:
        if product_id not in twin.goods.rows:
            raise RefusedError(404, "not found")
        twin.goods.remove(twin.goods.rows[product_id])
        return twin.answer({})

    for prefix in ("", "/loyalty", "/api"):
        for kind in twin.kinds:
            rule = f"{prefix}/{kind}.json"
            twin.app.add_url_rule(rule, rule, lambda kind=kind, prefix=prefix: _list(twin, kind, prefix))


def _list(twin: CnvLoyaltyTwin, kind: str, prefix: str) -> Response:
    if prefix != twin.switches["path_prefix"]:
        raise RefusedError(404, "not found")
    page, limit = _page_wish(twin)
    rows = _chosen(twin, kind)
    begin, most = (page - 1) * limit, twin.switches["max_pages"]
    taken = rows[begin : begin + limit] if page <= most else []
    more = bool(taken) and begin + limit < len(rows)
    if page == most and more:
        more = bool(twin.switches["has_more_at_cut"])
    shapes: dict[str, Shape] = {
        "customers": twin.members.shape, "orders": twin.purchases.shape, "products": twin.goods.shape,
    }  # fmt: skip
    return twin.answer(_envelope(twin, kind, [shapes[kind](row) for row in taken], more))


def _page_wish(twin: CnvLoyaltyTwin) -> tuple[int, int]:
    wish = request.args.get("per_page") or request.args.get("limit")
    limit = int(number(wish, "limit")) or DEFAULT_LIMIT
    return max(1, int(number(request.args.get("page"), "page"))), min(limit, twin.switches["max_limit"])


def _chosen(twin: CnvLoyaltyTwin, kind: str) -> list[Row]:
    """The rows a query asks for, by the time of their last change, oldest first."""
    rows = _window(twin, twin.ordered(kind))
    if kind == "orders":
        rows = _of_days(rows)
        if not twin.switches["partner_orders_shown"]:
            rows = [row for row in rows if row["channel"]]
    wanted = {int(text) for text in request.args.get("ids", "").split(",")[:100] if text.strip().isdigit()}
    return [row for row in rows if row["id"] in wanted] if wanted else rows


def _window(twin: CnvLoyaltyTwin, rows: list[Row]) -> list[Row]:
    begin, end = request.args.get("updated_at_from"), request.args.get("updated_at_to")
    first, last = 0, len(rows)
    if begin:
        side = bisect_left if twin.switches["updated_from_inclusive"] else bisect_right
        first = side(rows, read_instant(begin, "updated_at_from"), key=twin.changed_at)
    if end:
        last = bisect_right(rows, read_instant(end, "updated_at_to"), key=twin.changed_at)
    return rows[first:last]


def _of_days(rows: list[Row]) -> list[Row]:
    begin, end = request.args.get("start_date"), request.args.get("end_date")
    if begin:
        first = read_instant(begin, "start_date")
        rows = [row for row in rows if row["created_at"] >= first]
    if end:
        last = read_instant(end, "end_date") + (86_400 if len(end) == len("2024-06-18") else 0)
        rows = [row for row in rows if row["created_at"] < last]
    return rows


def _envelope(twin: CnvLoyaltyTwin, kind: str, shapes: list[Row], more: bool) -> Any:
    style = twin.switches["envelope"]
    if style == "bare":
        return shapes
    return {"data" if style == "data" else kind: shapes, "pagination": {twin.switches["has_more_key"]: more}}
