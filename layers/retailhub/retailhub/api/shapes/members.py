"""Members as the admin API shows them, and what it takes about them."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from retailhub.api.messages import Language, said
from retailhub.api.shapes.base import Answer, Asking, Instant, RecordMarks, marks_of
from retailhub.crm import activation, opening_import, opening_preview
from retailhub.crm.opening_columns import Entry
from retailhub.domain.member_columns import COLUMNS, DEFAULT_COLUMNS, LABELS, ColumnName
from retailhub.domain.membership import Standing, Teller, standing, told
from retailhub.domain.money import Money
from retailhub.domain.records import Address, Customer, Record
from retailhub.domain.segments import ListName, Reading, Segment, SegmentName

PERSONAL = ("name", "phone", "email", "gender", "birthday", "addresses", "owner", "groups", "source", "vendor_id")
KnownFrom = Literal["opening_file", "haravan"]


class MemberAnswer(RecordMarks):
    """A customer of one of the member lists: who they are, and what the loyalty programme keeps of them.

    known_from: which of the two main sources has them. told_by: who says each loyalty value; nobody where it is null.
    revenue: what the hub's own orders add up to, whatever the others say.
    """

    name: str | None
    phone: str | None
    email: str | None
    gender: Literal["male", "female"] | None
    birthday: str | None
    addresses: tuple[Address, ...]
    owner: str | None
    groups: tuple[str, ...]
    source: str | None
    vendor_id: str | None
    standing: Standing
    registered: bool
    known_from: tuple[KnownFrom, ...]
    activated_at: Instant
    activated_by: str | None
    ground: Literal["opening_file", "manual"] | None
    card: str | None
    level: str | None
    points_available: int | None
    points_used: int | None
    points_incoming: int | None
    points_ranking: Money | None
    total_spent: Money | None
    total_orders: int | None
    last_purchase_at: Instant
    told_by: dict[str, Teller]
    revenue: Money


def member(record: Record) -> MemberAnswer:
    """A member as shown, or a Haravan customer who is none yet."""
    customer: Customer = record.fields
    values = told(customer)
    return MemberAnswer(
        **marks_of(record),
        **{name: getattr(customer, name) for name in PERSONAL},
        **{name: one.value for name, one in values.items()},
        **_membership(customer),
        standing=standing(customer) or "unregistered",
        known_from=_known_from(customer),
        told_by={name: one.by for name, one in values.items() if one.by},
        revenue=customer.revenue,
    )


def _membership(customer: Customer) -> dict[str, Any]:
    made = customer.membership
    if made is None:
        return {"registered": False, "activated_at": None, "activated_by": None, "ground": None}
    return {"registered": True, **made.model_dump()}


def _known_from(customer: Customer) -> tuple[KnownFrom, ...]:
    sources: dict[KnownFrom, bool] = {
        "opening_file": customer.opening is not None,
        "haravan": customer.vendor_id is not None,
    }
    return tuple(name for name, there in sources.items() if there)


class SegmentAnswer(Answer):
    """A saved filter, a shortcut for one that can be added by hand. `value`: days, or 1 and 0 for `registered`."""

    segment: SegmentName
    name: str
    field: Literal["last_purchase_at", "registered"]
    operator: Literal["<=", ">=", "="]
    value: int
    count: int


class SegmentsAnswer(Answer):
    """The saved filters of a list, and how many the whole list has."""

    list_name: ListName
    segment_reading: Reading
    total: int
    items: list[SegmentAnswer]


def segment(one: Segment, count: int, language: Language) -> SegmentAnswer:
    """A saved filter as shown."""
    name = one.names[0 if language == "vi" else 1]
    return SegmentAnswer(
        segment=one.code, name=name, field=one.field, operator=one.operator, value=one.value, count=count
    )


class ColumnAnswer(Answer):
    """A column that can be shown."""

    column: ColumnName
    label: str


class ColumnsAnswer(Answer):
    """The columns that the caller has chosen, in their order, and all there are."""

    columns: tuple[ColumnName, ...]
    default: tuple[ColumnName, ...]
    available: list[ColumnAnswer]


def columns(chosen: tuple[ColumnName, ...], language: Language) -> ColumnsAnswer:
    """Columns as shown."""
    place = 0 if language == "vi" else 1
    every = [ColumnAnswer(column=name, label=LABELS[name][place]) for name in COLUMNS]
    return ColumnsAnswer(columns=chosen, default=DEFAULT_COLUMNS, available=every)


def _once(names: list[ColumnName]) -> list[ColumnName]:
    if len(set(names)) < len(names):
        raise ValueError("column_twice")
    return names


class ColumnsEdit(Asking):
    """The columns to be shown, in this order."""

    columns: Annotated[list[ColumnName], Field(min_length=1, max_length=len(COLUMNS)), AfterValidator(_once)]


class MemberSettings(Answer):
    """segment_reading: the groups by last purchase hold who bought within the days (recency), or who did not buy for as
    long (inactivity)."""

    segment_reading: Reading


class MemberSettingsEdit(Asking):
    """What is to be another way from now on."""

    segment_reading: Reading


class Activation(Asking):
    """Whom to activate."""

    ids: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=1, max_length=200)]


class ActivationLine(Answer):
    """What became of one of them; code and message tell why one was refused."""

    id: str
    outcome: Literal["activated", "already", "refused"]
    code: str | None = None
    message: str | None = None


class ActivationReceipt(Answer):
    """One line for each id, in the order in which they were sent, and how many there are of each outcome."""

    counts: dict[str, int]
    lines: list[ActivationLine]


def activations(lines: list[activation.Line], language: Language) -> ActivationReceipt:
    """The receipt as shown."""
    shown = [
        ActivationLine(id=line.id, outcome=line.outcome, code=line.code, message=_message(line.code, language))
        for line in lines
    ]
    counts = {
        outcome: sum(line.outcome == outcome for line in lines) for outcome in ("activated", "already", "refused")
    }
    return ActivationReceipt(counts=counts, lines=shown)


class ImportLine(Answer):
    """What became of one row of the file; its number is the line's in the file."""

    row: int
    outcome: Literal["created", "linked", "updated", "unchanged", "refused"]
    code: str | None = None
    message: str | None = None
    field: str | None = None
    customer: str | None = None


