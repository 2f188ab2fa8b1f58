"""Haravan as a source of customers and orders, and as a destination of customers."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected
from retailhub.domain.merging import Merge
from retailhub.domain.phones import e164, folded, tidy
from retailhub.domain.records import Record, RecordType, Snapshot
from retailhub.platforms.base import Pulled, PulledPage, Remote, View
from retailhub.platforms.budget import Budget
from retailhub.platforms.entered import entered
from retailhub.platforms.haravan import lists, mapping
from retailhub.platforms.haravan.api import Api
from retailhub.platforms.haravan.locations import Locations
from retailhub.platforms.haravan.settings import Credentials, Settings
from retailhub.platforms.http import Pacer

PLURALS: dict[RecordType, str] = {"customer": "customers", "order": "orders"}
TOPICS = [
    *(f"customers/{verb}" for verb in ("create", "update", "enable", "disable", "delete")),
    *(f"orders/{verb}" for verb in ("create", "updated", "paid", "cancelled", "fulfilled", "delete")),
    "refunds/create",
    "app/uninstalled",
]
"""The topics to tick in the Partners dashboard, or to enter one by one in the shop's admin (haravan.md §2)."""


class Haravan:
    """One Haravan shop: Source, Destination of customers, and Subscriptions of an app."""

    merge: Merge = "whole"
    reads: tuple[RecordType, ...] = ("customer", "order")
    writes: tuple[RecordType, ...] = ("customer",)
    phone_is_identity = False
    shows: frozenset[str] = frozenset({"content"})
    budget = Budget(78, 4.0)
    """80 calls at once, 4 a second (haravan.md §3.2), two of them left to people."""

    def __init__(self, connection: Connection, secret: Secret, url: str | None, pacer: Pacer) -> None:
        settings = entered(Settings, connection.settings)
        self._settings = settings.model_copy(update={"shop_name": settings.shop_name or connection.name})
        self._api = Api(entered(Credentials, secret.credentials).access_token, url, pacer)
        self._locations = Locations(self._api)

    def provisional(self, remote_id: str) -> bool:  # noqa: ARG002 - of the protocol
        """Never: every id here is the platform's own."""
        return False

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        """A record of a page or webhook in the hub's words; see `mapping.snapshot`. A webhook's order does not name
        its location: the name is looked up once per client, and left out where that fails."""
        told = self._locations.named(payload) if record_type == "order" else payload
        return mapping.snapshot(record_type, told, self._settings)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:
        """The record as the shop has it now, or None if it is gone."""
        plural = PLURALS[record_type]
        try:
            found = self._api.get(f"/{plural}/{source_id}.json").get(record_type)
        except Rejected as error:
            if error.status == 404:
                return None
            raise
        return self._locations.named(found) if record_type == "order" else found

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """The next page of a list; see `lists` on what keeps rows from being passed over."""
        plural, at = PLURALS[record_type], lists.Cursor.of(cursor, since)
        rows = self._api.get(f"/{plural}.json", lists.asked(record_type, at)).get(plural) or []
        told = [self._locations.named(row) if record_type == "order" else row for row in rows]
        return PulledPage(
            rows=[Pulled(str(row["id"]), row) for row in told],
            cursor=lists.after(record_type, at, rows),
            total=self._count(plural, at) if cursor is None else None,
        )

    def _count(self, plural: str, at: lists.Cursor) -> int | None:
        """How many rows the window has, for the progress of a backfill; a catch-up does not ask."""
        if at.stamp:
            return None
        count = self._api.get(f"/{plural}/count.json", {"status": "any"} if plural == "orders" else None).get("count")
        return count if isinstance(count, int) else None

    def view(self, record: Record, buyer: tuple[Record, Remote] | None) -> View:  # noqa: ARG002 - of the protocol
        """Name, mobile and e-mail of a customer; see `mapping.view`."""
        return mapping.view(record)

    def ready(self, record: Record) -> bool:
        """Whether this customer is somebody to push; see `mapping.ready`."""
        return mapping.ready(record)

    def find(
        self,
        record_type: RecordType,  # noqa: ARG002 - customers only
        code: str,  # noqa: ARG002 - no codes there
        view: View,
        *,
        begun: bool = True,  # noqa: ARG002 - of the protocol
    ) -> Remote | None:
        """The customer with this name and this phone (or e-mail): made by us before an answer was lost, or the very
        same person. An equal phone under another name is somebody else (R-HRV-10)."""
        content = view.get("content", {})
        wanted = content.get("phone") or content.get("email")
        if not wanted:
            return None
        rows = self._api.get("/customers/search.json", {"query": wanted}).get("customers") or []
        same = [row["id"] for row in rows if _is_same(row, content)]
        return Remote(str(min(same))) if same else None

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:  # noqa: ARG002 - no codes there
        """Create the customer. Raises Rejected without phone and e-mail: after a lost answer such a one could not be
        found again, and would be made twice."""
        content = view.get("content", {})
        if not (content.get("phone") or content.get("email")):
            raise Rejected("phone_or_email_required", "Haravan needs a phone or an e-mail", field="phone")
        made = self._api.send("POST", "/customers.json", {"customer": content}).body["customer"]
        return Remote(str(made["id"]))

    def update(self, record_type: RecordType, remote: Remote, parts: set[str], view: View) -> None:  # noqa: ARG002
        """Set name, mobile and e-mail to the view; what the view leaves out stays (A-HRV-15)."""
        content = view.get("content", {}) if "content" in parts else {}
        if content:
            self._api.send("PUT", f"/customers/{remote.id}.json", {"customer": {"id": int(remote.id), **content}})

    def missing_webhooks(self, url: str) -> list[str]:  # noqa: ARG002 - the app's one callback is set in the dashboard
        """All topics if the shop is not subscribed to the app; none for private webhooks, which only a person can
        enter (haravan.md §2.2)."""
        if self._settings.webhook_kind == "private" or self._api.subscription("GET"):
            return []
        return [*TOPICS]

    def register_webhooks(self, url: str, topics: list[str], secret: str) -> None:  # noqa: ARG002 - signed by the app's
        """Subscribe the shop to the app's callback; address, topics and secret are the app's own (haravan.md §2.1)."""
        self._api.subscription("POST")

    def test(self) -> dict[str, Any]:
        """The shop's name, number and domain: one call that proves the token."""
        shop = self._api.get("/shop.json").get("shop") or {}
        return {"shop": shop.get("name"), "org_id": shop.get("id"), "domain": shop.get("domain")}


def _is_same(row: dict[str, Any], content: dict[str, Any]) -> bool:
    """Equal names, and equal phones; where one has no phone, equal e-mails."""
    name, theirs = (folded(f"{who.get('last_name') or ''} {who.get('first_name') or ''}") for who in (content, row))
    ours, phone = (e164(who.get("phone")) or tidy(who.get("phone")) for who in (content, row))
    if name != theirs or (ours and phone and ours != phone):
        return False
    mail = (content.get("email") or "").casefold()
    return bool(ours and ours == phone) or bool(mail and mail == (row.get("email") or "").casefold())
