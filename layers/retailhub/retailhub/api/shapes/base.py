"""What all requests and answers have in common: strict asking, marks on every record, lists by pages, errors."""

import re
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from retailhub.domain.instants import parse, stamp
from retailhub.domain.records import Record, RecordType

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Asking(BaseModel):
    """A request: unknown fields are refused, and no error repeats what was sent."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)

    def given(self) -> dict[str, Any]:
        """The fields that were sent, null included."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Answer(BaseModel):
    """An answer."""

    model_config = ConfigDict(frozen=True)


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("invalid_email")
    return text


def _day(text: str) -> str:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        parse(text)
    except ValueError:
        raise ValueError("invalid_day") from None
    return text


def _moment(text: str) -> str:
    try:
        return stamp(parse(text))
    except (ValueError, OverflowError):
        raise ValueError("invalid_time") from None


def _present(value: Any) -> Any:
    if value is None:
        raise ValueError("not_null")
    return value


Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=500)]
Note = Annotated[str, Field(max_length=10_000)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Day = Annotated[str, Field(description="YYYY-MM-DD"), AfterValidator(_day)]
Moment = Annotated[
    str, Field(max_length=40, description="ISO 8601; without an offset Vietnamese"), AfterValidator(_moment)
]
NotNull = AfterValidator(_present)
Settings = dict[str, Any]
Instant = Annotated[str | None, PlainSerializer(lambda text: text or None, return_type=str | None)]
"""An instant of ours, ISO 8601 in UTC; null for none."""

Limit = Annotated[int, Query(ge=1, le=200, description="Items per page / Số dòng mỗi trang")]
Cursor = Annotated[str | None, Query(max_length=3000, description="next_cursor of the page before / của trang trước")]
Search = Annotated[
    str | None,
    Query(
        max_length=200, description="Contains, whatever the case and accents / Chứa, không phân biệt hoa thường và dấu"
    ),
]
ByTime = Annotated[Literal["created_at", "-created_at"], Query(description="`-`: newest first / mới nhất trước")]
ByName = Annotated[Literal["name", "-name"], Query(description="`-`: from Z / từ Z")]
Word = Annotated[str | None, Query(max_length=300)]


class Marks(Answer):
    """What every record carries."""

    version: int
    created_at: Instant
    updated_at: Instant
    created_by: str
    updated_by: str


class RecordMarks(Marks):
    """What every synchronised record carries besides. external_ids: connection → the platform's id."""

    id: str
    type: RecordType
    origin: str
    changed_by: str
    deleted: bool
    edited_here: bool
    external_ids: dict[str, str]


def marks_of(record: Record) -> dict[str, Any]:
    """A record's marks, as an answer takes them."""
    return {name: getattr(record, name) for name in RecordMarks.model_fields}


def content_of(record: Record) -> dict[str, Any]:
    """A record's fields and marks, as an answer takes them."""
    return {name: getattr(record.fields, name) for name in type(record.fields).model_fields} | marks_of(record)


class ListOf[T](Answer):
    """A page of a list; a filtered page may be short while next_cursor says that there is more to look through."""

    items: list[T]
    next_cursor: str | None = None


class WrongField(Answer):
    """One wrong field."""

    field: str
    code: str
    message: str
    bounds: dict[str, Any] | None = None


class ErrorDetails(Answer):
    """More about an error, by its code; `fields` for 422."""

    model_config = ConfigDict(extra="allow", frozen=True)

    fields: list[WrongField] | None = None


class Trouble(Answer):
    """What went wrong: a stable code, a message in the caller's language, the field if there is one."""

    code: str
    message: str
    field: str | None = None
    details: ErrorDetails


class Problem(Answer):
    """Every error has this form."""

    error: Trouble
