"""The v3 calls on customers and users (getfly.md §3, §4.1, §7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Response, request

from tests.twins.getfly import people
from tests.twins.getfly.accounts import Account
from tests.twins.getfly.wording import RefusedError, number

if TYPE_CHECKING:
    from tests.twins.getfly import GetflyTwin

OPERATIONS = (">=", "<=", ">", "<", "like", "=")
CUSTOM = re.compile(r"custom_fields\[(.+)\]")


def register(twin: GetflyTwin) -> None:
    """Add the calls to the twin's app."""
    _lists(twin)
    _singles(twin)
    _writes(twin)


def _lists(twin: GetflyTwin) -> None:
    @twin.app.get("/api/v3/users")
    def users() -> Response:
        names = bool(twin.switches["users_show_user_name"])
        return twin.answer([people.shown(user, names) for user in people.USERS])

    @twin.app.get("/api/v3/accounts")
    def accounts() -> Response:
        word, wishes = request.args.get("q", "").casefold(), _custom_wishes()
        rows = [row for row in twin.accounts.alive() if _matches(row, word, wishes)]
        rows = rows[::-1] if twin.switches["newest_first"] else rows
        page, limit = twin.page_wish(50)
        records = [twin.accounts.shape(row) for row in rows[(page - 1) * limit : page * limit]]
        total: Any = str(len(rows)) if twin.switches["total_record_as_string"] else len(rows)
        pagination = {"page": page, "total_record": total, "total_page": -(-len(rows) // limit)}
        return twin.answer({"records": records, "pagination": pagination})

    @twin.app.get("/api/v3/accounts/sync")
    def sync() -> Response:
        since = float(number(request.args.get("last_sync"), "last_sync"))
        rows = sorted(twin.accounts.alive(), key=lambda row: float(row["updated_at"]))
        rows = [row for row in rows if _since(row, since, bool(twin.switches["sync_inclusive"]))]
        data = [twin.accounts.shape(row, flat=False) for row in rows]
        return twin.answer({"data": data, "meta": {"total_record": len(data), "last_sync": int(twin.clock())}})


def _singles(twin: GetflyTwin) -> None:
    def one(row: Account) -> Response:
        info = twin.accounts.shape(row)
        return twin.answer({"info": info, "contacts": info.pop("contacts")})

    @twin.app.get("/api/v3/account/<account_id>")
    def by_id(account_id: str) -> Response:
        return one(twin.accounts.find(account_id))

    @twin.app.get("/api/v3/account")
    def by_code() -> Response:
        return one(twin.accounts.find_code(request.args.get("account_code", "")))

    @twin.app.get("/api/v3/account/<account_id>/count_orders_status")
    def counts(account_id: str) -> Response:
        row = twin.accounts.find(account_id)
        return twin.answer(twin.orders.counts(row["account_id"]))


def _writes(twin: GetflyTwin) -> None:
    def done(row: Account, text: str, status: int = 200) -> Response:
        if twin.switches["account_answer"] == "integer":
            return twin.answer(row["account_id"], status)
        keys = {"account_id": row["account_id"], "account_code": row["account_code"]}
        return twin.answer({"message": text, **keys}, status)

    @twin.app.post("/api/v3/account")
    def create() -> Response:
        row = twin.accounts.create(twin.body())
        return done(row, "Thêm khách hàng thành công", twin.switches["created_status"])

    # The path of editing and of changing the person in charge is not published for v3; assumed by analogy.
    @twin.app.put("/api/v3/account/<account_id>")
    def update(account_id: str) -> Response:
        row = twin.accounts.update(twin.accounts.find(account_id), twin.body())
        return done(row, "Cập nhật khách hàng thành công")

    @twin.app.post("/api/v3/account/restore")
    def restore() -> Response:
        row = twin.accounts.restore(str(twin.body().get("account_code") or ""))
        return done(row, "Khôi phục khách hàng thành công")


def _since(row: Account, since: float, inclusive: bool) -> bool:
    changed = int(row["updated_at"])
    return changed >= since if inclusive else changed > since


def _custom_wishes() -> list[tuple[str, str]]:
    """The asked custom fields: `custom_fields[<key>]=<op>|<value>`, all of which must hold."""
    return [(found[1], text) for name, text in request.args.items() if (found := CUSTOM.fullmatch(name))]


def _matches(row: Account, word: str, wishes: list[tuple[str, str]]) -> bool:
    """Free text is looked for as it was typed: a phone spelt in another way is not found."""
    texts = (row["account_name"], row["phone_office"], row["email"], row["account_code"]) if word else ()
    if word and not any(word in text.casefold() for text in texts):
        return False
    return all(_compare(str(row["custom_fields"].get(key, "")), text) for key, text in wishes)


def _compare(value: str, wish: str) -> bool:
    """`<op>|<value>`, for example `=|88410217`."""
    operation, _, text = wish.partition("|")
    if operation not in OPERATIONS:
        raise RefusedError(400, f"Không hiểu phép so sánh {operation}", "custom_fields")
    answers = {
        "=": value == text, "like": text.casefold() in value.casefold(),
        ">": value > text, ">=": value >= text, "<": value < text, "<=": value <= text,
    }  # fmt: skip
    return answers[operation]
