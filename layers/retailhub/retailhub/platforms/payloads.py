"""Payloads: a platform's JSON read into shapes that forgive its quirks; a refusal never repeats what it held."""

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from retailhub.domain.decimals import plain
from retailhub.domain.errors import Malformed
from retailhub.domain.instants import parse, stamp, vietnam_day
from retailhub.domain.money import Money
from retailhub.domain.phones import e164, tidy
from retailhub.domain.records import MODELS, Snapshot

LONGEST_TEXT = 2000
LONGEST_NOTE = 100_000
EARLIEST_YEAR = 1900


class Payload(BaseModel):
    """Base of what comes from a platform: unknown members are ignored, errors carry no values (they are personal)."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True)

    @classmethod
    def of(cls, payload: Any) -> Self:
        """The payload in this shape. Raises Malformed: code is what is wrong first, field is where."""
        try:
            return cls.model_validate(payload)
        except ValidationError as error:
            raise malformed(error) from None


class AnyCase(Payload):
    """A payload whose members are read in any case; the names in the shape are those in lower case."""

    @model_validator(mode="before")
    @classmethod
    def _fold_keys(cls, data: Any) -> Any:
        return {key.lower(): value for key, value in data.items()} if isinstance(data, dict) else data


def malformed(error: ValidationError) -> Malformed:
    """What is wrong first, and where; never the value: it is somebody's name or number."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "payload"
    return Malformed(first["type"], f"{where}: {first['type']}", field=where)


def checked(snapshot: Snapshot) -> Snapshot:
    """The snapshot, its fields proven to fit the record: amounts that only together are too large, for one.

    Raises Malformed.
    """
    try:
        MODELS[snapshot.type].model_validate(snapshot.fields)
    except ValidationError as error:
        raise malformed(error) from None
    return snapshot


def _text(value: Any) -> Any:
    """Text tidied, numbers as text, blank as None; lone surrogates are left for the validation to refuse."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return (tidy(value) or None) if isinstance(value, str) else value


def _note(value: Any) -> Any:
    return (value.strip() or None) if isinstance(value, str) else value


def _zero(value: Any) -> Any:
    return Decimal(0) if value is None or value == "" else value


def _none(value: Any) -> Any:
    return None if value == "" else value


def _rows(value: Any) -> Any:
    """Lists as they are; null and missing are empty (empty collections may be left out)."""
    return [] if value is None else value


def _moment(value: Any) -> Any:
    """A stamp as the hub keeps it; blank and the zero dates of .NET and MySQL are none. ValueError: not a date."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return ""
    if not isinstance(value, str):
        raise ValueError("a date is text")
    if value.startswith(("0000-", "0001-")):
        return ""
    moment = parse(value)
    return stamp(moment) if moment.year >= EARLIEST_YEAR else ""


def _day(value: Any) -> str | None:
    """The Vietnamese calendar day of a stamp; a day that cannot be read is none: it does not make the record."""
    try:
        moment = _moment(value)
    except ValueError:
        return None
    return vietnam_day(moment).isoformat() if moment else None


Text = Annotated[
    Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None, BeforeValidator(_text), Field(default=None)
]
"""A short text without blank ends; None for blank or missing."""

Note = Annotated[
    Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] | None, BeforeValidator(_note), Field(default=None)
]
"""A longer text with its line breaks."""

Amount = Annotated[Money, BeforeValidator(_zero)]
"""Đồng or a quantity; null and blank are zero."""

MaybeAmount = Annotated[Money | None, BeforeValidator(_none)]
"""Đồng; null and blank are none."""

Moment = Annotated[str, BeforeValidator(_moment), Field(default="")]
"""An instant as `domain.instants` writes it, "" for none."""

Day = Annotated[str | None, BeforeValidator(_day), Field(default=None)]
"""A calendar day in Vietnam, `1992-11-03`."""

Rows = BeforeValidator(_rows)
"""For lists that may be null."""


def phone(*texts: str | None) -> str | None:
    """The first that is not blank, in E.164; one that no network could have is kept as it was typed."""
    typed = next((tidied for text in texts if (tidied := tidy(text))), None)
    return e164(typed) or typed


def spoken(shape: BaseModel) -> dict[str, Any]:
    """A part of a record (address, party, line) in JSON form, without what it leaves unsaid: equal for equal content
    whatever fields the shape gains later."""
    return shape.model_dump(mode="json", exclude_defaults=True)


def amount(value: Decimal | None) -> int | str | None:
    """An amount in the one form in which equal amounts are equal: `359000.0` and `359000` are both 359000."""
    return None if value is None else plain(value)
