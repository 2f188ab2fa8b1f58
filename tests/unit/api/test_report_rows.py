"""Every number of a report opens to the rows behind it."""

from typing import Any

import pytest

from tests.unit.api import sales
from tests.unit.api.desk import Desk

PATH = "/reports/conversion/rows"
NUMBERS = ("leads", "leads_with_opportunity", "opportunities", "won", "customers")
DAY = 86_400


def busy(desk: Desk) -> dict[str, str]:
    """Two months of two employees of two departments and nobody, with moves, losses, removals and a conversion."""
    shop, office = sales.department(desk, "Cửa hàng"), sales.department(desk, "Văn phòng")
    mai = sales.employee(desk, "Mai", department=shop)
    ha = sales.employee(desk, "Hà", department=office, active=False)
    early = sales.vector(desk, mai)
    others = [sales.lead(desk, owner=owner) for owner in (ha, None, ha)]
    desk.later(30 * DAY)
    late = [sales.lead(desk, owner=owner) for owner in (mai, None)]
    customer = desk.post("/customers", {"name": "Lan"}).json["id"]
    moved = desk.post("/opportunities", {"customer": customer, "status": "won"}).json["id"]
    for one in (early[9], others[0], others[1], late[0], late[1]):
        sales.opportunity(desk, one, "won")
        sales.opportunity(desk, one)
    desk.patch(f"/opportunities/{moved}", {"lead": late[1]})
    desk.patch(f"/opportunities/{sales.opportunity(desk, others[2], 'won')}", {"status": "lost"})
    desk.delete(f"/opportunities/{sales.opportunity(desk, early[8], 'won')}")
    desk.post(f"/leads/{others[1]}/convert", {"opportunity": {}})
    return {"shop": shop, "office": office}


FILTERS: list[dict[str, str]] = [
    {},
    {"from": "2026-06-01"},
    {"to": "2026-05-31"},
    {"from": "2026-05-14", "to": "2026-05-14"},
    {"department": "shop"},
    {"department": "office", "from": "2026-05-14"},
]


@pytest.mark.parametrize("basis", ["cohort", "events"])
@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_as_many_rows_as_the_number_says(desk: Desk, query: dict[str, str], basis: str) -> None:
    """R-CVR-01, R-CVR-08: for every employee, every number and the total, over all pages, none twice."""
    departments = busy(desk)
    query = {name: departments.get(value, value) for name, value in query.items()} | {"basis": basis}
    report = desk.get("/reports/conversion", **query).json
    assert report["total"]["leads"] + report["total"]["opportunities"] > 0, "the filter leaves something to open"

    for row in [*report["items"], report["total"]]:
        whose = {"employee": row["employee"] or "none"} if "employee" in row else {}
        for number in NUMBERS:
            found = sales.behind(desk, PATH, number=number, **whose, **query)
            assert len(found) == len(set(found)) == row[number], (whose, number)


def test_a_number_of_opportunities_opens_to_opportunities(desk: Desk) -> None:
    """R-CVR-04."""
    mai = sales.employee(desk, "Mai")
    one = sales.lead(desk, owner=mai)
    won = sales.opportunity(desk, one, "won", value=5)

    def shown(number: str) -> list[tuple[Any, Any]]:
        return [(row["type"], row["id"]) for row in desk.get(PATH, number=number, employee=mai).json["items"]]

    assert shown("won") == shown("opportunities") == [("opportunity", won)]
    assert shown("leads") == shown("customers") == shown("leads_with_opportunity") == [("lead", one)]


def test_a_number_that_there_is_not_is_refused(desk: Desk) -> None:
    assert desk.get(PATH).fields == {"number": "missing"}
    assert desk.get(PATH, number="rates").fields == {"number": "literal_error"}
    assert desk.get(PATH, number="leads", department="nowhere").fields == {"department": "unknown_department"}


@pytest.mark.parametrize("query", [{}, {"to": "2026-05-31"}, {"from": "2026-06-01"}, {"owner": "none"}], ids=str)
def test_the_loss_report_opens_too(desk: Desk, query: dict[str, str]) -> None:
    """R-LOST-02, A-LOST-3: count and value are those of the rows."""
    dear, mai = sales.loss_reason(desk, "Giá cao"), sales.employee(desk, "Mai")
    one = sales.lead(desk)
    for value, reason, owner in [(1, dear, mai), (2, None, mai), (4, dear, None), (8, None, None)]:
        sales.opportunity(desk, one, "lost", value=value, loss_reason=reason, owner=owner)
    desk.later(30 * DAY)
    sales.opportunity(desk, one, "lost", value=16, loss_reason=dear)
    report = desk.get("/reports/loss-reasons", **query).json
    assert report["items"]

    for row in [*report["items"], report["total"]]:
        whose = {"reason": row["reason"] or "none"} if "reason" in row else {}
        found = desk.get("/reports/loss-reasons/rows", **whose, **query).json["items"]
        assert (len(found), sum(each["value"] for each in found)) == (row["count"], row["value"])
