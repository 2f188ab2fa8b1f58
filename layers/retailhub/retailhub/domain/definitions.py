"""How a kind of record that people keep by hand is defined: names, fields, searches, and what its screens say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from retailhub.domain.kinds import RecordType
from retailhub.domain.phones import folded, local, tidy

Label = tuple[str, str]
"""A text for people: Vietnamese, English."""

Form = Literal[
    "name", "text", "note", "code", "key", "amount", "choice", "reference", "phone", "email", "flag", "users"
]
"""How a field is entered: what the API checks, and what the console shows."""

ADD: Label = ("Thêm mới", "Add")
SAVE: Label = ("Lưu", "Save")
EDIT: Label = ("Sửa", "Edit")
UPDATE: Label = ("Cập nhật", "Update")
DELETE: Label = ("Xóa", "Delete")
FIND: Label = ("Tìm kiếm", "Search")
NO: Label = ("Không", "No")
YES: Label = ("Có", "Yes")
BACK: Label = ("Trở về", "Back")
SKIP: Label = ("Bỏ qua", "Skip")
DETAILS: Label = ("Chi tiết", "Details")
SETTINGS: Label = ("Cài đặt (biểu tượng bánh răng)", "Settings (gear icon)")
CATALOGUE: Label = ("Danh mục", "Catalogue")


def by_name(fields: Any) -> tuple[str, str]:
    """By name as people look for it: accents and case count last."""
    name = fields.name or ""
    return folded(name), name


@dataclass(frozen=True)
class Field:
    """A field as it is entered. unique: no two entries of the kind may share it, or none below the same parent."""

    name: str
    label: Label
    form: Form = "name"
    required: bool = False
    unique: Literal["", "kind", "siblings"] = ""


@dataclass(frozen=True)
class Screen:
    """What a catalogue's screens say, in the words of its page of the documents; they differ on purpose (A-OWN-11).

    menu: where the catalogue is found. opens: whether entries are added and edited on a screen or in a popup. leave:
    what leaves the edit screen without saving, where the page names it. confirm, cancel: the popup that asks before a
    deletion. details: the icon of an entry's own list. protected_by: whose records the page says must go first.
    """

    menu: Label = SETTINGS
    opens: Literal["screen", "popup"] = "screen"
    edit: Label = EDIT
    leave: Label | None = None
    confirm: Label = DELETE
    cancel: Label = NO
    details: Label | None = None
    protected_by: Label | None = None


@dataclass(frozen=True)
class Definition:
    """A kind that people keep: everything that lists, forms, checks and routes are made of.

    path: its address. searched: the fields that a search looks into, no others. order: how a list is sorted unless the
    caller says otherwise. filters: fields that a list can be narrowed by. few: it is short enough to be read whole.
    written_by: the role that may change it.
    """

    kind: RecordType
    path: str
    title: Label
    fields: tuple[Field, ...]
    searched: tuple[str, ...]
    order: Callable[[Any], Any] = by_name
    filters: tuple[str, ...] = ()
    few: bool = True
    written_by: Literal["staff", "admin"] = "admin"
    screen: Screen | None = None

    @property
    def unique(self) -> tuple[Field, ...]:
        """The fields that no two entries may share."""
        return tuple(field for field in self.fields if field.unique)

    def texts(self, fields: Any) -> list[str | None]:
        """What a search looks into."""
        texts = [getattr(fields, name) for name in self.searched]
        return [*texts, local(fields.phone)] if "phone" in self.searched else texts


def same(text: str | None) -> str:
    """The one form in which names, codes and keys are compared: trimmed, case-folded, accents kept (A-DUP-4), for
    Bán and Bàn are two words."""
    return (tidy(text) or "").casefold()
