"""Customers and orders made or changed in Getfly under our codes, so that a lost answer leaves no second one.

v3 publishes no path for editing or restoring a customer; these follow from its neighbours (getfly.md §4.1):
`PUT /account/{ID}`, `POST /account/restore`. That POST takes our `account_code` is a public client's word (§2); a
tenant that numbers by itself is served too, then only the phone finds a customer again.
"""

from typing import Any
from urllib.parse import quote

from retailhub.domain.errors import Malformed, Rejected
from retailhub.domain.phones import e164, local
from retailhub.domain.records import RecordType
from retailhub.platforms.base import Remote, View
from retailhub.platforms.getfly.calls import Calls, made_id
from retailhub.platforms.getfly.shapes import phone, rows

MOST_PAGES = 5
"""Pages of 50 customers looked through for one phone number."""


class Writing:
    """Finds and writes the records of one tenant."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def find(self, record_type: RecordType, code: str, view: View, begun: bool = True) -> Remote | None:
        """By our code, unless no create was begun; a customer also by phone (A-CNV-4), of several the oldest."""
        if record_type == "order":
            if not begun:
                return None
            body = self._calls.found(f"/orders/{quote(code, safe='')}")
            return Remote(str(body["order_info"]["order_id"]), code) if body else None
        ours = self._account_of(code) if begun else None
        return ours or self._account_with(view["content"]["account"].get("phone_office"))

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:
        """Make it; if our code is taken, that record is ours: live it is answered, deleted it is brought back."""
        try:
            return self._create_order(code, view) if record_type == "order" else self._create_account(code, view)
        except Rejected as error:
            ours = self._holder(record_type, code, view) if error.code == "duplicate" else None
            if ours is None:
                raise
            return ours

    def update(self, record_type: RecordType, remote: Remote, view: View) -> None:
        """Set the content. The source of a customer stays as it is there."""
        content = view["content"]
        if record_type == "order":
            _has_buyer(content)
            code = remote.code or self._order_code(remote.id)
            self._calls.send("PUT", "/orders", {"order_code": code, **content})
        else:
            body = {name: part for name, part in content.items() if name != "referer"}
            self._calls.send("PUT", f"/account/{remote.id}", body)

    def change_account_manager(self, remote: Remote, manager: str) -> None:
        """Put somebody in charge of a customer (R-GA-06): by number, e-mail, name or user name, as `GET /users` knows
        them. Raises Rejected with the field `account_manager` if nobody is found."""
        people = rows(_listed(self._calls.get("/users")))
        known = next((user for user in people if manager.casefold() in _names(user)), None)
        named = {"account_manager": known["id"]} if known else {"manager_user_name": manager}
        self._calls.send("PUT", f"/account/{remote.id}", {"account": named})

    def _create_account(self, code: str, view: View) -> Remote:
        content = view["content"]
        answer = self._calls.send(
            "POST", "/account", {**content, "account": {**content["account"], "account_code": code}}
        )
        number = made_id(answer, "account_id")
        given = answer.get("account_code") if isinstance(answer, dict) else None
        return Remote(number, str(given) if given else self._account_code(number))

    def _create_order(self, code: str, view: View) -> Remote:
        content = view["content"]
        _has_buyer(content)
        body = {**content, "order_info": {**content["order_info"], "order_code": code}}
        return Remote(made_id(self._calls.send("POST", "/orders", body), "order_id"), code)

    def _holder(self, record_type: RecordType, code: str, view: View) -> Remote | None:
        """Who holds our code: a live record, or a deleted customer, who is restored and brought up to date (§2)."""
        if record_type == "order":
            return self.find("order", code, view)
        if live := self._account_of(code):
            return live
        try:
            self._calls.send("POST", "/account/restore", {"account_code": code})
        except Rejected:
            return None
        restored = self._account_of(code)
        if restored:
            self.update("customer", restored, view)
        return restored

    def _account_of(self, code: str) -> Remote | None:
        body = self._calls.found("/account", {"account_code": code})
        info = body.get("info") if isinstance(body, dict) else None
        if not isinstance(info, dict) or str(info.get("account_code")) != code:
            return None
        return Remote(str(info["account_id"]), code)

    def _account_with(self, number: str | None) -> Remote | None:
        """The oldest customer with this very number. The search is by text, so it is asked twice: with the leading 0,
        and without it for numbers typed as +84…; a number typed with blanks is found only by the hub's own list."""
        wanted = e164(number)
        spelt = local(wanted)
        if not wanted or not spelt:
            return None
        for word in (spelt, spelt.removeprefix("0")):
            same = [row for row in self._search(word) if phone(row.get("phone")) == wanted]
            if same:
                oldest = min(same, key=lambda row: int(row["account_id"]))
                return Remote(str(oldest["account_id"]), str(oldest.get("account_code") or "") or None)
        return None

    def _search(self, word: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for page in range(1, MOST_PAGES + 1):
            more = rows(_listed(self._calls.get("/accounts", {"q": word, "limit": 50, "page": page})))
            found += more
            if len(more) < 50:
                break
        return found

    def _account_code(self, number: str) -> str | None:
        body = self._calls.found(f"/account/{number}")
        return str(body["info"].get("account_code") or "") or None if body else None

    def _order_code(self, number: str) -> str:
        body = self._calls.get("/orders/detail", {"order_id": number})
        return str(body["order_info"]["order_code"])


def _has_buyer(content: dict[str, Any]) -> None:
    """An order without `account_code` would make a new customer (§6.1)."""
    if not content["order_info"].get("account_code"):
        raise Malformed("buyer_without_account_code", field="buyer")


def _listed(body: Any) -> Any:
    """The list itself: v3 answers users bare and customers in an envelope."""
    return body if isinstance(body, list) else (body or {}).get("records") or (body or {}).get("data") or []


def _names(user: dict[str, Any]) -> set[str]:
    said = (user.get(name) for name in ("id", "user_id", "user_name", "email", "name", "contact_name"))
    return {str(word).casefold() for word in said if word}
