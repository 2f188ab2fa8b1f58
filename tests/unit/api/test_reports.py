"""The conversion report by the API."""

from typing import Any

import pytest

from retailhub.store import preferences
from tests.unit.api import sales
from tests.unit.api.desk import Desk

NUMBERS = ("leads", "leads_with_opportunity", "opportunities", "won", "customers")
RATES = ("contact_rate", "customer_rate", "conversion_rate")
DAY = 86_400


def numbers(row: dict[str, Any]) -> list[int]:
    return [row[name] for name in NUMBERS]


def rates(row: dict[str, Any]) -> list[float | None]:
    return [row[name] for name in RATES]


def test_the_vector_of_the_requirements(desk: Desk) -> None:
    """R-CVR-01, R-CVR-04, R-CVR-05, R-CVR-06: 80 %, 37.5 %, 20 % for the employee in charge."""
    mai = sales.employee(desk, "Mai")
    sales.vector(desk, mai)

    row = sales.rows(desk)[mai]

    assert numbers(row) == [10, 6, 8, 3, 2]
    assert rates(row) == [80.0, 37.5, 20.0]
    assert (row["name"], row["active"]) == ("Mai", True)


def test_without_a_filter_it_is_everybody_from_the_beginning(desk: Desk) -> None:
    """R-CVR-07: whatever filter somebody saved."""
    mai, ha = sales.employee(desk, "Mai"), sales.employee(desk, "Hà")
    sales.lead(desk, owner=mai)
    desk.later(400 * DAY)
    sales.lead(desk, owner=ha)
    desk.call("PUT", "/reports/conversion/filter", {"from": "2027-01-01"})

    report = desk.get("/reports/conversion").json

    assert {row["employee"]: row["leads"] for row in report["items"]} == {mai: 1, ha: 1}
    assert (report["from"], report["to"], report["department"], report["basis"]) == (None, None, None, "cohort")


def test_every_active_employee_has_a_row_others_only_with_leads(desk: Desk) -> None:
    """A-CVR-7: zeros, somebody who left, somebody of whom there is no record, and nobody in the last place."""
    idle, busy = sales.employee(desk, "Bình"), sales.employee(desk, "Ân")
    left, forgotten = sales.employee(desk, "Cúc", active=False), sales.employee(desk, "Dung", active=False)
    for owner in (busy, left, None):
        sales.lead(desk, owner=owner)
    sales.assign(desk, sales.lead(desk), "somebody-else")

    report = desk.get("/reports/conversion").json

    assert [row["employee"] for row in report["items"]] == ["somebody-else", busy, idle, left, None]
    assert forgotten not in [row["employee"] for row in report["items"]]
    assert rates(report["items"][2]) == [None, None, None]
    assert (report["items"][-1]["leads"], report["total"]["leads"]) == (1, 4)


def test_the_total_comes_from_sums(desk: Desk) -> None:
    """A-CVR-7: not from the rows' rates."""
    mai, ha = sales.employee(desk, "Mai"), sales.employee(desk, "Hà")
    sales.vector(desk, mai)
    sales.lead(desk, owner=ha)

    total = desk.get("/reports/conversion").json["total"]

    assert numbers(total) == [11, 6, 8, 3, 2]
    assert rates(total) == [72.73, 37.5, 18.18]


def test_a_department_shows_its_own_people_only(desk: Desk) -> None:
    """R-CVR-08, R-CVR-10."""
    shop, office = sales.department(desk, "Cửa hàng"), sales.department(desk, "Văn phòng")
    mai, ha = sales.employee(desk, "Mai", department=shop), sales.employee(desk, "Hà", department=office)
    for owner in (mai, ha, ha, None):
        sales.lead(desk, owner=owner)

    report = desk.get("/reports/conversion", department=office).json

    assert [(row["employee"], row["leads"], row["department"]) for row in report["items"]] == [(ha, 2, office)]
    assert report["total"]["leads"] == 2
    gone = sales.department(desk, "Kho")
    desk.delete(f"/departments/{gone}")
    for unknown in ("nowhere", gone):
        assert desk.get("/reports/conversion", department=unknown).fields == {"department": "unknown_department"}


def test_a_period_is_of_whole_days_in_vietnam(desk: Desk) -> None:
    """R-CVR-08, R-CVR-10, A-CVR-5: the leads created in it, with their opportunities whenever made."""
    mai = sales.employee(desk, "Mai")
    made = {}
    for at in ("2026-05-13T16:59:59", "2026-05-13T17:00:00", "2026-05-14T16:59:59", "2026-05-14T17:00:00"):
        desk.now = f"{at}.000000Z"
        made[at] = sales.lead(desk, owner=mai)
    desk.later(30 * DAY)
    sales.opportunity(desk, made["2026-05-13T17:00:00"], "won")

    row = sales.rows(desk, from_="2026-05-14", to="2026-05-14")[mai]

    assert numbers(row) == [2, 1, 1, 1, 1]


