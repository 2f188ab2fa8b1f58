"""What an operator enters for a connection, held against the platform's own settings and credentials."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from retailhub.crm.office import Office
from retailhub.crm.references import newly_named, still_there
from retailhub.domain.connections import Secret
from retailhub.domain.kinds import Named, RecordType
from retailhub.domain.refusals import Fault, Wrong, all_wrong
from retailhub.platforms.registry import client_class, settings_models
from retailhub.rules.drafts import Draft
from retailhub.store.table import Check

NAMED_AT_ONCE = 80
"""Records that one edit of a connection may begin to name: they are written under conditions, and a transaction holds a
hundred items."""
SECRET_BYTES = 4096
"""A standard parameter of the parameter store holds no more."""


def record_types(platform: str, chosen: Sequence[str] | None) -> tuple[str, ...]:
    """The record types of a connection: those chosen, or all that the platform can give or take.

    Raises Wrong for one that the platform does not have.
    """
    client = client_class(platform)
    possible = tuple(dict.fromkeys((*client.reads, *getattr(client, "writes", ()))))
    if chosen is None:
        return possible
    strange = [Fault(f"record_types.{n}", "not_of_platform") for n, one in enumerate(chosen) if one not in possible]
    if strange:
        raise all_wrong(strange)
    return tuple(one for one in possible if one in chosen)


def checked_settings(platform: str, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings as they are kept. Raises Wrong with one entry per wrong field."""
    return _checked(settings_models(platform)[0], "settings", settings)


def named(platform: str, settings: dict[str, Any]) -> list[Named]:
    """The records of the hub that a connection's settings name."""
    kinds: dict[str, RecordType] = getattr(settings_models(platform)[0], "NAMES", {})
    found: list[Named] = []
    for field, kind in kinds.items():
        told = settings.get(field)
        if isinstance(told, dict):
            found += [Named(f"settings.{field}.{key}", kind, one) for key, one in told.items() if one]
        elif told:
            found.append(Named(f"settings.{field}", kind, told))
    return found


def vouched(office: Office, platform: str, before: dict[str, Any], after: dict[str, Any]) -> list[Check]:
    """Conditions under which the records that the settings begin to name are still there; what they named before, when
    it was free text, stays. Raises Wrong with one entry per field that names what is not there."""
    wanted = newly_named(named(platform, before), named(platform, after))
    if len({(one.kind, one.id) for one in wanted}) > NAMED_AT_ONCE:
        raise Wrong("too_long", "settings", context={"max_length": NAMED_AT_ONCE})
    return still_there(Draft(office.table), wanted) if wanted else []


def checked_credentials(platform: str, credentials: dict[str, Any]) -> dict[str, str]:
    """The credentials as they are kept. Raises Wrong; what was entered is never repeated in it."""
    kept = _checked(settings_models(platform)[1], "credentials", credentials)
    return {name: str(value) for name, value in kept.items() if value is not None}


def check_size(secret: Secret) -> None:
    """Raises Wrong if the secret does not fit into its parameter."""
    if len(secret.to_json().encode()) > SECRET_BYTES:
        raise Wrong("too_long", "credentials", context={"max_length": SECRET_BYTES})


def _checked(model: type[BaseModel], name: str, entered: dict[str, Any]) -> dict[str, Any]:
    try:
        return model.model_validate(entered).model_dump(mode="json", exclude_unset=True)
    except ValidationError as error:
        raise all_wrong(faults_of(error, name)) from None


def faults_of(error: ValidationError, *prefix: str) -> list[Fault]:
    """One fault per wrong field; the values that were entered stay out of it."""
    return [
        Fault(".".join([*prefix, *map(str, one["loc"])]), one["type"], _bounds(one.get("ctx")))
        for one in error.errors(include_input=False, include_url=False)
    ]


def _bounds(context: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (context or {}).items() if isinstance(value, int | str | float)}
