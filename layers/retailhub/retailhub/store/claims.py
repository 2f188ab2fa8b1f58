"""Claims on phones: who holds one is found again by the phone (A-CNV-4)."""

from collections.abc import Callable

from retailhub.store.table import ABSENT, Delete, Item, Key, Put, Write, claim_key

Read = Callable[[Key], Item | None]
"""How a single item is read."""


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
