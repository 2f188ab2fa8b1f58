"""What people keep by hand: catalogues, staff, partners and tickets (R-LOST, R-TKT, R-CTR, R-SUP, R-POS, R-SRC).

One implementation for all of them; a new catalogue needs nothing here.
"""

from collections.abc import Iterable
from typing import Any, get_args

from aws_lambda_powertools.event_handler import Response

from console import words
from console.forms import Form, filled
from console.hub_api import Found, Refused
from console.kept import Facts, Kept
from console.places import KEPT_AT, list_of
from console.routing import Screens
from console.visit import Visit
from retailhub.domain.catalogues import CATALOGUES, PRODUCT_TYPES
from retailhub.domain.definitions import Field
from retailhub.domain.directories import DIRECTORIES, KEPT
from retailhub.domain.kinds import MODELS, REFERENCES, users_of

screens = Screens()
Options = list[tuple[str, str]]


class Entries:
    """The screens of one kind."""

    template = "entries/list.html"

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    def declare(self, on: Screens) -> None:
        """Declare the kind's pages."""
        path, one = self.kept.path, f"{self.kept.path}/<entry_id>"
        on.get(path)(self.listed)
        on.get(f"{path}/new")(self.new)
        on.post(f"{path}/new")(self.create)
        on.get(one)(self.seen)
        on.get(f"{one}/edit")(self.edit)
        on.post(f"{one}/edit")(self.change)
        on.get(f"{one}/delete")(self.edit)
        on.post(f"{one}/delete")(self.delete)

    def listed(self, visit: Visit) -> Response[Any]:
        """The list with its search and filters."""
        visit.form = Form(dict(visit.query))
        return visit.page(self.template, **self.in_list(visit))

    def new(self, visit: Visit) -> Response[Any]:
        """The form for a new entry; the address may fill some of it in."""
        visit.form = self.kept.empty(visit.query)
        return self._form(visit, None)

    def create(self, visit: Visit) -> Response[Any]:
        """Add an entry; what it may not hold is said at the field."""
        try:
            made = visit.hub.post(self.kept.api, filled(self.kept.told(visit.form)), once=visit.form.once)
        except Refused as refusal:
            visit.form.refused(refusal)
            return self._form(visit, None)
        return visit.go(self._beyond(made), "created")

    def seen(self, visit: Visit, entry_id: str) -> Response[Any]:
        """An entry, what belongs to it where the catalogue has details, and what happened to it."""
        record = self._found(visit, entry_id)
        self._call_up(visit, [record])
        visit.call_up(record.get("users") or {})
        story, own = self._story(visit, record), self._own(visit, record)
        return visit.page("entries/seen.html", kept=self.kept, record=record, story=story, own=own)

    def edit(self, visit: Visit, entry_id: str) -> Response[Any]:
        """The form with an entry in it."""
        record = self._found(visit, entry_id)
        visit.form = self.kept.showing(record)
        return self._form(visit, record)

    def change(self, visit: Visit, entry_id: str) -> Response[Any]:
        """Save what was changed, unless somebody else changed the entry meanwhile."""
        record = self._found(visit, entry_id)
        typed = self.kept.told(visit.form)
        told = {name: value for name, value in typed.items() if (value or None) != (record[name] or None)}
        try:
            changed = visit.hub.patch(f"{self.kept.api}/{entry_id}", told, version=visit.form.version)
        except Refused as refusal:
            visit.form.refused(refusal)
            return self._form(visit, record)
        return visit.go(self._beyond(changed), "saved")

    def delete(self, visit: Visit, entry_id: str) -> Response[Any]:
        """Remove an entry; if it is in use, the page tells by whom (R-TKT-11, R-CTR-10, R-SUP-09)."""
        try:
            visit.hub.delete(f"{self.kept.api}/{entry_id}")
        except Refused as refusal:
            record = self._found(visit, entry_id)
            visit.form = self.kept.showing(record).refused(refusal)
            return self._form(visit, record)
        return visit.go(self.kept.path, "deleted")

    def in_list(self, visit: Visit) -> dict[str, Any]:
        """What the list's page shows."""
        asked = self.kept.definition.filters
        found = visit.hub.page(self.kept.api, **visit.asked("q", "sort", *asked))
        self._call_up(visit, [*found.items, visit.query])
        filters = [one for one in self.kept.fields if one.name in asked]
        return {"kept": self.kept, "found": found, "filters": self._options(visit, filters), "dialog": None}

    def choices(self, visit: Visit, field: Field) -> Options | None:
        """What can be chosen in a field: states, or records of a short list; None for what is typed."""
        if field.form == "choice":
            values = get_args(MODELS[self.kept.kind].model_fields[field.name].annotation)
            return [(one, words.state(f"{self.kept.kind}_{field.name}", one, visit.language)[0]) for one in values]
        if field.form != "reference" or self.kept.target(field.name) not in KEPT_AT:
            return None
        return visit.choices(KEPT_AT[self.kept.target(field.name)])

    def _options(self, visit: Visit, fields: Iterable[Field]) -> dict[str, Options]:
        every = {one.name: self.choices(visit, one) for one in fields}
        return {name: found for name, found in every.items() if found is not None}

    def _form(self, visit: Visit, record: Facts | None) -> Response[Any]:
        """The form on a page of its own, or in a popup over the list, as the catalogue's screen wants it."""
        self._call_up(visit, [visit.form.values])
        has_users = any(one.form == "users" for one in self.kept.fields)
        told: dict[str, Any] = {
            "kept": self.kept,
            "record": record,
            "options": self._options(visit, self.kept.fields),
            "connections": visit.hub.every("/connections") if has_users else [],
        }
        shown = visit.again if visit.form.refusal else visit.page
        if self.kept.screen.opens == "popup":
            return shown(self.template, **{**self.in_list(visit), **told, "dialog": record or "new"})
        return shown("entries/form.html", **told)

    def _found(self, visit: Visit, entry_id: str) -> Facts:
        found: Facts = visit.hub.get(f"{self.kept.api}/{entry_id}")
        return found

    def _call_up(self, visit: Visit, records: Iterable[Facts]) -> None:
        """Look up what entries name."""
        names = (*REFERENCES.get(self.kept.kind, {}), "created_by")
        visit.call_up(record.get(name) for record in records for name in names)

    def _story(self, visit: Visit, record: Facts) -> Found | None:
        """What happened to an entry; None for a source whose id can stand in no address."""
        if self.kept.address(record) != record["id"]:
            return None
        return visit.hub.page(f"{self.kept.api}/{record['id']}/timeline", **visit.asked())

    def _own(self, visit: Visit, record: Facts) -> dict[str, Any] | None:
        """The records that belong to an entry, where the documents give it a list of its own (R-SUP-11, R-SUP-12)."""
        if not self.kept.screen.details:
            return None
        kind = next(one for one in users_of(self.kept.kind) if one in KEPT)
        own = Entries(Kept(KEPT[kind]))
        field = next(name for name, target in REFERENCES[kind].items() if target == self.kept.kind)
        found = visit.hub.page(own.kept.api, **{field: record["id"]})
        own._call_up(visit, found.items)
        add = f"{own.kept.path}/new?{field}={record['id']}"
        return {"kept": own.kept, "found": found, "all": list_of(kind, self.kept.kind, record["id"]), "add": add}

    def _beyond(self, record: Facts) -> str:
        """Where to go once an entry is saved: to a short list, or to the entry itself."""
        return self.kept.path if self.kept.definition.few else self.kept.at(record)


for _definition in (*CATALOGUES, *DIRECTORIES):
    if _definition is not PRODUCT_TYPES:
        Entries(Kept(_definition)).declare(screens)
