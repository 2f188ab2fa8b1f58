"""A Getfly 4.0 tenant as the hub's source and destination, over API v3 (getfly.md)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Permanent, Unavailable
from retailhub.domain.merging import Merge
from retailhub.domain.records import Record, RecordType, Snapshot
from retailhub.platforms.base import PulledPage, Remote, View
from retailhub.platforms.budget import Budget
from retailhub.platforms.entered import entered
from retailhub.platforms.getfly import mapping, outgoing
from retailhub.platforms.getfly.calls import Calls
from retailhub.platforms.getfly.listings import Listings
from retailhub.platforms.getfly.settings import Settings
from retailhub.platforms.getfly.shapes import rows
from retailhub.platforms.getfly.webhook import BY_CODE
from retailhub.platforms.getfly.writing import Writing
from retailhub.platforms.http import Pacer

READS: dict[RecordType, tuple[str, str, str, str]] = {
    "customer": ("/account/{id}", "", "/account", "account_code"),
    "order": ("/orders/detail", "order_id", "/orders/{code}", ""),
    "product": ("/products/{id}", "", "/products/detail", "product_code"),
}
"""Type → path and parameter for reading by number, path and parameter for reading by code (§4.1, §5, §6.1)."""


class Getfly:
    """One tenant. Orders are processed in Getfly (R-CNV-15), so its words replace the hub's."""

    merge: Merge = "whole"
    reads: tuple[RecordType, ...] = ("customer", "product", "order")
    writes: tuple[RecordType, ...] = ("customer", "order")
    phone_is_identity = True
    budget = Budget(10, 5.0)
    shows = frozenset({"content", "manager"})

    def __init__(
        self,
        connection: Connection,
        secret: Secret,
        url: str | None,
        pacer: Pacer,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`url` stands in for the tenant's address. Raises Permanent for settings that cannot work."""
        self._settings = _settings(connection)
        address = url or f"https://{self._settings.tenant}.getflycrm.com"
        self._calls = Calls(address, secret.credentials.get("api_key", ""), pacer)
        self._listings = Listings(self._calls, self._settings.open_order_days, clock)
        self._writing = Writing(self._calls)

    def test(self) -> dict[str, Any]:
        """One cheap call that proves the key and the version. Raises Rejected: 401 wrong key, 404 no v3 there."""
        body = self._calls.get("/users")
        people = rows(body if isinstance(body, list) else (body or {}).get("data"))
        if not people:
            raise Unavailable("answer_without_rows", "Getfly answered a list without rows")
        return {"tenant": self._settings.tenant, "version": "v3", "users": len(people)}

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        """See `Source`."""
        return mapping.snapshot(record_type, payload, self._settings)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:
        """The detail, by Getfly's number, or by code after `code:` (a notice may hold nothing else)."""
        path, name, path_by_code, code_name = READS[record_type]
        key = source_id.removeprefix(BY_CODE)
        if source_id.startswith(BY_CODE):
            path, name = path_by_code, code_name
        path = path.format(id=quote(key, safe=""), code=quote(key, safe=""))
        return self._calls.found(path, {name: key} if name else None)

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """See `Source`; `since` is widened for orders so that the status of open ones is seen (§0.5)."""
        return self._listings.page(record_type, since, cursor)

    def provisional(self, remote_id: str) -> bool:  # noqa: ARG002 - the same question is put to every destination
        """Whether an id only stands in for one that is not known yet: Getfly always answers its own."""
        return False

    def ready(self, record: Record) -> bool:
        """Getfly takes customers and orders at any time."""
        return record.type in self.writes

    def view(self, record: Record, buyer: tuple[Record, Remote] | None) -> View:
        """See `Destination`."""
        if record.type == "order":
            return outgoing.order_view(record, buyer, self._settings)
        return outgoing.customer_view(record)

    def find(self, record_type: RecordType, code: str, view: View, *, begun: bool = True) -> Remote | None:
        """See `Destination`: by our code, customers also by phone."""
        return self._writing.find(record_type, code, view, begun)

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:
        """See `Destination`; a deleted customer who holds our code is restored."""
        return self._writing.create(record_type, code, view)

    def update(self, record_type: RecordType, remote: Remote, parts: set[str], view: View) -> None:
        """See `Destination`; Getfly gets contents and who is in charge, statuses are its own."""
        if "content" in parts:
            self._writing.update(record_type, remote, view)
        if "manager" in parts:
            self.change_account_manager(remote, view["manager"]["account_manager"])

    def change_account_manager(self, remote: Remote, manager: str) -> None:
        """Put an employee in charge of a customer (R-GA-06). Raises Rejected, field `account_manager`, for nobody."""
        self._writing.change_account_manager(remote, manager)


def _settings(connection: Connection) -> Settings:
    settings = entered(Settings, connection.settings, whole="api_version")
    if settings.api_version != "v3":
        raise Permanent(
            "version_not_built",
            f"Bản {settings.api_version} chưa được hỗ trợ / API {settings.api_version} is not built yet",
            field="api_version",
        )
    return settings
