"""The form of a connection: what it shows of one, and what it makes of what was typed for the API to judge."""

import re
from collections.abc import Iterator
from typing import Any

from console import words
from console.forms import Form, filled
from console.platform_steps import GUIDES, Both, Field, Guide
from console.visit import Visit

Choices = list[tuple[str, str]]
LISTS = {"employee": "/employees", "contract_type": "/catalogues/contract-types"}
"""What a field chooses from → where the API lists it."""


def empty(guide: Guide) -> Form:
    """The form of a new connection: everything is brought in unless somebody unticks it (A-KV-2)."""
    return Form({"record_types": list(guide.types)})


def showing(guide: Guide, connection: dict[str, Any]) -> Form:
    """The form with a connection in it; its credentials stay where they are."""
    values: dict[str, Any] = {name: connection[name] for name in ("name", "record_types")}
    for one in _settings(guide):
        told = connection["settings"].get(one.key)
        if one.kind == "pairs":
            values |= {f"{one.name}.left": list(told or {}), f"{one.name}.right": list((told or {}).values())}
        else:
            values[one.name] = ", ".join(map(str, told)) if isinstance(told, list) else told
    return Form(values, version=str(connection["version"]))


def settings(guide: Guide, form: Form, kept: dict[str, Any]) -> dict[str, Any]:
    """All settings as the API takes them: what no form asks for stays, what is blank is left out."""
    asked = {one.key: _typed(one, form) for one in _settings(guide)}
    return {**{name: value for name, value in kept.items() if name not in asked}, **_told(asked)}


def credentials(guide: Guide, form: Form) -> dict[str, Any]:
    """The credentials that were typed; a blank one stays as it is, one that is to be removed is null."""
    fields = [one for one in guide.fields if one.name.startswith("credentials.")]
    typed = {one.key: form.text(one.name) for one in fields}
    removed = {one.key: None for one in fields if form.flag(f"remove.{one.name}") and not typed[one.key]}
    return {**filled(typed), **removed}


def at_their_fields(guide: Guide, form: Form) -> None:
    """Say what is wrong with a part of a field (one of several branches, one seller) at the field."""
    for one in guide.fields:
        parts = [told for name, told in form.errors.items() if name.startswith(f"{one.name}.")]
        if parts:
            form.errors.setdefault(one.name, parts[0])


def choices(visit: Visit, guide: Guide) -> dict[str, Choices]:
    """Kind of field → what it chooses from, as far as this platform's form needs it."""
    kinds = {kind for one in guide.fields for kind in (one.kind, one.right_of)}
    found: dict[str, Choices] = {kind: visit.choices(path) for kind, path in LISTS.items() if kind in kinds}
    if "haravan" in kinds:
        shops = visit.hub.every("/connections", sort="name")
        found["haravan"] = [(one["id"], one["name"]) for one in shops if one["platform"] == "haravan"]
    return found


def options(one: Field, visit: Visit) -> Choices:
    """What the field itself says that it chooses from."""
    if one.states:
        return words.options(one.states, visit.language)
    return [(value, visit.t(*both)) for value, both in one.options]


def in_words(visit: Visit, connection: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The settings of a connection as people read them: label and values."""
    guide = GUIDES[connection["platform"]]
    told = [(one, connection["settings"].get(one.key)) for one in _settings(guide)]
    given = [(one, value) for one, value in told if value not in (None, "", [], {})]
    visit.call_up(_ids(given))
    return [(visit.t(*one.label), list(_lines(visit, one, value))) for one, value in given]


def several(text: str) -> list[int | str]:
    """Numbers with commas or blanks between them; what is none stays text for the API to refuse."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"[,;\s]+", text) if part]


def types_of(visit: Visit, platform: str, names: list[str]) -> list[str]:
    """Record types as this platform's people call them."""
    known: dict[str, Both] = GUIDES[platform].types
    return [visit.t(*known[name]) if name in known else words.kind(name, visit.language) for name in names]


def _settings(guide: Guide) -> list[Field]:
    return [one for one in guide.fields if one.name.startswith("settings.")]


def _typed(one: Field, form: Form) -> Any:
    if one.kind == "pairs":
        rows = zip(form.rows(f"{one.name}.left"), form.rows(f"{one.name}.right"), strict=False)
        return {left: right for left, right in rows if left and right}
    if one.kind == "numbers":
        return several(" ".join(form.many(one.name)))
    return form.number(one.name) if one.kind == "number" else form.text(one.name)


def _told(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filled(body).items() if value != {}}


def _ids(given: list[tuple[Field, Any]]) -> Iterator[str]:
    for one, value in given:
        if one.kind in (*LISTS, "haravan"):
            yield value
        if one.right_of in LISTS:
            yield from value.values()


def _lines(visit: Visit, one: Field, value: Any) -> Iterator[str]:
    known = dict(options(one, visit))
    if one.kind == "pairs":
        for left, right in value.items():
            yield f"{known.get(left, left)} → {known.get(right) or visit.called(right)}"
    elif isinstance(value, list):
        yield ", ".join(map(str, value))
    else:
        yield known.get(str(value)) or visit.called(str(value))
