"""A kind of record that people keep by hand, as its screens show it: all of it follows from the kind's definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console import words
from console.forms import Form
from console.hub_api import Refused
from console.places import KEPT_AT, SEEN_AT, list_of, page_of
from console.visit import Visit
from retailhub.domain import definitions
from retailhub.domain.definitions import Definition, Field, Label
from retailhub.domain.kinds import MODELS, REFERENCES, RecordType

Facts = dict[str, Any]
"""A record as the API shows it."""

UNITS = {"resolve_time": "resolve_unit"}
"""Amounts that are shown together with the field that tells their unit."""
HINTS: dict[str, Label] = {
    "key": ("Chữ thường không dấu, số, gạch ngang, gạch dưới.", "Small letters, digits, hyphens and underscores."),
    "phone": ("Ví dụ 0901 234 567", "For example 0901 234 567"),
    "position": ("Để trống: xếp cuối phòng ban.", "Blank: last in the department."),
    "active": ("Bỏ chọn khi người này đã nghỉ việc.", "Untick when this person has left."),
    "absent": ("Tạm thời không được chia khách.", "Gets no customers dealt out for now."),
}
"""What helps to fill a field in, by its name or its form."""
UNIQUE: dict[str, Label] = {
    "kind": ("Không được trùng.", "Must be unique."),
    "siblings": ("Không được trùng trong cùng loại cha.", "Must be unique below its parent."),
}
USERS = "users."
"""What the fields begin with that tell who an employee is in a connected system."""


@dataclass(frozen=True)
class Column:
    """What a list or a page shows of each entry."""

    name: str
    label: Label
    form: str

    @staticmethod
    def of(field: Field) -> "Column":
        """A field of the definition as a column."""
        return Column(field.name, field.label, field.form)


DUE = Column("due_at", ("Hạn giải quyết", "Due"), "due")
CREATED = Column("created_at", ("Ngày tạo", "Created"), "moment")


class Kept:
    """One kind. api, path: where the API and the console keep it. blanks: what references mean that are left blank."""

    def __init__(self, definition: Definition, blanks: Mapping[str, Label] | None = None) -> None:
        self.definition, self.kind, self.fields = definition, definition.kind, definition.fields
        self.screen = definition.screen or definitions.Screen()
        self.api, self.path = KEPT_AT[definition.kind], SEEN_AT[definition.kind]
        self.in_settings = self.path.startswith(("/settings/", "/catalogues/"))
        self.blanks = blanks or {}
        self._worked_out = [DUE] if self.kind == "ticket" else []

    @property
    def columns(self) -> list[Column]:
        """What the list shows, the name first; long texts only where the list is short."""
        shown = [Column.of(one) for one in self.fields if self._fits(one)]
        shown.sort(key=lambda one: one.name not in ("name", "title"))
        return [*shown, *self._worked_out, *([] if self.definition.few else [CREATED])]

    @property
    def facts(self) -> list[Column]:
        """What an entry's own page shows."""
        shown = [Column.of(one) for one in self.fields if one.name not in UNITS.values()]
        return [*shown, *self._worked_out]

    def single(self, visit: Visit) -> str:
        """What one entry of the kind is called: the catalogue's own title, which in Vietnamese knows no plural."""
        title = self.definition.title[0]
        return visit.t(title[:1].lower() + title[1:], words.kind(self.kind, "en"))

    def searched(self, visit: Visit) -> str:
        """The fields that a search looks into, in words: not the description, for instance (R-POS-10)."""
        labels = {one.name: visit.t(*one.label) for one in self.fields}
        return ", ".join(labels[name] for name in self.definition.searched)

    def hint(self, visit: Visit, field: Field) -> str:
        """What helps to fill a field in."""
        told = (HINTS.get(field.name), HINTS.get(field.form), UNIQUE.get(field.unique))
        return " ".join(visit.t(*each) for each in dict.fromkeys(told) if each)

    def target(self, name: str) -> RecordType:
        """The kind that a reference names."""
        return REFERENCES[self.kind][name]

    def page(self, name: str, one: str) -> str:
        """The page of what a reference names."""
        return page_of(self.target(name), one)

    def address(self, record: Facts) -> str:
        """What stands for an entry in addresses: the key of one whose id may hold what no address can."""
        return str(record["key"] if record.get("built_in") else record["id"])

    def at(self, record: Facts) -> str:
        """An entry's page, below /console."""
        return f"{self.path}/{self.address(record)}"

    def called(self, record: Facts) -> str:
        """What people call an entry."""
        return str(record.get("name") or record.get("title") or record["id"])

    def unit(self, visit: Visit, record: Facts, name: str) -> str:
        """The unit of an amount, if it has one."""
        field = UNITS.get(name)
        return words.state(f"{self.kind}_{field}", record[field], visit.language)[0] if field else ""

    def overdue(self, visit: Visit, record: Facts) -> bool:
        """Whether an unfinished ticket should have been settled by now (A-TKT-2)."""
        return bool(record["due_at"] and record["status"] != "done" and record["due_at"] < visit.hub.office.clock())

    def users(self, record: Facts, refusal: Refused) -> dict[str, Any]:
        """Who uses an entry that could not be removed: how many of each kind, and the first few, with links."""
        counts, users = refusal.details["counts"].items(), refusal.details["users"]
        lists = [(kind, number, list_of(kind, self.kind, record["id"])) for kind, number in counts]
        first = [(one["name"] or one["id"], one["type"], page_of(one["type"], one["id"])) for one in users]
        return {"counts": lists, "first": first, "more": refusal.details["count"] - len(first)}

    def empty(self, asked: Mapping[str, str]) -> Form:
        """The form of a new entry, with what a new one is and what was asked for filled in."""
        new = MODELS[self.kind]()
        chosen = {one.name: getattr(new, one.name) for one in self.fields if one.form in ("choice", "flag")}
        return Form({**chosen, **{one.name: asked[one.name] for one in self.fields if one.name in asked}})

    def showing(self, record: Facts) -> Form:
        """The form with an entry in it; an amount that was never given is blank."""
        users = {f"{USERS}{place}": user for place, user in (record.get("users") or {}).items()}
        blank = {one.name: None for one in self.fields if one.form == "amount" and not record[one.name]}
        return Form.showing(record, **users, **blank)

    def told(self, form: Form) -> Facts:
        """What a form tells of each field that it shows."""
        shown = (one for one in self.fields if one.form in READ_OTHERWISE or one.name in form.values)
        return {one.name: _told(one, form) for one in shown}

    def _fits(self, field: Field) -> bool:
        long = field.form == "users" or (field.form == "note" and not self.definition.few)
        return not long and field.name not in UNITS.values()


def _users(form: Form) -> dict[str, str]:
    given = {name.removeprefix(USERS): form.text(name) for name in form.values if name.startswith(USERS)}
    return {place: user for place, user in given.items() if user}


READ_OTHERWISE = ("flag", "users")
"""Forms whose fields are not in a form that was sent when they are not ticked, or have names of their own."""


def _told(field: Field, form: Form) -> Any:
    if field.form == "flag":
        return form.flag(field.name)
    if field.form == "users":
        return _users(form)
    return form.number(field.name) if field.form == "amount" else form.text(field.name)
