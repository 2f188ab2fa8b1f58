"""CNV Loyalty as the hub's source (open platform, polled) and destination (partner API) (cnv_loyalty.md)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from retailhub.domain.connections import Connection, Secret
from retailhub.domain.errors import Malformed, Permanent
from retailhub.domain.merging import Merge
from retailhub.domain.records import Order, Record, RecordType, Snapshot
from retailhub.platforms.base import PulledPage, Remote, View
from retailhub.platforms.budget import Budget
from retailhub.platforms.cnv_loyalty import mapping, outgoing
from retailhub.platforms.cnv_loyalty.partner import Partner
from retailhub.platforms.cnv_loyalty.polling import Polling
from retailhub.platforms.cnv_loyalty.settings import Settings
from retailhub.platforms.entered import entered
from retailhub.platforms.http import Pacer

OPEN_PLATFORM = "https://apis.cnvloyalty.com"
NOBODYS_PHONE = "0900000000"


class CnvLoyalty:
    """One business at CNV. It only adds: what another system keeps of a record is not overwritten (A-CNV-1).

    shows: the parts of a view that reading a record can tell; statuses that we pushed never come back (§B.2), so a
    poll must not be taken for proof that CNV has them.
    """

    merge: Merge = "blanks"
    reads: tuple[RecordType, ...] = ("customer", "order")
    writes: tuple[RecordType, ...] = ("customer", "product", "order")
    phone_is_identity = True
    budget = Budget(10, 5.0)
    shows = frozenset({"content"})

    def __init__(
        self,
        connection: Connection,
        secret: Secret,
        url: str | None,
        pacer: Pacer,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`url` stands in for both families' addresses. Raises Permanent for settings that cannot work."""
        self._connection, self._settings = connection, entered(Settings, connection.settings)
        keys = secret.credentials
        self._partner = Partner(
            url or self._settings.partner_url, keys.get("client_id", ""), keys.get("client_secret", ""), pacer
        )
        self._polling = Polling(
            url or OPEN_PLATFORM, keys.get("access_token", ""), self._settings.path_prefix, pacer, clock
        )

    def test(self) -> dict[str, Any]:
        """One cheap call per family that is configured. Raises Rejected 401 for wrong credentials."""
        if not (self._polling.configured or self._partner.configured):
            raise Permanent("no_credentials", "access_token or client_id, client_secret", field="access_token")
        if self._polling.configured:
            self._polling.probe()
        if self._partner.configured:
            self._partner.knows_phone(NOBODYS_PHONE)
        return {"open_platform": self._polling.configured, "partner_api": self._partner.configured}

    def snapshot(self, record_type: RecordType, payload: Any) -> Snapshot:
        """See `Source`."""
        return mapping.snapshot(record_type, payload, self._settings)

    def read(self, record_type: RecordType, source_id: str) -> Any | None:
        """See `Source`. Raises Rejected for a provisional id (409)."""
        return self._polling.one(record_type, source_id)

    def pages(self, record_type: RecordType, since: str | None, cursor: str | None) -> PulledPage:
        """See `Source`: oldest change first, nothing lost at the cut of 10,000 rows."""
        return self._polling.page(record_type, since, cursor)

    def provisional(self, remote_id: str) -> bool:
        """Whether an id stands in for one that CNV has not shown yet: our own code (the partner API answers no id), or
        a guest's phone. The record with CNV's id takes its place when a poll brings it."""
        return bool(remote_id) and not remote_id.isdecimal()

    def ready(self, record: Record) -> bool:
        """Whether it is time to push: customers once they have a phone (CNV requires it), orders of customers at the
        moment that CNV counts from (A-CNV-5), and from then on always."""
        if record.type == "customer":
            return bool(record.fields.phone)
        if record.type != "order" or self._connection.id in record.external_ids:
            return record.type in self.writes
        order: Order = record.fields
        if order.order_type != "sale" or order.buyer is None:
            return False
        return {
            "created": True,
            "approved": order.order_status in ("confirmed", "closed"),
            "paid": order.payment_status == "paid" and order.order_status != "cancelled",
        }[self._settings.send_orders_on]

    def view(self, record: Record, buyer: tuple[Record, Remote] | None) -> View:
        """See `Destination`."""
        if record.type == "order":
            return outgoing.order_view(record, buyer, self._settings)
        if record.type == "product":
            return outgoing.product_view(record)
        if record.type == "customer":
            return outgoing.customer_view(record)
        raise Malformed("unknown_type", field="type")

    def find(
        self,
        record_type: RecordType,
        code: str,
        view: View,
        *,
        begun: bool = True,  # noqa: ARG002 - of the protocol
    ) -> Remote | None:
        """See `Destination`: customers by phone."""
        return self._partner.find(record_type, code, view)

    def create(self, record_type: RecordType, code: str, view: View) -> Remote:
        """See `Destination`; an upsert under our code."""
        return self._partner.create(record_type, code, view)

    def update(self, record_type: RecordType, remote: Remote, parts: set[str], view: View) -> None:
        """See `Destination`."""
        self._partner.update(record_type, remote, parts, view)
