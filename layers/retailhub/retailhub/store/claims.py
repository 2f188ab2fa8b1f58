"""Claims on values: whose phone it is (A-CNV-4), and who has a value of a field that must be unique (A-DUP-6)."""

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from retailhub.domain.changes import digest
from retailhub.store.table import ABSENT, Delete, Item, Key, Put, Write, claim_key

Read = Callable[[Key], Item | None]
"""How a single item is read."""
LONGEST = 100
"""Letters of a value that stand in its key; a longer one is told by its fingerprint."""
KEPT = 20
"""Records that a claim names: the holder, and after them those that have the value too."""


class Place(NamedTuple):
    """A record by its type and id."""

    type: str
    id: str


def unique_key(field: str, value: str) -> Key:
    """Key of the claim on a unique field's value, in the form in which values are compared."""
    return claim_key(f"unique.{field}", value if len(value) <= LONGEST else f"={digest(value)}")


def places(item: Item | None) -> list[Place]:
    """The records that a claim names: the holder first."""
    if item is None:
        return []
    others = [Place(*other) for other in json.loads(item.get("others", "[]"))]
    return [Place(item.get("type", "customer"), item["record"]), *others]


def named(key: Key, named_now: Sequence[Place], rev: int) -> Write:
    """Let the claim name these records, the first of them as its holder; without any it is over. rev: as it was read,
    ABSENT for a new one. It is always a write: whoever took the claim for stale meanwhile must lose the race."""
    if not named_now:
        return Delete(key, expect=rev)
    holder, *others = named_now[:KEPT]
    item = {"pk": key[0], "sk": key[1], "record": holder.id, "type": holder.type}
    return Put(item | ({"others": json.dumps(others)} if others else {}), expect=rev)


def moved(read: Read, record_id: str, old: str | None, new: str | None) -> list[Write]:
    """What to write when a customer's phone changes; a claim that somebody else holds stays theirs."""
    if old == new:
        return []
    return [*released(read, record_id, old), *taken(read, record_id, new)]


def released(read: Read, record_id: str, phone: str | None) -> list[Write]:
    """What to write when a customer gives up a phone: nothing if they do not hold the claim on it."""
    holder = read(claim_key("phone", phone)) if phone else None
    if phone and holder and holder["record"] == record_id:
        return [Delete(claim_key("phone", phone), expect=holder["rev"])]
    return []


def taken(read: Read, record_id: str, phone: str | None) -> list[Write]:
    """What to write when a customer claims a phone: nothing if somebody holds it."""
    if not phone or read(claim_key("phone", phone)):
        return []
    pk, sk = claim_key("phone", phone)
    return [Put({"pk": pk, "sk": sk, "record": record_id}, expect=ABSENT)]


def behind(item: Item, record_id: str) -> list[Write]:
    """What to write when a customer has a phone that somebody else holds: the claim tells of them too (A-CNV-4)."""
    named_now = places(item)
    if Place("customer", record_id) in named_now or len(named_now) >= KEPT:
        return []
    return [named((item["pk"], item["sk"]), [*named_now, Place("customer", record_id)], item["rev"])]
