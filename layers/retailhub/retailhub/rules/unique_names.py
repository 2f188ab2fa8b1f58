"""Names, codes and keys that must be unique within their kind: each is claimed in the transaction that writes it."""

from retailhub.domain.catalogues import BUILT_IN_KEYS
from retailhub.domain.definitions import Definition, Field, same
from retailhub.domain.directories import KEPT
from retailhub.domain.kinds import DEFAULT_TYPE
from retailhub.domain.records import Record
from retailhub.domain.refusals import Clash
from retailhub.rules.drafts import Draft
from retailhub.store.table import ABSENT, Delete, Key, Put, claim_key


def claimed(draft: Draft, before: Record | None, after: Record) -> None:
    """Draft the claims on the record's unique fields: those it gives up, those it takes.

    Raises Clash `duplicate_<field>` with the id of who holds one.
    """
    held, wanted = claims(before), claims(after)
    for key in held:
        item = draft.item(key) if key not in wanted else None
        if item and item["record"] == after.id:
            draft.add(Delete(key, expect=item["rev"]))
    for key, field in wanted.items():
        holder = after.id if key in held else holder_of(draft, key)
        if holder and holder != after.id:
            raise Clash(f"duplicate_{field}", field=field, existing=holder)
        if holder is None:
            draft.add(Put({"pk": key[0], "sk": key[1], "record": after.id}, expect=ABSENT))


def claims(record: Record | None) -> dict[Key, str]:
    """The claims that a record needs, each with the field that it is for; one that is removed needs none."""
    definition = KEPT.get(record.type) if record else None
    if record is None or definition is None or record.deleted:
        return {}
    keys = {_key(definition, field, record): field.name for field in definition.unique}
    return {key: field for key, field in keys.items() if key}


def holder_of(draft: Draft, key: Key) -> str | None:
    """Who holds a claim: a record, or a source that is there without being stored."""
    reserved = _RESERVED.get(key)
    if reserved:
        return reserved
    item = draft.item(key)
    return str(item["record"]) if item else None


def _key(definition: Definition, field: Field, record: Record) -> Key | None:
    value = same(getattr(record.fields, field.name))
    if not value:
        return None
    if field.unique == "siblings":
        value = f"{record.fields.parent or DEFAULT_TYPE}#{value}"
    return claim_key(f"{definition.kind}.{field.name}", value)


_RESERVED = {claim_key("source.key", key): record_id for key, record_id in BUILT_IN_KEYS.items()}
