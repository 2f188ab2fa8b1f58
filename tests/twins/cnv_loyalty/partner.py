"""Family A, the partner API: the CRM pushes customers, products, orders and asks for points (cnv_loyalty.md §1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request

from tests.twins.cnv_loyalty.wording import RefusedError

if TYPE_CHECKING:
    from tests.twins.cnv_loyalty import CnvLoyaltyTwin

CLIENT_ID = "twin-cnv-client"
CLIENT_SECRET = "twin-cnv-secret"
PREFIXES = ("/api/v1/", "/api/webhook/")


def proven() -> bool:
    """Does the call carry the id and the secret issued by CNV?"""
    headers = request.headers
    return (headers.get("X-Client-Id"), headers.get("X-Client-Secret")) == (CLIENT_ID, CLIENT_SECRET)


def register(twin: CnvLoyaltyTwin) -> None:
    """Add the calls to the twin's app."""

    def done(row: dict[str, Any]) -> Response:
        shown = {"data": {"id": row["id"]}} if twin.switches["partner_answer_shows_id"] else {}
        return twin.answer({"success": True, **shown})

    @twin.app.get("/api/v1/customers/points-information")
    def points_information() -> Response:
        member = twin.members.find("", request.args.get("phone"))
        if member is None:
            raise RefusedError(404, "customer not found")
        return twin.answer(twin.points.information(member))

    @twin.app.post("/api/webhook/customers")
    def push_customer() -> Response:
        return done(twin.members.upsert(_body()))

    @twin.app.post("/api/webhook/products")
    def push_product() -> Response:
        return done(twin.goods.upsert(_body()))

    @twin.app.post("/api/webhook/orders")
    def push_order() -> Response:
        return done(twin.purchases.upsert(_body()))


def _body() -> dict[str, Any]:
    body: Any = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise RefusedError(400, "the body is not a JSON object")
    return body
