"""Records listed: all of a kind, those of a customer, those with a phone, or those that name another record."""

from collections.abc import Callable
from typing import Any

from retailhub.crm.lists import Found, gathered
from retailhub.crm.office import Office
from retailhub.domain.kinds import references
from retailhub.domain.periods import ALWAYS, Period
from retailhub.domain.phones import e164
from retailhub.domain.records import Record, RecordType
from retailhub.store import records
from retailhub.store.table import Item, Page, coded, list_of, of_parent, record_key, uses_of, with_code, with_phone

Keep = Callable[[Record], bool]
READ_BY_KEY = 100
"""Keys that one read takes."""


def listed(
    office: Office,
    record_type: RecordType,
    keep: Keep | None,
    *,
    limit: int,
    cursor: str | None,
    sort: str = "-created_at",
    period: Period = ALWAYS,
) -> Found[Record]:
    """A page of a type's records that were created in the period, newest first unless `sort` is `created_at`; `keep` is
    the filter, if there is one."""

    def read(most: int, at: str | None) -> Page:
        span: dict[str, Any] = {"since": period.since, "until": period.until, "newest_first": sort.startswith("-")}
        return office.table.query(list_of(record_type), index="listing", limit=most, cursor=at, **span)

    return gathered(read, kept_by(keep), limit, cursor, rare=keep is not None)


def of_customer(
    office: Office,
    customer: str,
    record_type: RecordType,
    *,
    limit: int,
    cursor: str | None,
    keep: Keep | None = None,
    sort: str = "-created_at",
) -> Found[Record]:
    """A page of a customer's orders or contracts by when they were made, newest first unless `sort` is `created_at`."""

    def read(most: int, at: str | None) -> Page:
        newest = sort.startswith("-")
        return office.table.query(of_parent(customer), index="related", newest_first=newest, limit=most, cursor=at)

    def wanted(record: Record) -> bool:
        return record.type == record_type and (keep is None or keep(record))

    return gathered(read, kept_by(wanted), limit, cursor, rare=keep is not None)


def with_number(
    office: Office,
    number: str,
    keep: Keep,
    *,
    limit: int,
    cursor: str | None,
    sort: str = "-created_at",
) -> Found[Record]:
    """A page of the customers with a phone, spelt in whatever way, whom `keep` does not turn away."""
    partition = with_phone(e164(number) or number)

    def read(most: int, at: str | None) -> Page:
        newest = sort.startswith("-")
        return office.table.query(partition, index="related", newest_first=newest, limit=most, cursor=at)

    return gathered(read, kept_by(keep), limit, cursor, rare=True)


def by_code(
    office: Office,
    record_type: RecordType,
    code: str,
    keep: Keep,
    *,
    limit: int,
    cursor: str | None,
    sort: str = "-created_at",
) -> Found[Record]:
    """A page of a type's records with a code, spelt in whatever way, that `keep` does not turn away."""

    def read(most: int, at: str | None) -> Page:
        newest, begins = sort.startswith("-"), f"{record_type}#"
        return office.table.query(
            with_code(coded(code)), index="due", begins=begins, newest_first=newest, limit=most, cursor=at
        )

    return gathered(read, kept_by(keep), limit, cursor, rare=True)


def named_by(
    office: Office,
    kind: RecordType,
    wanted_id: str,
    user_type: RecordType,
    *,
    limit: int,
    cursor: str | None,
    keep: Keep | None = None,
    sort: str = "-created_at",
) -> Found[Record]:
    """A page of the records of `user_type` that name a record: two reads, and only for those that do name it.

    Removed ones name nothing any more; `keep` is a further filter.
    """

    def read(most: int, at: str | None) -> Page:
        newest, begins = sort.startswith("-"), f"{user_type}#"
        notes = office.table.query(
            uses_of(kind, wanted_id), begins=begins, newest_first=newest, limit=min(most, READ_BY_KEY), cursor=at
        )
        keys = [record_key(user_type, records.user_of(note)[1]) for note in notes.items]
        found = office.table.get_many(keys) if keys else {}
        # the record may have ceased to name it between the two reads
        return Page([found.get(key, {}) for key in keys], notes.cursor)

    def named(record: Record) -> bool:
        return (kind, wanted_id) in references(user_type, record.fields) and (keep is None or keep(record))

    return gathered(read, kept_by(named), limit, cursor, rare=keep is not None)


def kept_by(keep: Keep | None) -> Callable[[Item], Record | None]:
    """A record from an item, or None if the filter turns it away."""

    def kept(item: Item) -> Record | None:
        record = records.from_item(item) if item else None
        return record if record and (keep is None or keep(record)) else None

    return kept
