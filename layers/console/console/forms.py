"""Forms: what a visitor typed, kept as it was typed until it is saved, with what is wrong at each field."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from console.hub_api import Refused

_GROUPING = dict.fromkeys(map(ord, ". \u00a0"))
"""What stands between the thousands."""


@dataclass(frozen=True)
class Upload:
    """A file that was chosen in a form."""

    name: str
    content: bytes


@dataclass
class Form:
    """values: field → what stands in it. errors: field → what is wrong with it. problem: what is wrong with the whole.
    once: the form's own mark, so that sent twice it is done once. version: the record's version that was shown."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    refusal: Refused | None = None
    once: str = field(default_factory=lambda: os.urandom(16).hex())
    version: str = ""
    files: dict[str, Upload] = field(default_factory=dict)

    @classmethod
    def sent(cls, pairs: Iterable[tuple[str, str]], files: dict[str, Upload] | None = None) -> "Form":
        """A form that came in; a field that stands in it several times is a list."""
        values: dict[str, Any] = {}
        for name, value in pairs:
            if name in values:
                values[name] = [*(values[name] if isinstance(values[name], list) else [values[name]]), value]
            else:
                values[name] = value
        once, version = (str(values.pop(name, "")) for name in ("_once", "_version"))
        return cls(values, once=once or os.urandom(16).hex(), version=version, files=files or {})

    @classmethod
    def showing(cls, record: dict[str, Any], **more: Any) -> "Form":
        """A form that shows a record as it is."""
        return cls({**record, **more}, version=str(record.get("version") or ""))

    def refused(self, refusal: Refused) -> "Form":
        """The form with the API's objections: at their fields where it has them, otherwise above it."""
        self.refusal = refusal
        self.errors = {_root(name): message for name, message in refusal.fields.items()} | refusal.fields
        self.problem = refusal.message
        return self

    def text(self, name: str) -> str | None:
        """A field's text, or None if it is blank."""
        value = self.values.get(name)
        told = str(value[-1] if isinstance(value, list) else value or "").strip()
        return told or None

    def number(self, name: str) -> Any:
        """A whole number as Vietnamese write it (1.299.000), None if blank; what is none stays text for the API to
        refuse."""
        told = self.text(name)
        digits = (told or "").translate(_GROUPING).removesuffix("₫").removesuffix("đ")
        return int(digits) if digits.lstrip("-").isascii() and digits.lstrip("-").isdigit() else told

    def flag(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.text(name) in ("on", "true", "1", "yes")

    def many(self, name: str) -> list[str]:
        """All values of a field that may stand several times, without blanks."""
        value = self.values.get(name)
        every = value if isinstance(value, list) else [value]
        return [str(one).strip() for one in every if one is not None and str(one).strip()]

    def rows(self, name: str) -> list[str]:
        """All values of a field that stands once a row, blanks included, so that rows keep their places."""
        value = self.values.get(name)
        return [] if value is None else [str(one).strip() for one in (value if isinstance(value, list) else [value])]

    def texts(self, *names: str) -> dict[str, str | None]:
        """Several fields as the API takes them: null for blank, so that a field can be emptied."""
        return {name: self.text(name) for name in names if name in self.values}


def filled(body: dict[str, Any]) -> dict[str, Any]:
    """A new record's fields without the blank ones."""
    return {name: value for name, value in body.items() if value not in (None, "", [])}


def _root(name: str) -> str:
    return name.partition(".")[0]
