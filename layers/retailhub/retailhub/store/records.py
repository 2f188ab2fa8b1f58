"""Records in the table."""

import json
from dataclasses import replace

from retailhub.domain.kinds import references
from retailhub.domain.membership import standing
from retailhub.domain.records import MODELS, Record, RecordType
from retailhub.store.table import (
    Delete,
    Item,
    Put,
    Table,
    Write,
    coded,
    list_of,
    listing,
    of_parent,
    record_key,
    standing_of,
    use_key,
    with_code,
    with_phone,
)

LAYOUT = 3
"""How a record's item is laid out; 1 had no notes of what it names and no place among the members, 2 no place by its
code."""
NOTED = 2
"""The layout from which on it is noted what a record names."""
CODES: dict[RecordType, str] = {"customer": "code", "product": "code", "order": "order_number", "contract": "code"}
"""The field that is a record's code: what people read off papers and screens and look it up by."""
KEEPING_THEIR_PLACE = ("customer", "product", "order", "contract")
"""Types whose removed records still stand in their list, marked; others leave it."""


def put(record: Record) -> Put:
    """Write the record if nobody else has since it was read."""
    return Put(to_item(record), expect=record.rev)


def writes(before: Record | None, after: Record) -> list[Write]:
    """Write the record, and the notes of what it names: those that are new, and away with those that are over."""
    noted = before is not None and before.layout >= NOTED  # of one in an old layout nothing is noted yet
    old, new = _named(before) if noted else frozenset(), _named(after)
    put_down: list[Write] = [_note(after, *named) for named in sorted(new - old)]
    taken_away = [Delete(use_key(*named, after.type, after.created_at, after.id)) for named in sorted(old - new)]
    return [put(after), *put_down, *taken_away]


def load(table: Table, record_type: RecordType, record_id: str) -> Record | None:
    """The record, or None."""
    item = table.get(record_key(record_type, record_id))
    return from_item(item) if item else None


def every(table: Table, record_type: RecordType) -> list[Record]:
    """All records of a type of which there are few, without those that were removed."""
    found: list[Record] = []
    cursor = None
    while True:
        page = table.query(list_of(record_type), index="listing", limit=1000, cursor=cursor)
        found += [record for record in map(from_item, page.items) if not record.deleted]
        if (cursor := page.cursor) is None:
            return found


def to_item(record: Record) -> Item:
    """The record's item; keys and index attributes follow from its fields."""
    pk, sk = record_key(record.type, record.id)
    data = {"fields": record.fields.model_dump(mode="json", exclude_defaults=True), "external_ids": record.external_ids}
    return {
        "pk": pk,
        "sk": sk,
        "type": record.type,
        "id": record.id,
        "version": record.version,
        "layout": LAYOUT,
        "origin": record.origin,
        "changed_by": record.changed_by,
        "deleted": record.deleted,
        "edited_here": record.edited_here,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "created_by": record.created_by,
        "updated_by": record.updated_by,
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        **_listed(record),
        **_related(record),
        **_member(record),
        **_by_code(record),
    }


def from_item(item: Item) -> Record:
    """The record in an item."""
    data, model = json.loads(item["data"]), MODELS[item["type"]]
    names = model.model_fields
    known = {name: value for name, value in data["fields"].items() if name in names}
    return Record(
        type=item["type"],
        id=item["id"],
        fields=model.model_validate(known),
        version=item["version"],
        rev=item["rev"],
        layout=item.get("layout", 1),
        origin=item["origin"],
        changed_by=item["changed_by"],
        deleted=item["deleted"],
        edited_here=item["edited_here"],
        external_ids=data["external_ids"],
        created_at=item["created_at"],
        updated_at=item["updated_at"],
        created_by=item["created_by"],
        updated_by=item["updated_by"],
    )


def _named(record: Record | None) -> frozenset[tuple[RecordType, str]]:
    """What the record names; one that is removed names nothing any more (A-TKT-4)."""
    return frozenset() if record is None or record.deleted else references(record.type, record.fields)


def _note(record: Record, named_type: RecordType, named_id: str) -> Put:
    pk, sk = use_key(named_type, named_id, record.type, record.created_at, record.id)
    return Put({"pk": pk, "sk": sk}, expect=None)


def user_of(note: Item) -> tuple[str, str]:
    """Type and id of the record that a note tells of."""
    user_type, _, user_id = str(note["sk"]).split("#", 2)
    return user_type, user_id


def _listed(record: Record) -> Item:
    if record.deleted and record.type not in KEEPING_THEIR_PLACE:
        return {}
    return listing(record.type, f"{record.created_at}#{record.id}")


def _member(record: Record) -> Item:
    """Where the customer stands among the members, by last purchase (R-HL-06, R-HL-14)."""
    place = standing(record.fields) if record.type == "customer" else None
    if place is None or record.deleted:
        return {}
    at = record.fields.last_purchase_at or ""
    return {"members_pk": standing_of(place), "members_sk": f"{at}#{record.id}"}


def _by_code(record: Record) -> Item:
    """Where the record is found by its code, also once it is removed."""
    field = CODES.get(record.type)
    code = coded(getattr(record.fields, field) or "") if field else ""
    return {"due_pk": with_code(code), "due_sk": f"{record.type}#{record.created_at}#{record.id}"} if code else {}


def _related(record: Record) -> Item:
    if record.type == "customer":
        phone = record.fields.phone
        return {"related_pk": with_phone(phone), "related_sk": record.created_at} if phone else {}
    owner = record.customer
    made = getattr(record.fields, "order_created", None) or getattr(record.fields, "start_date", None) or ""
    return {"related_pk": of_parent(owner), "related_sk": f"{made}#{record.id}"} if owner else {}


def born(record_type: RecordType, record_id: str, *, origin: str, by: str, at: str) -> Record:
    """A record that is not stored yet."""
    fields = MODELS[record_type]()
    blank = Record(record_type, record_id, fields, layout=LAYOUT, origin=origin, created_at=at, created_by=by)
    return replace(blank, updated_at=at, updated_by=by)
