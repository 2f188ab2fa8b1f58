"""The CRMVIET cloud as a source of leads: those of the ticked sources come down to the hub (R-SYN-01).

There is no public API (crmviet.md §0): this is the port, and what it assumes is written in `cloud_calls` (login and
envelope), `cloud_pages` (GET /api/v1/leads?source=facebook,webform&index=N → {leads: […], total}) and `cloud_leads`
(fields).
"""

from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Permanent, Rejected, Unavailable
from retailhub.domain.merging import Merge
from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.base import PulledPage
from retailhub.platforms.budget import Budget
from retailhub.platforms.crmviet import cloud_leads, cloud_pages
from retailhub.platforms.crmviet.cloud_calls import Calls
from retailhub.platforms.crmviet.cloud_settings import CloudCredentials, LeadSyncSettings
from retailhub.platforms.entered import entered
from retailhub.platforms.http import Pacer


class Cloud:
    """One account of the cloud edition: a Source of leads that only fills blanks (A-SYN-3); nothing is written there.

    The connection's settings are `LeadSyncSettings`, its credentials the account's password.
    """

    merge: Merge = "blanks"
    reads: tuple[RecordType, ...] = ("lead",)
    phone_is_identity = False
    shows: frozenset[str] = frozenset()
    budget = Budget(10, 2.0)
    """Its limits are not known (crmviet.md §2.2)."""

    def __init__(self, connection: Connection, secret: Secret, url: str | None, pacer: Pacer) -> None:
        """`url` stands in for the address. Raises Permanent `bad_settings` or `no_credentials`, with the field."""
        self._settings = entered(LeadSyncSettings, connection.settings)
        password = entered(CloudCredentials, secret.credentials).password
        address = url or _given(self._settings.base_url, "base_url")
        self._calls = Calls(address, _given(self._settings.email, "email"), password, pacer)

    def provisional(self, remote_id: str) -> bool:  # noqa: ARG002 - of the protocol
        """Never: every id here is the platform's own."""
        return False

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:  # noqa: ARG002 - leads only
        """A lead in the hub's words; see `cloud_leads.snapshot`."""
        return cloud_leads.snapshot(payload)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:  # noqa: ARG002 - leads only
        """The lead as the cloud has it now, or None if it is gone (assumed: GET /leads/single/{id} → {lead}).

        A lead that was converted meanwhile is still read; it is only brought no more.
        """
        if not cloud_leads.known_form(source_id):
            return None
        try:
            body = self._calls.get(f"/leads/single/{source_id}")
        except Rejected as error:
            if error.status == 404:
                return None
            raise
        if "lead" not in body:
            raise Unavailable("answer_without_lead", "CRMVIET answered without the lead")
        return body["lead"] or None

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:  # noqa: ARG002
        """The next page of what the settings let in; `left_out` counts the rest. Nothing ticked: nothing asked for
        (A-SYN-2). The cloud cannot tell what changed since: with an instant, older rows are read and dropped here, so
        after a change of the settings a run must be without one."""
        if not self._settings.sources:
            return PulledPage()
        at = cloud_pages.Cursor.of(cursor)
        return cloud_pages.page(self._listed(at.index), at, since, self._settings)

    def test(self) -> dict[str, Any]:
        """Proves e-mail and password, and tells how many leads the ticked sources have."""
        if not self._settings.sources:
            self._calls.login()
            return {"leads": 0}
        return {"leads": self._listed(0).get("total")}

    def _listed(self, index: int) -> dict[str, Any]:
        return self._calls.get("/leads", {"source": ",".join(self._settings.sources), "index": index})


def _given(text: str | None, field: str) -> str:
    if not text:
        raise Permanent("no_credentials", f"{field} is not set", field=field)
    return text
