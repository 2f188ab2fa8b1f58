"""KiotViet as a source of customers, products and contracts, and the keeper of its webhook registrations."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected
from retailhub.domain.instants import after
from retailhub.domain.merging import Merge
from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.base import PulledPage
from retailhub.platforms.budget import Budget
from retailhub.platforms.entered import entered
from retailhub.platforms.http import Pacer
from retailhub.platforms.kiotviet import lists, mapping, subscriptions
from retailhub.platforms.kiotviet.api import NOT_FOUND, Api
from retailhub.platforms.kiotviet.settings import Credentials, Settings


class KiotViet:
    """One KiotViet store: a Source with Subscriptions. Nothing is ever written to its records."""

    merge: Merge = "whole"
    reads: tuple[RecordType, ...] = ("customer", "product", "contract")
    phone_is_identity = False
    shows: frozenset[str] = frozenset()
    budget = Budget(200, 4800 / 3600)
    """5,000 reading calls in any hour (kiotviet.md §3.3), with something left for others who use the same keys."""

    def __init__(self, connection: Connection, secret: Secret, url: str | None, pacer: Pacer) -> None:
        self._settings = entered(Settings, connection.settings)
        self._wanted = [
            topic
            for record_type, topics in subscriptions.TOPICS.items()
            if record_type in (connection.record_types or self.reads)
            for topic in topics
        ]
        credentials = entered(Credentials, secret.credentials)
        self._retailer = credentials.retailer
        self._store = mapping.Store(connection.name, self._settings, credentials.retailer)
        self._api = Api(credentials, url, pacer)

    def provisional(self, remote_id: str) -> bool:  # noqa: ARG002 - of the protocol
        """Never: every id here is the platform's own."""
        return False

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        """A record of a page or webhook in the hub's words; see `mapping.snapshot`."""
        return mapping.snapshot(record_type, payload, self._store)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:
        """The record as the shop has it now, or None if it is gone (or never was one, as the walk-in customer)."""
        if not source_id.isdecimal():
            return None
        try:
            return self._api.get(f"{lists.PATHS[record_type]}/{source_id}")
        except Rejected as error:
            if error.status in NOT_FOUND:
                return None
            raise

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """The next page of a list, ordered by id; see `lists`. `since` is moved back by the setting `overlap_hours`."""
        start = after(since, -3600 * self._settings.overlap_hours) if since else None
        return lists.page(self._api, record_type, start, cursor, self._settings.branches)

    def missing_webhooks(self, url: str) -> list[str]:
        """The webhook types of our record types that have no live registration at `{url}/{type}`."""
        return subscriptions.missing(self._api, url, self._wanted)

    def register_webhooks(self, url: str, topics: list[str], secret: str) -> None:
        """Register these types; see `subscriptions.register`."""
        subscriptions.register(self._api, url, topics, secret)

    def test(self) -> dict[str, Any]:
        """The shop's branches: one call that proves token and shop code, and what the branch setting chooses from."""
        body = self._api.get("/branches", {"pageSize": 100})
        rows = body.get("data") if isinstance(body, dict) else None
        branches = [{"id": row.get("id"), "name": row.get("branchName")} for row in rows or []]
        return {"shop": self._retailer, "branches": branches}
