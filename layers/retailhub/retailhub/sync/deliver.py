"""Deliver: one platform gets the present state of one record, at most once, and we remember what it has.

Crash anywhere and the next try finishes: a create is preceded by a pending link and a look-up, an update is absolute.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from retailhub.domain.changes import digest
from retailhub.domain.connections import Connection
from retailhub.domain.deliveries import Delivery
from retailhub.domain.errors import Contended, HubError, Permanent, Rejected, Temporary, Throttled, Unavailable
from retailhub.domain.flows import HUB, Flow, Known, On, feeding, travels, wanted
from retailhub.domain.identity import person_mark, remote_code
from retailhub.domain.instants import after, seconds_between
from retailhub.domain.records import Record
from retailhub.platforms.base import Remote, View
from retailhub.store import links, pulls, records
from retailhub.store.links import Link
from retailhub.store.table import Conflict, Key, link_key, remote_key
from retailhub.sync import in_charge
from retailhub.sync.hub import ATTEMPTS, Hub
from retailhub.sync.pull import SILENCE
from retailhub.sync.resume import soon

PAUSED_SECONDS = 60.0
FIRST_WAIT = 15.0
LONGEST_WAIT = 3600.0
OLD_DATA_SECONDS = 10.0
"""How long after a sync of old data its last rows may still be on their way through the queue."""
CREATE_SECONDS = 60.0
"""Longer than any worker lives: a create begun less than this ago may be under way in another one (F30)."""
ASKED: tuple[On, ...] = ("created", "updated")
"""What a person's push means, whatever the flows say (A-HRV-15)."""


def deliver(delivery: Delivery, hub: Hub) -> str:
    """Bring the platform up to date with the record; answers `created`, `updated`, `nothing`, `waiting` or `failed`.

    A platform's 429 or outage parks the delivery in its link; only our own table's trouble raises Temporary.
    """
    connection = hub.directory.connection(delivery.connection)
    begun: set[Key] = set()
    for _ in range(ATTEMPTS):
        record = records.load(hub.table, delivery.type, delivery.id)
        if connection is None or record is None:
            return "nothing"
        try:
            return Handover(record, connection, hub, ASKED if delivery.asked else (), begun).run()
        except Conflict:
            continue
    raise Contended("contended")


