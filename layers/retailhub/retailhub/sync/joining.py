"""Whose profile is it? What a loyalty programme tells joins the shop's customer; it never makes one (R-HL-05)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retailhub.domain.errors import Permanent, Throttled, Unwanted
from retailhub.domain.membership import standing
from retailhub.domain.records import Person, Record, Snapshot
from retailhub.store import links, reviews
from retailhub.store.links import Link
from retailhub.store.table import remote_key, with_phone
from retailhub.sync import matching

if TYPE_CHECKING:
    from retailhub.sync.resolve import Lookup

FIRST_WAIT, TRIES = 900.0, 6
"""Twice the wait after each try, sixteen hours in all: time for a long backfill of the shop, and over before the next
night's comparison lists the profile again."""
MOST_WITH_PHONE = 50


def joined(lookup: Lookup, snapshot: Snapshot) -> tuple[Record, Link]:
    """The customer whom an unknown profile belongs to, and the link that their profile will have.

    Whoever has Haravan's id of the profile on the configured connection, else the only member or customer of Haravan's
    with its phone. Raises Undecided for several, Throttled for nobody yet, in the end Permanent; Permanent at once if
    the profile names nobody or its customer has another one; Unwanted if a person said that it is nobody of ours.
    """
    review = matching.review_of(lookup.draft, lookup.connection, snapshot.type, snapshot.source_id)
    if review.decision == reviews.NEW:
        raise Unwanted("nobody_of_ours")
    chosen = lookup.draft.record("customer", review.decision) if review.decision else None
    found = [chosen] if chosen else _people(lookup, snapshot.person or Person())
    free = [(record, link) for record in found if (link := _free(lookup, record, snapshot.source_id))]
    if len(found) > 1 and free:
        candidates = {record.id: ["phone"] for record, _ in free}
        matching.ask(lookup.draft, replace(review, candidates=candidates), lookup.at)
    if not found:
        raise _nobody(lookup, snapshot.person or Person())
    if not free:
        raise Permanent("has_another_profile", "the customer is joined to another profile")
    if review.rev:
        lookup.draft.add(reviews.over(review))
    return free[0]


def _people(lookup: Lookup, person: Person) -> list[Record]:
    known = _by_id(lookup, person)
    return [known] if known else _by_phone(lookup, person)


def _by_id(lookup: Lookup, person: Person) -> Record | None:
    """Haravan's customer, removed or not: its mark stays as it is."""
    shop = _shop(lookup)
    pointer = lookup.draft.item(remote_key(shop, "customer", person.source_id)) if shop and person.source_id else None
    return lookup.draft.record("customer", pointer["record"]) if pointer else None


def _by_phone(lookup: Lookup, person: Person) -> list[Record]:
    """Members and Haravan's customers with the phone. Of a profile that tells Haravan's id only who has that one, or
    none at all; of the others only who is in the configured shop, or in none."""
    if not person.phone:
        return []
    page = lookup.draft.table.query(with_phone(person.phone), index="related", limit=MOST_WITH_PHONE)
    told = [lookup.draft.record("customer", item["id"]) for item in page.items]
    people = [one for one in told if one and _counts(one) and one.fields.phone == person.phone]
    if person.source_id:
        exact = [one for one in people if one.fields.vendor_id == person.source_id]
        return exact or [one for one in people if not one.fields.vendor_id]
    shop = _shop(lookup)
    return [one for one in people if shop is None or shop in one.external_ids or not one.fields.vendor_id]


def _counts(record: Record) -> bool:
    return not (record.deleted or record.fields.recipient_of or record.fields.guest) and bool(standing(record.fields))


def _shop(lookup: Lookup) -> str | None:
    """The Haravan connection whose customers the profiles belong to."""
    shop: str | None = getattr(lookup.source, "haravan", None)
    return shop


def _free(lookup: Lookup, record: Record, source_id: str) -> Link | None:
    """The customer's link to the programme, unless another living profile has it."""
    link = links.load(lookup.draft.table, "customer", record.id, lookup.connection)
    if link is None:
        return Link("customer", record.id, lookup.connection)
    return link if link.gone or link.remote_id in (None, source_id) else None


def _nobody(lookup: Lookup, person: Person) -> Throttled | Permanent:
    """Their customer may come with the shop's own data; but not for ever."""
    if not person.phone and not (person.source_id and _shop(lookup)):
        return Permanent("nobody_told", "the profile has neither a phone nor an id of a known shop", field="phone")
    if lookup.tried >= TRIES:
        return Permanent("customer_not_here_yet", "nobody in the hub is the profile's customer")
    return Throttled("customer_not_here_yet", retry_after=FIRST_WAIT * 2**lookup.tried)