class ImportReceipt(Answer):
    """One line per row. next_row: the time of one call was over; send the same file again with `?from_row=` this."""

    counts: dict[str, int]
    next_row: int | None
    ignored_columns: tuple[str, ...]
    lines: list[ImportLine]


def receipt(made: opening_import.Receipt, language: Language) -> ImportReceipt:
    """The receipt as shown."""
    lines = [_line(line, language) for line in made.lines]
    return ImportReceipt(counts=made.counts, next_row=made.next_row, ignored_columns=made.ignored, lines=lines)


def _line(line: opening_import.Line, language: Language) -> ImportLine:
    return ImportLine(
        row=line.row,
        outcome=line.outcome,
        code=line.code,
        message=_message(line.code, language),
        field=line.field,
        customer=line.customer,
    )


class FileColumn(Answer):
    """A column of the file that the hub knows, by its name and as the template calls it."""

    column: str
    label: str


class ReadRow(Answer):
    """A row as the hub reads it; what is blank, and all of a row that would be refused, is null."""

    row: int
    phone: str | None = None
    name: str | None = None
    email: str | None = None
    gender: Literal["male", "female"] | None = None
    birthday: str | None = None
    card: str | None = None
    points: int | None = None
    total_spent: Money | None = None
    level: str | None = None
    last_order_at: Instant = None


class ImportPreview(Answer):
    """What the hub reads in a file, in the file's order. items: its first rows. refused: the rows that would not be
    taken, as far as the file alone tells: who is known already, and which fields are required, shows in the import."""

    columns: list[FileColumn]
    ignored_columns: tuple[str, ...]
    rows: int
    items: list[ReadRow]
    refused: list[ImportLine]


def preview(read: opening_preview.Preview, language: Language) -> ImportPreview:
    """The preview as shown."""
    place = 0 if language == "vi" else 1
    return ImportPreview(
        columns=[FileColumn(column=one.name, label=one.heading[place]) for one in read.columns],
        ignored_columns=read.ignored,
        rows=read.rows,
        items=[_read_row(one) for one in read.first],
        refused=[_line(line, language) for line in read.refused],
    )


def _read_row(told: Entry | opening_import.Line) -> ReadRow:
    if isinstance(told, Entry):
        return ReadRow(row=told.number, phone=told.phone, **told.personal, **told.balances)
    return ReadRow(row=told.row)


def _message(code: str | None, language: Language) -> str | None:
    return said(code, language) if code else None
