"""The calls of the CRMVIET cloud: login, the list of leads, one lead; all in the envelope of the mobile client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, request

if TYPE_CHECKING:
    from tests.twins.crmviet.twin import CrmvietTwin

EMAIL, PASSWORD = "quanly@example.vn", "twin-crmviet-password"
Row = dict[str, Any]


def register(twin: CrmvietTwin) -> None:
    """Add the calls to the twin's app."""

    @twin.app.post("/api/v1/login")
    def login() -> Response:
        wish: Any = request.get_json(silent=True)
        said = (wish.get("email"), wish.get("password")) if isinstance(wish, dict) else ("", "")
        if said != (EMAIL, PASSWORD):
            return twin.fails(f"Sai email hoặc mật khẩu: {said[0]} / {said[1]}", 401)
        user = {"USER_ID": 15, "USER_NAME": "quanly", "USER_EMAIL": EMAIL}
        return twin.succeeds(token=twin.new_token(), user=user)

    @twin.app.get("/api/v1/leads")
    def leads() -> Response:
        return _listed(twin) if twin.open_to(request.headers.get("Authorization")) else twin.ended()

    @twin.app.get("/api/v1/leads/single/<int:lead_id>")
    def lead(lead_id: int) -> Response:
        if not twin.open_to(request.headers.get("Authorization")):
            return twin.ended()
        row = twin.records["leads"].get(lead_id)
        return twin.succeeds(lead=twin.shown(row)) if row else twin.fails("Không tìm thấy cơ hội", 404)


def _listed(twin: CrmvietTwin) -> Response:
    rows, start = _wanted(twin), max(request.args.get("index", 0, int), 0)
    shown = [twin.shown(row) for row in rows[start : start + twin.switches["page_size"]]]
    return twin.succeeds(leads=shown, **({"total": len(rows)} if twin.switches["show_total"] else {}))


def _wanted(twin: CrmvietTwin) -> list[Row]:
    rows = list(twin.records["leads"].values())
    asked = [word for word in request.args.get("source", "").split(",") if word]
    if asked and twin.switches["filter_sources"]:
        rows = [row for row in rows if (row["SOURCE"] or "").replace(" ", "").lower() in asked]
    if not twin.switches["converted_shown"]:
        rows = [row for row in rows if not row["CUSTOMER_ID"]]
    return sorted(rows, key=lambda row: row["LEAD_ID"], reverse=bool(twin.switches["newest_first"]))