def test_by_events_it_is_what_happened_in_the_period(desk: Desk) -> None:
    """A-CVR-5, the other reading: leads made, opportunities made and won in it, on whichever lead."""
    mai = sales.employee(desk, "Mai")
    early, unmoved = sales.lead(desk, owner=mai), sales.lead(desk, owner=mai)
    won_later = sales.opportunity(desk, early)
    sales.opportunity(desk, unmoved, "won")
    desk.later(30 * DAY)
    sales.opportunity(desk, sales.lead(desk, owner=mai))
    desk.patch(f"/opportunities/{won_later}", {"status": "won"})
    sales.opportunity(desk, early, "won")

    may = sales.rows(desk, from_="2026-05-01", to="2026-05-31", basis="events")[mai]
    june = sales.rows(desk, from_="2026-06-01", to="2026-06-30", basis="events")[mai]
    cohort = sales.rows(desk, from_="2026-05-01", to="2026-05-31")[mai]

    assert numbers(may) == [2, 2, 2, 1, 1]
    assert numbers(june) == [1, 2, 2, 2, 1]
    assert numbers(cohort) == [2, 2, 3, 3, 2]


def test_open_ends_are_allowed_but_not_a_period_that_ends_before_it_begins(desk: Desk) -> None:
    """A-CVR-8."""
    mai = sales.employee(desk, "Mai")
    sales.lead(desk, owner=mai)

    assert sales.rows(desk, from_="2026-05-14")[mai]["leads"] == 1
    assert sales.rows(desk, to="2026-05-14")[mai]["leads"] == 1
    assert sales.rows(desk, to="2026-05-13")[mai]["leads"] == 0
    assert desk.get("/reports/conversion", from_="2026-05-15", to="2026-05-14").fields == {"from": "from_after_to"}
    assert desk.get("/reports/conversion", from_="2026-13-01").fields == {"from": "invalid_day"}


def test_leads_count_for_their_present_owner(desk: Desk) -> None:
    """A-CVR-6."""
    mai, ha = sales.employee(desk, "Mai"), sales.employee(desk, "Hà")
    one = sales.lead(desk, owner=mai)
    sales.opportunity(desk, one, "won")
    desk.patch(f"/leads/{one}", {"owner": ha})

    found = sales.rows(desk)

    assert (numbers(found[mai]), numbers(found[ha])) == ([0, 0, 0, 0, 0], [1, 1, 1, 1, 1])


@pytest.mark.parametrize("basis", ["cohort", "events"])
def test_converted_leads_count_and_removed_ones_do_not(desk: Desk, basis: str) -> None:
    """A-CVR-3."""
    mai = sales.employee(desk, "Mai")
    desk.post(f"/leads/{sales.lead(desk, owner=mai)}/convert", {"opportunity": {}})
    desk.delete(f"/leads/{sales.lead(desk, owner=mai)}")

    assert numbers(sales.rows(desk, basis=basis)[mai]) == [1, 1, 1, 0, 0]


@pytest.mark.parametrize("basis", ["cohort", "events"])
def test_it_is_computed_from_the_present_state(desk: Desk, basis: str) -> None:
    """A-CVR-10: won and then lost again."""
    mai = sales.employee(desk, "Mai")
    one = sales.opportunity(desk, sales.lead(desk, owner=mai), "won")
    before = sales.rows(desk, basis=basis)[mai]
    desk.patch(f"/opportunities/{one}", {"status": "lost"})

    assert (before["customers"], before["conversion_rate"]) == (1, 100.0)
    assert numbers(sales.rows(desk, basis=basis)[mai]) == [1, 1, 1, 0, 0]


def test_a_filter_is_remembered_per_user(desk: Desk) -> None:
    """R-CVR-09, R-CVR-10, R-CVR-11, A-CVR-8: opened by its icon, filled in, saved by OK; found again by whoever saved
    it."""
    shop = sales.department(desk, "Cửa hàng")
    assert desk.get("/reports/conversion/filter").json == {
        "from": None,
        "to": None,
        "department": None,
        "basis": "cohort",
    }

    saved = desk.call("PUT", "/reports/conversion/filter", {"from": "2026-05-01", "department": shop})
    more = desk.call("PUT", "/reports/conversion/filter", {"to": "2026-05-31", "department": None})

    assert saved.json == {"from": "2026-05-01", "to": None, "department": shop, "basis": "cohort"}
    assert more.json == {"from": "2026-05-01", "to": "2026-05-31", "department": None, "basis": "cohort"}
    assert desk.get("/reports/conversion/filter").json == more.json
    assert preferences.load(desk.table, "mai", "conversion") == {}, "somebody else saved none"


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({"from": "2026-05-02", "to": "2026-05-01"}, {"from": "from_after_to"}),
        ({"department": "nowhere"}, {"department": "unknown_department"}),
        ({"basis": "guess"}, {"basis": "literal_error"}),
        ({"to": "soon"}, {"to": "invalid_day"}),
    ],
)
def test_a_filter_that_cannot_be_is_not_saved(desk: Desk, body: dict[str, str], wrong: dict[str, str]) -> None:
    """A-CVR-8."""
    reply = desk.call("PUT", "/reports/conversion/filter", body)

    assert (reply.status, reply.fields) == (422, wrong)
    assert desk.get("/reports/conversion/filter").json["from"] is None


def test_the_report_is_one_pass_over_the_leads_of_the_period(desk: Desk) -> None:
    """R-CVR-08: a query for the employees, one for the leads; no opportunity is read."""
    mai = sales.employee(desk, "Mai")
    sales.vector(desk, mai)
    desk.table.calls.clear()

    desk.get("/reports/conversion", from_="2026-05-01", to="2026-05-31")

    assert dict(desk.table.calls) == {"query": 2}
