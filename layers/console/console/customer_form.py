"""The form of a customer: what it shows of a record, what it sends of what was typed, and where objections stand."""

import json
from typing import Any

from console import formats
from console.forms import Form
from console.hub_api import Refused
from retailhub.api.messages import MESSAGES, Language, said

Facts = dict[str, Any]

TEXTS = (
    *("name", "code", "phone", "email", "birthday", "gender", "tax_code", "website", "fax", "bank_account", "note"),
    *("social_page", "source", "owner", "account_manager", "funnel"),
)
ADDRESS = ("source_id", "name", "phone", "line", "ward", "district", "province", "country")
DEFAULT = "default"
PARTS = ("groups", "addresses", "custom")
SHOWN = "shown"
FIELD_OF = {"address": "addresses", "group": "groups"}
"""Where the settings of duplicates call a field otherwise than the record does."""
OWN = "custom."


def showing(customer: Facts) -> Form:
    """The form with a customer in it, and what it shows, so that later only what was changed is sent. The funnel is
    what somebody chose, not what follows from orders."""
    form = Form.showing(customer, phone=formats.phone(customer["phone"]), funnel=customer["funnel_override"])
    form.values[SHOWN] = json.dumps({name: form.values[name] for name in (*TEXTS, *PARTS)}, ensure_ascii=False)
    return form


def body(form: Form) -> Facts:
    """Everything that was typed, as the API takes it."""
    texts = {name: told.replace("\r\n", "\n") if told else None for name, told in form.texts(*TEXTS).items()}
    return {**texts, "groups": form.many("groups"), "addresses": addresses(form), "custom": own(form)}


def changed(form: Form) -> Facts:
    """What was changed of what was shown: the rest nobody has said, so a phone that came from an address stays one."""
    shown = _shown(form)
    return {name: told for name, told in body(form).items() if _plain(name, told) != _plain(name, shown.get(name))}


def merged(form: Form, customer: Facts) -> list[tuple[str, Any, Any]]:
    """Let the form, which met a newer version, show that one with what was typed in it. Answers what of it stands
    otherwise there: field, present value, typed value."""
    typed, present = changed(form), showing(customer)
    form.values, form.version = {**present.values, **typed}, present.version
    pairs = [(name, present.values[name], told) for name, told in typed.items()]
    return [(name, now, told) for name, now, told in pairs if _plain(name, now) != _plain(name, told)]


def addresses(form: Form) -> list[Facts]:
    """The rows of addresses in which anything stands."""
    if isinstance(form.values.get("addresses"), list):  # a record's own, shown for the first time
        return list(form.values["addresses"])
    columns = {part: form.rows(f"address_{part}") for part in (*ADDRESS, DEFAULT)}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=False)]
    told = [{**{part: row[part] or None for part in ADDRESS}, DEFAULT: row[DEFAULT] == "true"} for row in rows]
    return [row for row in told if any(row[part] for part in ADDRESS)]


def own(form: Form) -> dict[str, str]:
    """The business's own fields that are filled."""
    if isinstance(form.values.get("custom"), dict):
        return dict(form.values["custom"])
    pairs = zip(form.rows("custom_name"), form.rows("custom_value"), strict=False)
    return {name: told for name, told in pairs if name and told}


def own_rows(form: Form, settings: list[Facts]) -> dict[str, str]:
    """The business's own fields, those that the settings of duplicates name first."""
    named = (one["field"].removeprefix(OWN) for one in settings if one["field"].startswith(OWN))
    return {**dict.fromkeys(named, ""), **own(form)}


def objected(form: Form, refusal: Refused, language: Language) -> list[Facts]:
    """The form with the API's objections at their fields. Answers the records that have a value already (R-DUP-06)."""
    form.refused(refusal)
    taken = [{**one["existing"], "field": one["field"]} for one in refusal.details.get("duplicates") or []]
    for one in taken:
        code = "duplicate_custom" if one["field"].startswith(OWN) else f"duplicate_{one['field']}"
        form.errors[FIELD_OF.get(one["field"], one["field"])] = said(code if code in MESSAGES else "invalid", language)
    for rows in PARTS:  # what is said at a row need not be said above them all
        if any(name.startswith(f"{rows}.") for name in form.errors):
            form.errors.pop(rows, None)
    return taken


def _shown(form: Form) -> Facts:
    """What the form showed when it was opened; nothing if it does not say."""
    try:
        told = json.loads(form.text(SHOWN) or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _plain(name: str, told: Any) -> Any:
    """A value in the one form in which two are compared."""
    if name == "addresses":
        return [[one.get(part) or None for part in (*ADDRESS, DEFAULT)] for one in told or []]
    return sorted(told or []) if name == "groups" else told or None
