"""Deliver: one platform gets the present state of one record, at most once, and we remember what it has.

Crash anywhere and the next try finishes: a create is preceded by a pending link and a look-up, an update is absolute.
"""

from dataclasses import dataclass, replace
from typing import Any

from retailhub.domain.changes import digest
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery
from retailhub.domain.errors import Contended, HubError, Permanent, Rejected, Temporary, Throttled, Unavailable
from retailhub.domain.flows import HUB, Flow, On, feeding, wanted
from retailhub.domain.identity import remote_code
from retailhub.domain.instants import after
from retailhub.domain.records import Record
from retailhub.platforms.base import Remote, View
from retailhub.store import links, records
from retailhub.store.links import Link
from retailhub.store.table import Conflict, remote_key
from retailhub.sync.hub import ATTEMPTS, Hub

PAUSED_SECONDS = 60.0
FIRST_WAIT = 15.0
LONGEST_WAIT = 3600.0
ASKED: tuple[On, ...] = ("created", "updated")
"""What a person's push means, whatever the flows say (A-HRV-15)."""


def deliver(delivery: Delivery, hub: Hub) -> str:
    """Bring the platform up to date with the record; answers `created`, `updated`, `nothing`, `waiting` or `failed`.

    A platform's 429 or outage parks the delivery in its link; only our own table's trouble raises Temporary.
    """
    connection = hub.directory.connection(delivery.connection)
    record = records.load(hub.table, delivery.type, delivery.id)
    if connection is None or record is None:
        return "nothing"
    for _ in range(ATTEMPTS):
        try:
            return Handover(record, connection, hub, ASKED if delivery.asked else ()).run()
        except Conflict:
            record = records.load(hub.table, delivery.type, delivery.id) or record
    raise Contended("contended")


