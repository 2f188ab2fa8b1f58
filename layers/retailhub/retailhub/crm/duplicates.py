"""Which fields must be unique and which must be entered: what the administrator ticks (R-DUP-04…09)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retailhub.crm import records
from retailhub.crm.office import Office
from retailhub.domain import duplicates
from retailhub.domain.records import Record
from retailhub.domain.refusals import Fault, all_wrong
from retailhub.domain.rules import DuplicateSettings, FieldSetting
from retailhub.rules import claiming
from retailhub.rules.claiming import KIND

MOST_CUSTOM = 30
_CUSTOM = re.compile(r"custom\.[\w][\w -]{0,59}")

Ticks = Mapping[str, Mapping[str, bool]]
"""Field → which of `unique` and `required` are set to what; what is not named stays as it is."""


@dataclass(frozen=True)
class Row:
    """One line of the screen. always: the field is required whatever is ticked."""

    field: str
    label: tuple[str, str]
    setting: FieldSetting
    always: bool


def settings(office: Office) -> Record:
    """The settings; before anybody has saved them, blank ones with version 0."""
    return records.only(office, KIND)


def rows(told: DuplicateSettings) -> list[Row]:
    """Every listed field and the custom ones that something is asked of, in their order (R-DUP-04)."""
    return [_row(field, told) for field in duplicates.ordered({*duplicates.FIELDS, *told.fields})]


def save(office: Office, ticks: Ticks, if_match: int | None) -> Record:
    """The settings after *Cập nhật*. What is newly unique holds from now on for what is entered; what is there already
    is claimed by a run, and the field is `ready` when that is through (A-DUP-6).

    Raises Wrong for a field that there is not, Clash for another version."""
    _check(ticks)
    present = settings(office)
    records.check_version(present.version, if_match)
    wanted = _edited(present.fields, ticks).fields
    starting = [field for field in ticks if (new := wanted.get(field)) and new.unique and not new.ready]
    for field in starting:
        claiming.begin(office.table, field, office.clock())
    saved = records.change_only(office, KIND, if_match, lambda fields: _edited(fields, ticks))
    for field in starting:
        # begun anew: an older run of the field may have met the settings of before
        claiming.begin(office.table, field, office.clock())
        office.queues.send_pull(claiming.run_of(field), claiming.HEARD_AFTER)
    return saved


def _edited(told: DuplicateSettings, ticks: Ticks) -> DuplicateSettings:
    fields = {field: _ticked(told.fields.get(field, FieldSetting()), ticked) for field, ticked in ticks.items()}
    kept = {field: setting for field, setting in (told.fields | fields).items() if setting.unique or setting.required}
    return DuplicateSettings(fields=kept)


def _ticked(old: FieldSetting, ticked: Mapping[str, bool]) -> FieldSetting:
    """Not ready from the moment when a field becomes unique."""
    new = old.model_copy(update=dict(ticked))
    return new.model_copy(update={"ready": not new.unique or (old.unique and old.ready)})


def _row(field: str, told: DuplicateSettings) -> Row:
    always = field == duplicates.NAME
    setting = told.fields.get(field, FieldSetting())
    shown = setting.model_copy(update={"required": True}) if always else setting
    return Row(field, duplicates.label(field), shown, always)


def _check(ticks: Ticks) -> None:
    faults = [fault for field, ticked in ticks.items() for fault in _faults(field, ticked)]
    if sum(field not in duplicates.FIELDS for field in ticks) > MOST_CUSTOM:
        faults.append(Fault("fields", "too_long", {"max_length": MOST_CUSTOM}))
    if faults:
        raise all_wrong(faults)


def _faults(field: str, ticked: Mapping[str, bool]) -> Iterator[Fault]:
    if field not in duplicates.FIELDS and not _CUSTOM.fullmatch(field):
        yield Fault(f"fields.{field[:80]}", "unknown_field")
    if field == duplicates.NAME and ticked.get("required") is False:
        yield Fault("fields.name.required", "always_required")
