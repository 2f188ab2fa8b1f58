"""Haraloyalty as a source of what the loyalty programme keeps of a shop's customers (mini_crm_haraloyalty.md §2.1)."""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Rejected, Unavailable
from retailhub.domain.merging import Merge
from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.base import Pulled, PulledPage
from retailhub.platforms.budget import Budget
from retailhub.platforms.entered import entered
from retailhub.platforms.haraloyalty import mapping
from retailhub.platforms.haraloyalty.settings import Credentials, Settings
from retailhub.platforms.haravan import lists
from retailhub.platforms.haravan.api import API, explain
from retailhub.platforms.http import Http, Pacer

LOYALTY = "/loy"


class Haraloyalty:
    """The loyalty programme of one Haravan shop: a Source; points are never written there.

    haravan: the connection whose customers the profiles belong to, or None: then they are known by phone only.
    """

    merge: Merge = "part"
    reads: tuple[RecordType, ...] = ("customer",)
    phone_is_identity = False
    shows: frozenset[str] = frozenset()
    budget = Budget(10, 1.0)
    """Presumably Haravan's bucket of the whole shop (80 calls, 4 a second): a small part of it (§2.1)."""

    def __init__(self, connection: Connection, secret: Secret, url: str | None, pacer: Pacer) -> None:
        self.haravan = entered(Settings, connection.settings).haravan
        token = entered(Credentials, secret.credentials).access_token
        self._http = Http(url or API, {"Authorization": f"Bearer {token}"}, pacer)

    def provisional(self, remote_id: str) -> bool:  # noqa: ARG002 - of the protocol
        """Never: every id here is the platform's own."""
        return False

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:  # noqa: ARG002 - customers only
        """The loyalty part of a customer; see `mapping.snapshot`. Whose it is tells `person`."""
        return mapping.snapshot(payload)

    def person(self, payload: Any) -> tuple[str | None, str | None]:
        """Haravan's customer id and the phone of a profile; see `mapping.person`."""
        return mapping.person(payload)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:  # noqa: ARG002 - customers only
        """The profile as it is now, or None if it is gone."""
        if not source_id.isdecimal():
            return None
        try:
            body = self._get(f"/profiles/{source_id}.json")
        except Rejected as error:
            if error.status == 404:
                return None
            raise
        return body.get("profile", body)

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """The next page, by `since_id`, in which no profile is passed over; see `haravan.lists` (the same paging)."""
        at = lists.Cursor.of(cursor, since)
        rows = self._get("/profiles.json", lists.asked(record_type, at)).get("profiles")
        if not isinstance(rows, list):
            raise Unavailable("answer_without_profiles", "Haraloyalty answered a list without profiles")
        return PulledPage([Pulled(str(row["id"]), row) for row in rows], cursor=lists.after(record_type, at, rows))

    def test(self) -> dict[str, Any]:
        """One cheap call that proves the token and its scope. Raises Rejected 401 or 403."""
        rows = self._get("/profiles.json", {"limit": 1}).get("profiles") or []
        return {"profiles": bool(rows)}

    def _get(self, path: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        body = self._http.call("GET", LOYALTY + path, params=params, explain=explain).body
        return body if isinstance(body, dict) else {}