@dataclass
class Handover:
    """One try at handing one record to one platform, on reads of its own."""

    record: Record
    connection: Connection
    hub: Hub
    extra: tuple[On, ...] = ()

    def run(self) -> str:
        """Decide, call, settle; park or fail the link where the platform says so."""
        stored = links.load(self.hub.table, self.record.type, self.record.id, self.connection.id)
        self.link = stored or Link(self.record.type, self.record.id, self.connection.id)
        self.asked = self.extra == ASKED or self.link.asked
        flows = self._flows()
        if not flows:
            return "nothing"
        if self.connection.paused:
            return self._park(Throttled("paused", retry_after=PAUSED_SECONDS))
        try:
            return self._hand_over(flows)
        except (Throttled, Unavailable) as error:
            return self._park(error)
        except Permanent as error:
            return self._fail(error)

    def _flows(self) -> list[Flow]:
        target = self.connection.id
        flows = [f for f in feeding(self.hub.directory.flows(), self.record) if f.to_connection == target]
        extra = ASKED if self.asked else self.extra
        return flows + ([Flow("extra", HUB, target, self.record.type, extra)] if extra else [])

    def _hand_over(self, flows: list[Flow]) -> str:
        self.platform = self.hub.open(self.connection)
        if self.record.type not in self.platform.writes or not self.platform.ready(self.record):
            return self._covered()
        created = wanted(flows, self.record, self.link.remote_id, {}, {}) == {"create"}
        if not created and self.link.remote_id is None:
            return "nothing"
        view: View = self.platform.view(self.record, self._buyer())
        outcome = self._create(view) if created else "nothing"
        marks = {part: digest(value) for part, value in view.items()}
        parts = wanted(flows, self.record, self.link.remote_id, self.link.known, marks)
        if parts - {"create"}:
            return self._update(parts, view, marks, outcome)
        return outcome if created else self._covered()

    def _buyer(self) -> tuple[Record, Remote] | None:
        """The order's customer and who that is there; the customer goes first if the platform does not know them yet."""
        buyer = self.record.fields.buyer if self.record.type == "order" else None
        if buyer is None or buyer.customer is None:
            return None
        customer = records.load(self.hub.table, "customer", buyer.customer)
        if customer is None:
            return None
        link = self._link_of(customer)
        if link is None or link.remote_id is None:
            raise Unavailable("customer_first", "the customer could not be delivered before the order")
        return customer, Remote(link.remote_id, link.remote_code)

    def _link_of(self, customer: Record) -> Link | None:
        link = links.load(self.hub.table, "customer", customer.id, self.connection.id)
        if link is None or link.remote_id is None:
            Handover(customer, self.connection, self.hub, extra=("created",)).run()
            link = links.load(self.hub.table, "customer", customer.id, self.connection.id)
        return link

    def _create(self, view: View) -> str:
        """Pending link, look-up, create, settle: a lost answer or a crash leaves nothing doubled (F50)."""
        code = remote_code(self.record.id)
        self._store(replace(self.link, status="pending", pending_since=self.hub.clock(), asked=self.asked))
        found = self.platform.find(self.record.type, code, view)
        remote = found or self.platform.create(self.record.type, code, view)
        known = {} if found else {part: digest(value) for part, value in view.items()}
        self._settle(remote, known, "found" if found else "created")
        return "updated" if found else "created"

    def _update(self, parts: set[str], view: View, marks: dict[str, str], outcome: str) -> str:
        remote = Remote(str(self.link.remote_id), self.link.remote_code)
        self.platform.update(self.record.type, remote, parts, view)
        known = {**self.link.known, **{part: marks[part] for part in parts}}
        self._store(self._clean(replace(self.link, known=known)).noted(self.hub.clock(), "updated", parts=sorted(parts)))
        return outcome if outcome != "nothing" else "updated"

    def _settle(self, remote: Remote, known: dict[str, str], what: str) -> None:
        """The link, the pointer and the record's external id in one transaction."""
        link = self._clean(replace(self.link, remote_id=remote.id, remote_code=remote.code, known=known))
        link = link.noted(self.hub.clock(), what, remote_id=remote.id)
        external = {**self.record.external_ids, self.connection.id: remote.id}
        record = replace(self.record, external_ids=external)
        writes = [links.put(link), *self._pointer(remote), *([] if record == self.record else [records.put(record)])]
        self.hub.table.write(*writes)
        self.link = replace(link, rev=link.rev + 1)
        self.record = replace(record, rev=record.rev + int(record != self.record))

    def _pointer(self, remote: Remote) -> list[Any]:
        held = self.hub.table.get(remote_key(self.connection.id, self.record.type, remote.id))
        if held and held["record"] != self.record.id:
            raise Permanent("already_linked", f"that record there belongs to {held['record']}")
        return [] if held else [links.pointer(self.connection.id, self.record.type, remote.id, self.record.id)]

    def _covered(self) -> str:
        """Nothing to say: remember that this version is covered, so that reconcile does not ask again."""
        if self.link.rev and (self.link.version < self.record.version or self.link.status != "settled"):
            self._store(self._clean(self.link))
        return "nothing"

    def _clean(self, link: Link) -> Link:
        """The link with nothing open any more."""
        return replace(
            link, status="settled", version=self.record.version, due_at="", asked=False, attempts=0, error={}, pending_since=""
        )

    def _park(self, error: Temporary) -> str:
        """Wait in the link, without sleeping and without burning receive counts (design §2)."""
        attempts = self.link.attempts + 1
        wait = error.retry_after or min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)
        due = after(self.hub.clock(), wait)
        waiting = replace(
            self.link, status="waiting", due_at=due, attempts=attempts, asked=self.asked, error=self._error(error)
        )
        self._store(replace(waiting, group=records.group_of(self.record)))
        return "waiting"

    def _fail(self, error: Permanent) -> str:
        gone = isinstance(error, Rejected) and error.status == 404 and self.link.remote_id is not None
        link = replace(self.link, remote_id=None, remote_code=None, known={}) if gone else self.link
        failed = replace(link, status="failed", attempts=link.attempts + 1, error=self._error(error), asked=self.asked)
        self._store(failed.noted(self.hub.clock(), "failed", code=error.code))
        return "failed"

    def _error(self, error: HubError) -> dict[str, Any]:
        return {"code": error.code, "message": str(error)[:300], "field": error.field, "at": self.hub.clock()}

    def _store(self, link: Link) -> None:
        self.hub.table.write(links.put(link))
        self.link = replace(link, rev=link.rev + 1)
