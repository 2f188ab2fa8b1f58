"""Who is it? A platform's record is found by its id there, by our code, then by the connection's identity policy: by
phone, by the fields that must be unique, or (Haravan) by nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from retailhub.domain import duplicates
from retailhub.domain.errors import Permanent, Throttled
from retailhub.domain.identity import hub_id_of, person_mark, record_id
from retailhub.domain.membership import awaits_haravan
from retailhub.domain.merging import with_fields
from retailhub.domain.phones import e164
from retailhub.domain.records import Record, RecordType, Ref, Snapshot
from retailhub.rules import duplicates as duplicate_rules
from retailhub.rules.drafts import Draft
from retailhub.store import claims, links, records, reviews
from retailhub.store.links import Link
from retailhub.store.reviews import Review
from retailhub.store.table import claim_key, link_key, record_key, remote_key, with_phone
from retailhub.sync import joining, matching

ORIGINAL_SECONDS = 900.0
ORIGINAL_TRIES = 6
"""Twice the wait after each try, sixteen hours in all: time for a long backfill of the other side, and over before the
next night's comparison lists the record again."""


@dataclass(frozen=True)
class Linked:
    """A record (rev 0: not stored yet) and its link; `new` if the platform's id was not known before."""

    record: Record
    link: Link
    new: bool


