"""CRMVIET as a source that only speaks: there is no public API to read it by (crmviet.md §0)."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected
from retailhub.domain.merging import Merge
from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.base import PulledPage
from retailhub.platforms.budget import Budget
from retailhub.platforms.crmviet import mapping
from retailhub.platforms.crmviet.settings import Settings
from retailhub.platforms.entered import entered
from retailhub.platforms.http import Pacer


class Crmviet:
    """One CRMVIET: a Source by webhook only."""

    merge: Merge = "whole"
    reads: tuple[RecordType, ...] = ("customer", "contract")
    phone_is_identity = False
    shows: frozenset[str] = frozenset()
    budget = Budget(5, 1.0)

    def __init__(self, connection: Connection, secret: Secret, url: str | None, pacer: Pacer) -> None:  # noqa: ARG002
        self._settings = entered(Settings, connection.settings)

    def provisional(self, remote_id: str) -> bool:  # noqa: ARG002 - of the protocol
        """Never: every id here is the platform's own."""
        return False

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        """A record of the webhook in the hub's words; see `mapping.snapshot`."""
        return mapping.snapshot(record_type, payload, self._settings)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:  # noqa: ARG002
        """Not possible: raises Rejected."""
        raise Rejected("read_unsupported", "CRMVIET has no API to read a record by", status=501)

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:  # noqa: ARG002
        """Nothing: what there is comes by webhook."""
        return PulledPage()

    def test(self) -> dict[str, Any]:
        """Nothing can be called; says how data come."""
        return {"webhook_only": True}
