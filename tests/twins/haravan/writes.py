"""Haravan's writing calls for customers and products, and their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask.typing import ResponseReturnValue

if TYPE_CHECKING:
    from tests.twins.haravan.twin import HaravanTwin

Record = dict[str, Any]
CLOSED = ("id", "verified_email", "created_at", "updated_at", "orders_count", "total_spent")


class Writes:
    """POST, PUT and DELETE of customers and products (haravan.md §3.1)."""

    def __init__(self, twin: HaravanTwin) -> None:
        self.twin = twin

    def routes(self) -> None:
        """One set of addresses per kind."""
        add = self.twin.app.add_url_rule
        for kind in ("customers", "products"):
            post, put = lambda kind=kind: self.post(kind), lambda key, kind=kind: self.put(kind, key)
            tags, gone = lambda key, kind=kind: self.tags(kind, key), lambda key, kind=kind: self.delete(kind, key)
            add(f"/com/{kind}.json", f"{kind}_post", post, methods=["POST"])
            add(f"/com/{kind}/<int:key>.json", f"{kind}_put", put, methods=["PUT"])
            add(f"/com/{kind}/<int:key>.json", f"{kind}_delete", gone, methods=["DELETE"])
            add(f"/com/{kind}/<int:key>/tags.json", f"{kind}_tags", tags, methods=["POST", "DELETE"])

    def post(self, kind: str) -> ResponseReturnValue:
        """Create: 201 and the record, or the refusal of a second phone or e-mail."""
        wish = self._wish(kind)
        refused = self._refused(kind, wish, None)
        if refused:
            return refused
        with self.twin.hooks.hushed(not self.twin.switches["echo_api_writes"]):
            made = self.twin.create(kind, wish)
        return self.twin.answer({kind[:-1]: made}, 201)

    def put(self, kind: str, key: int) -> ResponseReturnValue:
        """Change the members sent; `tags` replaces all tags, `verified_email` is ignored."""
        if key not in self.twin.records[kind]:
            return self.twin.not_found()
        wish = self._wish(kind)
        return self._refused(kind, wish, key) or self._changed(kind, key, wish)

    def delete(self, kind: str, key: int) -> ResponseReturnValue:
        """Delete for good; the answer is an empty list."""
        if key not in self.twin.records[kind]:
            return self.twin.not_found()
        with self.twin.hooks.hushed(not self.twin.switches["echo_api_writes"]):
            self.twin.remove(kind, key)
        return self.twin.answer([])

    def tags(self, kind: str, key: int) -> ResponseReturnValue:
        """Add or take away single tags, `{"tags": "a,b"}`."""
        if key not in self.twin.records[kind]:
            return self.twin.not_found()
        body: Any = request.get_json(silent=True) or {}
        asked = [tag.strip() for tag in str(body.get("tags", "")).split(",") if tag.strip()]
        present = [tag for tag in (self.twin.records[kind][key]["tags"] or "").split(",") if tag]
        kept = [tag for tag in present if tag not in asked]
        return self._changed(kind, key, {"tags": ",".join(kept if request.method == "DELETE" else kept + asked)})

    def _changed(self, kind: str, key: int, wish: Record) -> ResponseReturnValue:
        with self.twin.hooks.hushed(not self.twin.switches["echo_api_writes"]):
            return self.twin.answer({kind[:-1]: self.twin.change(kind, key, wish)})

    def _wish(self, kind: str) -> Record:
        body: Any = request.get_json(silent=True)
        wish = (body.get(kind[:-1]) if isinstance(body, dict) else None) or {}
        wish = {key: value for key, value in wish.items() if key not in CLOSED}
        if self.twin.switches["phones_0_to_84"] and str(wish.get("phone") or "").startswith("0"):
            wish["phone"] = f"84{wish['phone'][1:]}"
        return wish

    def _refused(self, kind: str, wish: Record, key: int | None) -> ResponseReturnValue | None:
        reason = self.twin.refusal(kind, wish, key)
        if reason is None:
            return None
        field, words = reason
        shapes: dict[str, Record] = {
            "fields": {"errors": {field: ["has already been taken"]}},
            "text": {"errors": words},
            "message": {"message": words},
        }
        return self.twin.answer(shapes[self.twin.switches["duplicate_body"]], self.twin.switches["duplicate_status"])
