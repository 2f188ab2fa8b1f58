"""What people keep by hand as the admin API takes and shows it: the shapes follow from the definitions."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, create_model

from retailhub.api.shapes.base import Answer, Asking, Email, Name, Note, NotNull, RecordMarks, Text, content_of
from retailhub.domain import definitions
from retailhub.domain.catalogues import BUILT_IN
from retailhub.domain.definitions import Definition, Label
from retailhub.domain.kinds import MODELS
from retailhub.domain.phones import e164
from retailhub.domain.product_tree import Node
from retailhub.domain.records import Record

_KEY = re.compile(r"[a-z0-9_-]+", re.ASCII)


def _key(text: str) -> str:
    """A source's key (A-SRC-1)."""
    if not _KEY.fullmatch(text.lower()):
        raise ValueError("invalid_key")
    return text.lower()


def _phone(text: str) -> str:
    number = e164(text)
    if number is None:
        raise ValueError("invalid_phone")
    return number


FORMS: dict[definitions.Form, Any] = {
    "name": Name,
    "text": Text,
    "note": Note,
    "code": Annotated[str, Field(min_length=1, max_length=100)],
    "key": Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_key)],
    "amount": Annotated[int, Field(strict=True, ge=1, le=100_000)],
    "reference": Annotated[str, Field(min_length=1, max_length=200)],
    "phone": Annotated[str, Field(max_length=30), AfterValidator(_phone)],
    "email": Email,
    "flag": Annotated[bool, Field(strict=True)],
    "users": Annotated[dict[Annotated[str, Field(max_length=100)], Name], Field(max_length=50)],
}
"""What each form of a field takes; a choice takes what its record can hold."""


def _form(definition: Definition, field: definitions.Field) -> Any:
    return FORMS.get(field.form) or MODELS[definition.kind].model_fields[field.name].annotation


def _may_be_empty(definition: Definition, field: definitions.Field) -> bool:
    """Whether null is a value of the field: it is not required, and nothing stands for none."""
    return not field.required and MODELS[definition.kind].model_fields[field.name].default is None


def _asked(definition: Definition, field: definitions.Field, *, new: bool) -> Any:
    """A field of a request as pydantic's `create_model` takes it: its type and its default."""
    form = _form(definition, field)
    if field.required and new:
        return form, ...
    return (form | None if _may_be_empty(definition, field) else Annotated[form | None, NotNull]), None


def _model(called: str, base: Any, about: str, fields: dict[str, Any]) -> type[Any]:
    made: type[BaseModel] = create_model(called, __base__=base, __module__=__name__, __doc__=about, **fields)
    return made


class Shapes:
    """The shapes of one kind: what creates an entry, what changes one, how one is shown."""

    def __init__(self, definition: Definition) -> None:
        name, title = definition.kind.title().replace("_", ""), " / ".join(definition.title)
        new = {field.name: _asked(definition, field, new=True) for field in definition.fields}
        edit = {field.name: _asked(definition, field, new=False) for field in definition.fields}
        own: dict[str, Any] = {"built_in": (bool, False)} if definition.kind == "source" else {}
        self.new = _model(f"New{name}", Asking, f"{title}: thêm mới / a new one.", new)
        self.edit = _model(f"{name}Edit", Asking, f"{title}: what is not sent stays.", edit)
        self.answer = _model(f"{name}Answer", (RecordMarks, MODELS[definition.kind]), f"{title}.", own)

    def shown(self, record: Record) -> Any:
        """An entry as shown."""
        own = {"built_in": record.id in BUILT_IN} if record.type == "source" else {}
        return self.answer(**content_of(record), **own)


class Words(Answer):
    """A text for people."""

    vi: str
    en: str

    @staticmethod
    def of(label: Label) -> "Words":
        """The text of a label."""
        return Words(vi=label[0], en=label[1])


class FieldAnswer(Answer):
    """A field of a catalogue. unique: within the catalogue (`kind`) or below one parent (`siblings`)."""

    name: str
    label: Words
    form: str
    required: bool
    unique: str | None


class ScreenAnswer(Answer):
    """Where a catalogue's screens are found and what they say; `confirm` and `cancel` stand in the popup that asks
    before a deletion, `protected_by` names whose records must be deleted first, where the documents say so."""

    menu: Words
    opens: str
    add: Words
    save: Words
    edit: Words
    update: Words
    leave: Words | None
    delete: Words
    confirm: Words
    cancel: Words
    search: Words
    details: Words | None
    protected_by: Words | None


class CatalogueAnswer(Answer):
    """A catalogue as its screens are made of it."""

    name: str
    path: str
    title: Words
    fields: list[FieldAnswer]
    searched: list[str]
    screen: ScreenAnswer


def catalogue(definition: Definition) -> CatalogueAnswer:
    """A catalogue's definition as shown."""
    return CatalogueAnswer(
        name=definition.path,
        path=f"/api/catalogues/{definition.path}",
        title=Words.of(definition.title),
        fields=[_field(field) for field in definition.fields],
        searched=list(definition.searched),
        screen=_screen(definition.screen or definitions.Screen()),
    )


def _field(field: definitions.Field) -> FieldAnswer:
    label = Words.of(field.label)
    unique = field.unique or None
    return FieldAnswer(name=field.name, label=label, form=field.form, required=field.required, unique=unique)


def _screen(screen: definitions.Screen) -> ScreenAnswer:
    own = {"menu", "edit", "confirm", "cancel", "leave", "details", "protected_by"}
    said = {name: Words.of(label) if (label := getattr(screen, name)) else None for name in own}
    shared = {"add": definitions.ADD, "save": definitions.SAVE, "update": definitions.UPDATE}
    shared |= {"delete": definitions.DELETE, "search": definitions.FIND}
    return ScreenAnswer.model_validate(
        {"opens": screen.opens, **said, **{name: Words.of(label) for name, label in shared.items()}}
    )


class TypeNode(Answer):
    """A product type in its place. goods: its own, all_goods: with those below it."""

    id: str
    version: int
    code: str | None
    name: str | None
    parent: str | None
    goods: int
    all_goods: int
    children: list["TypeNode"]


class TypeTree(Answer):
    """The tree of product types: goods of the whole system, and those without a type, who stand under the default one,
    which is the outermost level and no entry."""

    goods: int
    without_type: int
    items: list[TypeNode]


def node(place: Node, types: dict[str, Record]) -> TypeNode:
    """A node of the tree as shown."""
    record = types[place.id]
    below = [node(child, types) for child in place.children]
    return TypeNode(
        id=record.id,
        version=record.version,
        code=record.fields.code,
        name=record.fields.name,
        parent=record.fields.parent,
        goods=place.goods,
        all_goods=place.all_goods,
        children=below,
    )
