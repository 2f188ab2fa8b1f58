"""Claims on phones as the office moves them: who holds the claim is found again by the phone (A-CNV-4)."""

from retailhub.store.table import ABSENT, Delete, Put, Table, Write, claim_key


def moved(table: Table, record_id: str, old: str | None, new: str | None) -> list[Write]:
    """What to write when a customer's phone changes; a claim that somebody else holds stays theirs."""
    if old == new:
        return []
    return [*_released(table, record_id, old), *_taken(table, record_id, new)]


def _released(table: Table, record_id: str, phone: str | None) -> list[Write]:
    holder = table.get(claim_key("phone", phone)) if phone else None
    if phone and holder and holder["record"] == record_id:
        return [Delete(claim_key("phone", phone), expect=holder["rev"])]
    return []


def _taken(table: Table, record_id: str, phone: str | None) -> list[Write]:
    if not phone or table.get(claim_key("phone", phone)):
        return []
    pk, sk = claim_key("phone", phone)
    return [Put({"pk": pk, "sk": sk, "record": record_id}, expect=ABSENT)]
