"""Duplicate and required fields, and doubtful records, as the admin API shows them and takes them."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from retailhub.api.shapes.base import Answer, Asking, Instant, Marks, NotNull
from retailhub.crm.duplicates import Row, rows
from retailhub.domain.records import Record, RecordType
from retailhub.store.reviews import Review

MOST_FIELDS = 60
Tick = Annotated[bool | None, NotNull]


class FieldTicks(Asking):
    """What is asked of one field; what is not sent stays."""

    unique: Tick = Field(default=None, description="Trường trùng")
    required: Tick = Field(default=None, description="Trường bắt buộc")


class DuplicateSettingsEdit(Asking):
    """Field → its ticks; fields that are not sent stay. A field of the business's own is `custom.<name>`."""

    fields: Annotated[dict[Annotated[str, Field(max_length=80)], FieldTicks], Field(max_length=MOST_FIELDS)]

    def ticks(self) -> dict[str, dict[str, bool]]:
        """The sent ticks."""
        return {field: ticks.given() for field, ticks in self.fields.items()}


class FieldLabel(Answer):
    """What the field is called."""

    vi: str
    en: str


class FieldRow(Answer):
    """One line of the screen. ready: every value that is there already is known, so every duplicate is found.
    always_required: whatever is ticked."""

    field: str
    label: FieldLabel
    unique: bool
    required: bool
    ready: bool
    always_required: bool


class DuplicateSettingsAnswer(Marks):
    """The settings, every listed field in its order."""

    fields: list[FieldRow]


def settings(record: Record) -> DuplicateSettingsAnswer:
    """The settings as shown."""
    marks = {name: getattr(record, name) for name in Marks.model_fields}
    return DuplicateSettingsAnswer(**marks, fields=[_row(row) for row in rows(record.fields)])


def _row(row: Row) -> FieldRow:
    label = FieldLabel(vi=row.label[0], en=row.label[1])
    return FieldRow(field=row.field, label=label, always_required=row.always, **row.setting.model_dump())


class Candidate(Answer):
    """A record of ours that it may be, and the fields in which they agree."""

    id: str
    fields: list[str]


class ReviewAnswer(Answer):
    """A platform's record that may be several of ours. linked: it is only a warning, for it went to this one, the
    oldest. decision: the record's id or `new`, empty while nobody has decided."""

    id: str
    connection: str
    type: RecordType
    source_id: str
    at: Instant
    candidates: list[Candidate]
    linked: str
    decision: str
    decided_by: str


def review(one: Review) -> ReviewAnswer:
    """A review as shown."""
    shown = {n: getattr(one, n) for n in ReviewAnswer.model_fields if n != "candidates"}
    return ReviewAnswer(**shown, candidates=[Candidate(id=i, fields=f) for i, f in one.candidates.items()])


class Resolution(Asking):
    """Who it is: one of ours by its id, or (create) somebody new."""

    customer: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    create: bool = False

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.customer is None) != self.create:
            raise ValueError("customer_or_create")
        return self
