"""What the screens of kept records follow from: their definitions, and nothing else."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from console.forms import Form
from console.kept import Kept
from console.places import list_of, page_of
from console.visit import Visit
from retailhub.domain.catalogues import CATALOGUES, SOURCES, TICKET_PRIORITIES
from retailhub.domain.definitions import Definition
from retailhub.domain.directories import DIRECTORIES, EMPLOYEES, SUPPLIERS, TICKETS


def visit(now: str = "2026-05-14T03:00:00.000000Z") -> Visit:
    """Somebody who looks at a page at this time."""
    office = SimpleNamespace(clock=lambda: now)
    told = SimpleNamespace(t=lambda vi, _: vi, language="vi", hub=SimpleNamespace(office=office))
    return cast("Visit", told)


@pytest.mark.parametrize("definition", [*CATALOGUES, *DIRECTORIES])
def test_every_kind_has_a_name_to_follow_first_and_a_search(definition: Definition) -> None:
    kept = Kept(definition)
    assert kept.columns[0].name in ("name", "title")
    assert kept.searched(visit())
    assert {one.name for one in kept.facts} | {"resolve_unit"} >= {one.name for one in definition.fields}


@pytest.mark.parametrize(
    "due, status, overdue",
    [
        ("2026-05-14T02:59:59.999999Z", "open", True),
        ("2026-05-14T02:59:59.999999Z", "in_progress", True),
        ("2026-05-14T02:59:59.999999Z", "done", False),
        ("2026-05-14T03:00:00.000000Z", "open", False),
        (None, "open", False),
    ],
)
def test_a_ticket_is_overdue_until_it_is_done(due: str | None, status: str, *, overdue: bool) -> None:
    """A-TKT-2."""
    assert Kept(TICKETS).overdue(visit(), {"due_at": due, "status": status}) is overdue


def test_a_resolve_time_is_shown_with_its_unit() -> None:
    """R-TKT-05."""
    kept, record = Kept(TICKET_PRIORITIES), {"resolve_time": 30, "resolve_unit": "minutes"}
    assert kept.unit(visit(), record, "resolve_time") == "phút"
    assert "resolve_unit" not in [one.name for one in kept.columns]


def test_a_form_tells_what_it_shows() -> None:
    """A box that is not ticked is sent by no browser; connections without a user there are left out."""
    typed = {"name": " An ", "position": "1.000", "users.k1": "7", "users.k2": ""}
    told = Kept(EMPLOYEES).told(Form(typed))
    assert told == {"name": "An", "position": 1000, "active": False, "absent": False, "users": {"k1": "7"}}


def test_a_new_entry_begins_as_a_new_one_is_and_with_what_was_asked_for() -> None:
    form = Kept(TICKETS).empty({"customer": "c_1", "deleted": "true"})
    assert form.values == {"status": "open", "customer": "c_1"}


def test_what_was_never_given_is_blank() -> None:
    record: dict[str, Any] = {"name": "An", "position": 0, "users": {"k1": "7"}, "version": 3}
    form = Kept(EMPLOYEES).showing(record)
    assert (form.values["position"], form.values["users.k1"], form.version) == (None, "7", "3")


def test_a_source_of_an_integration_goes_by_its_key() -> None:
    """Its id may hold what no address can."""
    record = {"id": "CNV – Website", "key": "cnv-website", "built_in": True}
    assert Kept(SOURCES).at(record) == page_of("source", "CNV – Website") == "/catalogues/sources/cnv-website"


def test_who_uses_a_record_is_found_in_lists() -> None:
    assert list_of("supplier", "supplier_type", "s1") == f"/{SUPPLIERS.path}?supplier_type=s1"
    assert list_of("ownership_rule", "department", "d1") == ""
    assert page_of("employee", "e1") == "/settings/employees/e1"
    assert page_of("point_settings", "point_settings") == "/settings/points"
    assert page_of("dead_letters", "all") == ""