@dataclass(frozen=True)
class Lookup:
    """Finds the records behind one connection's words; what it finds or makes goes into the draft.

    tried: how often these words were taken up before.
    """

    draft: Draft
    source: Any
    connection: str
    at: str
    tried: int = 0

    def known(self, record_type: RecordType, source_id: str) -> Linked | None:
        """The record behind a platform's id: two reads, or one for an unknown id."""
        pointer = self.draft.item(remote_key(self.connection, record_type, source_id))
        if pointer is None:
            return None
        keys = record_key(record_type, pointer["record"]), link_key(record_type, pointer["record"], self.connection)
        found = self.draft.table.get_many(keys)
        record = records.from_item(found[keys[0]]) if keys[0] in found else None
        link = Link(record_type, pointer["record"], self.connection)
        return Linked(record, links.from_item(found[keys[1]]) if keys[1] in found else link, False) if record else None

    def introduced(self, snapshot: Snapshot) -> Linked:
        """The record that an unknown platform id belongs to: one of ours, a known person, or a new one.

        Raises Undecided where it may be several of ours, Throttled, in the end Permanent, for a record under a code of
        ours that we know nothing of."""
        if snapshot.person:
            return Linked(*joining.joined(self, snapshot), new=True)
        for candidate in self._candidates(snapshot):
            linked = self._adoptable(snapshot, candidate)
            if linked:
                self._warn(snapshot, linked.record)
                return linked
        if linked := self._matched(snapshot):
            return linked
        self._await_original(snapshot)
        hub_id = record_id(snapshot.type, self.connection, snapshot.source_id)
        born = records.born(snapshot.type, hub_id, origin=self.connection, by=self.connection, at=self.at)
        return Linked(born, Link(snapshot.type, hub_id, self.connection), new=True)

    def _await_original(self, snapshot: Snapshot) -> None:
        """What we made there once, before the table was set back or begun anew (F78), is no news from there: taken for
        new it would travel back to where it was born, as a twin. Its original comes with its birthplace's listing."""
        ours = hub_id_of(snapshot.code)
        if ours is None or self.draft.record(snapshot.type, ours):
            return
        if self.tried >= ORIGINAL_TRIES:
            raise Permanent("original_unknown", "made by us, but from no record that we know", field="code")
        raise Throttled("original_unknown", retry_after=ORIGINAL_SECONDS * 2**self.tried)

    def referred(self, ref: Ref) -> Record:
        """The record that another one refers to; a stub is drafted if it has not come yet (A-HRV-14)."""
        pointer = self.draft.item(remote_key(self.connection, ref.type, ref.source_id))
        found = self.draft.record(ref.type, pointer["record"]) if pointer else None
        return found or self._stub(matching.told(self.draft, self.source, self.connection, ref))

    def claim(self, before: Record | None, after: Record, *, fresh: bool) -> bool:
        """Let the customer hold the claim on their phone where phones tell people apart. False: somebody else has it.

        fresh: the record is new to this connection. A claim once held moves with the phone, whoever changes that.
        Customers who are only known from an order or contract get their claims on unique values here too."""
        self._met(after)
        old, new = _identity(before), _identity(after)
        if old == new and not fresh:
            return True
        held = old is not None and old != new and self._release(old, after.id)
        if new is None or not (self.source.phone_is_identity or held):
            return True
        return self._take(new, after.id)

    def _stub(self, ref: Ref) -> Record:
        try:
            linked = self.introduced(Snapshot(ref.type, ref.source_id, fields=dict(ref.stub), code=ref.code))
        except matching.Undecided:
            raise matching.BuyerUndecided(self.tried) from None
        record = linked.record
        if record.rev == 0:
            fields = with_fields(ref.type, record.fields, ref.stub)
            record = record.revised(fields, by=self.connection, at=self.at)
        standing = linked.link.remote_id if self.source.provisional(ref.source_id) else None
        real = standing or ref.source_id
        record = replace(record, external_ids={**record.external_ids, self.connection: real})
        code = ref.code or linked.link.remote_code
        self.draft.keep(record)
        self.draft.link(replace(linked.link, remote_id=real, remote_code=code, status="settled"))
        self.draft.add(links.pointer(self.connection, ref.type, ref.source_id, record.id))
        self.claim(None, record, fresh=True)
        return record

    def _candidates(self, snapshot: Snapshot) -> Iterator[str | None]:
        """Hub ids of records that this may be, most certain first."""
        yield hub_id_of(snapshot.code)
        phone = e164(snapshot.fields.get("phone")) if snapshot.type == "customer" else None
        if phone and self.source.phone_is_identity:
            holder = self.draft.item(claim_key("phone", phone))
            yield holder["record"] if holder else None
        elif phone and "customer" in getattr(self.source, "writes", ()):
            there = [item["id"] for item in self.draft.table.query(with_phone(phone), index="related", limit=20).items]
            yield from self._awaited(snapshot, phone, there)
            if snapshot.fields.get("vendor_id"):
                yield from self._opening_members(phone, there)

    def _matched(self, snapshot: Snapshot) -> Linked | None:
        """The one record of ours that agrees in a unique field, or that a person has chosen (A-DUP-2, A-KV-11)."""
        if not matching.asks(self.draft, self.connection, snapshot):
            return None
        review = matching.review_of(self.draft, self.connection, snapshot.type, snapshot.source_id)
        linked = self._chosen(snapshot, review)
        if review.rev:
            self.draft.add(reviews.over(review))
        return linked

    def _chosen(self, snapshot: Snapshot, review: Review) -> Linked | None:
        """A decision that has become impossible meanwhile is asked for again."""
        if review.decision == reviews.NEW:
            return None
        decided = self._adoptable(snapshot, review.decision)
        if decided and duplicates.living(decided.record):
            return decided
        found = matching.matches(self.draft, snapshot)
        free = {one: linked for one in found if (linked := self._adoptable(snapshot, one))}
        if len(found) > 1 and free:
            candidates = {one: found[one][1] for one in free}
            matching.ask(self.draft, replace(review, candidates=candidates), self.at)
        linked = next(iter(free.values()), None)
        if linked:
            self.draft.matched = tuple(found[linked.record.id][1])
        return linked

    def _warn(self, snapshot: Snapshot, record: Record) -> None:
        """Several customers with the phone: it goes to the oldest, and the review list warns of it (A-CNV-4)."""
        phone = e164(snapshot.fields.get("phone")) if snapshot.type == "customer" else None
        claim = self.draft.item(claim_key("phone", phone)) if phone and self.source.phone_is_identity else None
        named = claims.places(claim)
        behind = named[1:] if named and named[0].id == record.id else []
        others = [self.draft.record("customer", place.id) for place in behind]
        double = [one.id for one in others if one and _identity(one) == phone]
        if double:
            review = matching.review_of(self.draft, self.connection, snapshot.type, snapshot.source_id)
            candidates = {one: ["phone"] for one in (record.id, *double)}
            self.draft.add(reviews.put(replace(review, candidates=candidates, at=self.at, linked=record.id)))

    def _met(self, after: Record) -> None:
        """Whom the order or contract names for the first time."""
        recipient = getattr(after.fields, "recipient", None)
        for customer in dict.fromkeys((after.customer, recipient.customer if recipient else None)):
            record = self.draft.record("customer", customer) if customer else None
            if record and not record.rev:
                self.draft.keep(duplicate_rules.met(self.draft, record))

    def _awaited(self, snapshot: Snapshot, phone: str, there: list[str]) -> Iterator[str]:
        """Customers whom we are creating there at this moment, or tried to when the answer was lost: a platform
        without codes tells us of them before we know their id (F50, F58)."""
        mark = person_mark(phone, snapshot.fields.get("name"))
        for customer in there:
            link = links.load(self.draft.table, "customer", customer, self.connection)
            if link and link.remote_id is None and link.pending_as == mark:
                yield link.record

    def _opening_members(self, phone: str, there: list[str]) -> Iterator[str]:
        """A member of the opening file whom the first Haravan customer with their phone turns out to be (A-HL-6)."""
        for customer in there:
            record = self.draft.record("customer", customer)
            if record and awaits_haravan(record.fields, phone, deleted=record.deleted):
                yield record.id

    def _adoptable(self, snapshot: Snapshot, hub_id: str | None) -> Linked | None:
        """A stored record that has no other counterpart on this connection yet."""
        record = self.draft.record(snapshot.type, hub_id) if hub_id else None
        if record is None:
            return None
        link = links.load(self.draft.table, snapshot.type, record.id, self.connection)
        link = link or Link(snapshot.type, record.id, self.connection)
        free = link.remote_id in (None, snapshot.source_id)
        stands_in = self.source.provisional(snapshot.source_id) or self.source.provisional(link.remote_id or "")
        return Linked(record, link, new=True) if free or stands_in else None

    def _take(self, phone: str, record: str) -> bool:
        """Claim the phone; False if somebody else holds it."""
        for write in claims.taken(self.draft.item, record, phone):
            self.draft.add(write)
        holder = self.draft.item(claim_key("phone", phone))
        if holder is None or holder["record"] == record:
            return True
        for write in claims.behind(holder, record):
            self.draft.add(write)
        return False

    def _release(self, phone: str, record: str) -> bool:
        """Give up the claim on a phone; False if it was not held."""
        given_up = claims.released(self.draft.item, record, phone)
        for write in given_up:
            self.draft.add(write)
        return bool(given_up)


def _identity(record: Record | None) -> str | None:
    """The phone that tells a customer apart; somebody removed gives theirs free."""
    if record is None or record.type != "customer" or record.deleted:
        return None
    return e164(record.fields.phone)