@dataclass
class Handover:
    """One try at handing one record to one platform, on reads of its own.

    extra: what is wanted whatever the flows say. begun: the creates that this delivery has begun, by link.
    """

    record: Record
    connection: Connection
    hub: Hub
    extra: tuple[On, ...] = ()
    begun: set[Key] = field(default_factory=set)

    def run(self) -> str:
        """Decide, call, settle; park or fail the link where the platform says so. Raises Conflict or Contended."""
        stored = links.load(self.hub.table, self.record.type, self.record.id, self.connection.id)
        self.link = stored or Link(self.record.type, self.record.id, self.connection.id)
        self.asked = self.extra == ASKED or self.link.asked
        self.version = self.record.version
        flows = self._flows()
        if not (flows or in_charge.owed(self.record, self.connection, self.hub, self.link)):
            return self._dropped()
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
        pushed = extra and travels(self.record)
        return flows + ([Flow("extra", HUB, target, self.record.type, extra)] if pushed else [])

    def _hand_over(self, flows: list[Flow]) -> str:
        self.platform = self.hub.open(self.connection)
        created = wanted(flows, self.record, self.link.remote_id, {}, {}) == {"create"}
        ready = self.record.type in self.platform.writes and self.platform.ready(self.record)
        if not ready or (self.link.remote_id is None and not created):
            return self._covered()
        view: View = self.platform.view(self.record, self._buyer())
        outcome = self._create(view) if created else "nothing"
        marks = {part: digest(value) for part, value in view.items()}
        parts = wanted(flows, self.record, self.link.remote_id, self.link.known, marks)
        # a create may have read the record anew: whoever was put in charge meanwhile has a delivery of their own
        parts |= in_charge.owed(self.record, self.connection, self.hub, self.link) & view.keys()
        if parts - {"create"}:
            return self._update(parts, view, marks, outcome)
        return outcome if created else self._covered()

    def _buyer(self) -> tuple[Record, Remote] | None:
        """The order's customer and who that is there; one whom the platform does not know yet goes first."""
        buyer = self.record.fields.buyer if self.record.type == "order" else None
        customer = records.load(self.hub.table, "customer", buyer.customer) if buyer and buyer.customer else None
        if customer is None:
            return None
        link = links.load(self.hub.table, "customer", customer.id, self.connection.id)
        if link is None or link.remote_id is None:
            link = self._customer_first(customer)
        return customer, Remote(str(link.remote_id), link.remote_code)

    def _customer_first(self, customer: Record) -> Link:
        """Raises Throttled while the customer waits or must be put right, Permanent if they never go there."""
        told = Handover(customer, self.connection, self.hub, ("created",), self.begun).run()
        link = links.load(self.hub.table, "customer", customer.id, self.connection.id)
        if link and link.remote_id:
            return link
        if told == "nothing":
            raise Permanent("customer_not_sent", "the order's customer does not go to this platform", field="buyer")
        wait = seconds_between(self.hub.clock(), link.due_at) if link and link.due_at else None
        raise Throttled("customer_first", "the customer could not be delivered before the order", retry_after=wait)

    def _create(self, view: View) -> str:
        """Pending link, look-up, create, settle: a lost answer or a crash leaves nothing doubled (F50)."""
        key, now = link_key(self.record.type, self.record.id, self.connection.id), self.hub.clock()
        recent = self.link.status == "pending" and now < after(self.link.pending_since, CREATE_SECONDS)
        if recent and key not in self.begun:
            raise Contended("create_under_way")
        if self.record.type == "customer" and self.platform.phone_is_identity and self._old_data_coming():
            raise Throttled("old_data_first", retry_after=OLD_DATA_SECONDS)
        begun, code, fields = bool(self.link.pending_since), remote_code(self.record.id), self.record.fields
        mark = person_mark(fields.phone, fields.name) if self.record.type == "customer" else ""
        self._store(replace(self.link, status="pending", pending_since=now, pending_as=mark, asked=self.asked))
        self.begun.add(key)
        remote, found = self._found_or_made(code, view, begun)
        known = {} if found else {part: digest(view[part]) for part in view.keys() - {in_charge.PART}}
        self._settle(remote, known, "found" if found else "created")
        return "updated" if found else "created"

    def _found_or_made(self, code: str, view: View, begun: bool) -> tuple[Remote, bool]:
        """The record there, and whether it was there already. A refused create may mean that our code is taken: by
        ourselves, before the table was set back to a day when we knew nothing of it (F78)."""
        if found := self.platform.find(self.record.type, code, view, begun=begun):
            return found, True
        try:
            return self.platform.create(self.record.type, code, view), False
        except Rejected:
            found = None if begun else self.platform.find(self.record.type, code, view, begun=True)
            if found is None:
                raise
            return found, True

    def _old_data_coming(self) -> bool:
        """True while the platform's own customers come in: among them may be this very person, under a spelling of the
        phone that a search there does not find but the hub does (A-CNV-4). A run that fell silent holds nobody up."""
        runs = [run for run in pulls.of_connection(self.hub.table, self.connection.id) if run.mode == "backfill"]
        lately, alive = (after(self.hub.clock(), -seconds) for seconds in (OLD_DATA_SECONDS, SILENCE))
        return any(
            "customer" in run.types and (run.finished_at or "~") > lately and run.beat_at > alive for run in runs
        )

    def _update(self, parts: set[str], view: View, marks: Known, outcome: str) -> str:
        remote = Remote(str(self.link.remote_id), self.link.remote_code)
        self.platform.update(self.record.type, remote, parts, view)
        known = {**self.link.known, **{part: marks[part] for part in parts}}
        done = self._clean(replace(self.link, known=known))
        self._store(done.noted(self.hub.clock(), "updated", parts=sorted(parts)))
        return outcome if outcome != "nothing" else "updated"

    def _settle(self, remote: Remote, known: Known, what: str) -> None:
        """The link, the pointer and the record's external id in one transaction. A record that moved on meanwhile is
        read again; a link that did is somebody else's news: Conflict."""
        link = self._clean(replace(self.link, remote_id=remote.id, remote_code=remote.code, known=known))
        link = link.noted(self.hub.clock(), what, remote_id=remote.id)
        pointer = self._pointer(remote)
        for _ in range(ATTEMPTS):
            external = {**self.record.external_ids, self.connection.id: remote.id}
            there = external == self.record.external_ids
            marked = [] if there else records.writes(self.record, replace(self.record, external_ids=external))
            try:
                self.hub.table.write(links.put(link), *pointer, *marked)
            except Conflict:
                self._again()
                continue
            self.link = replace(link, rev=link.rev + 1)
            return
        raise Conflict

    def _again(self) -> None:
        """The record as it is now. Raises Conflict if the link is no longer as we left it."""
        link = links.load(self.hub.table, self.record.type, self.record.id, self.connection.id)
        record = records.load(self.hub.table, self.record.type, self.record.id)
        if link is None or record is None or link.rev != self.link.rev:
            raise Conflict
        self.record = record

    def _pointer(self, remote: Remote) -> list[Any]:
        held = self.hub.table.get(remote_key(self.connection.id, self.record.type, remote.id))
        if held and held["record"] != self.record.id:
            raise Permanent("already_linked", f"that record there belongs to {held['record']}")
        return [] if held else [links.pointer(self.connection.id, self.record.type, remote.id, self.record.id)]

    def _covered(self) -> str:
        """Nothing to say: remember that this version is covered, so that reconcile does not ask again."""
        if self.link.rev and (self.link.version < self.version or self.link.status != "settled"):
            self._store(self._clean(self.link))
        return "nothing"

    def _dropped(self) -> str:
        """No flow wants it (any more): what waits need not be tried again."""
        if self.link.status == "waiting":
            self._store(replace(self._clean(self.link), version=self.link.version))
        return "nothing"

    def _clean(self, link: Link) -> Link:
        """The link with nothing open any more."""
        done = replace(link, status="settled", version=self.version, asked=False, attempts=0)
        return replace(done, due_at="", error={}, pending_since="", pending_as="")

    def _park(self, error: Temporary) -> str:
        """Wait in the link, without sleeping and without burning receive counts."""
        attempts = self.link.attempts + 1
        wait = error.retry_after or min(FIRST_WAIT * 2 ** min(attempts - 1, 10), LONGEST_WAIT)
        waiting = replace(self.link, status="waiting", due_at=after(self.hub.clock(), wait), attempts=attempts)
        self._store(replace(waiting, asked=self.asked, error=self._error(error), group=self.record.group))
        if soon(error):
            self.hub.queues.send_resumption(self.connection.id, self.hub.clock())
        return "waiting"

    def _fail(self, error: Permanent) -> str:
        gone = isinstance(error, Rejected) and error.status == 404 and self.link.remote_id is not None
        link = replace(self.link, remote_id=None, remote_code=None, known={}) if gone else self.link
        failed = replace(link, status="failed", attempts=link.attempts + 1, error=self._error(error), asked=self.asked)
        self._store(replace(failed, due_at="").noted(self.hub.clock(), "failed", code=error.code))
        return "failed"

    def _error(self, error: HubError) -> dict[str, Any]:
        return {"code": error.code, "message": str(error)[:300], "field": error.field, "at": self.hub.clock()}

    def _store(self, link: Link) -> None:
        self.hub.table.write(links.put(link))
        self.link = replace(link, rev=link.rev + 1)
