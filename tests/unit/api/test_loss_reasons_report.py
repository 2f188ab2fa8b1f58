"""The report of lost opportunities by the API."""

from typing import Any

from tests.unit.api import sales
from tests.unit.api.desk import Desk

PATH = "/reports/loss-reasons"


def told(desk: Desk, **query: str) -> dict[str | None, tuple[int, int]]:
    """Reason → count and value."""
    return {reason: (row["count"], row["value"]) for reason, row in sales.rows(desk, PATH, **query).items()}


def test_count_and_value_per_reason(desk: Desk) -> None:
    """R-LOST-01, R-LOST-02, A-LOST-3: the most frequent first, those without a reason a row of their own, a total."""
    dear, late = sales.loss_reason(desk, "Giá cao"), sales.loss_reason(desk, "Giao chậm")
    one = sales.lead(desk)
    for reason, value in [(late, 5), (dear, 1_000_000), (dear, 2_000_000), (None, 7)]:
        sales.opportunity(desk, one, "lost", loss_reason=reason, value=value)
    for status in ("open", "won"):
        sales.opportunity(desk, one, status, value=99)

    report = desk.get(PATH).json

    assert [(row["name"], row["count"], row["value"]) for row in report["items"]] == [
        ("Giá cao", 2, 3_000_000),
        ("Giao chậm", 1, 5),
        (None, 1, 7),
    ]
    assert report["total"] == {"count": 4, "value": 3_000_012}


def test_it_can_be_narrowed_by_period_owner_and_department(desk: Desk) -> None:
    """R-LOST-02, A-LOST-3: the period is when they were lost, not when they were made."""
    shop = sales.department(desk, "Cửa hàng")
    mai, ha = sales.employee(desk, "Mai", department=shop), sales.employee(desk, "Hà")
    one = sales.lead(desk)
    open_yet = sales.opportunity(desk, one, value=1, owner=mai)
    sales.opportunity(desk, one, "lost", value=2, owner=ha)
    sales.opportunity(desk, one, "lost", value=4)
    desk.later(30 * 86_400)
    desk.patch(f"/opportunities/{open_yet}", {"status": "lost"})

    assert told(desk) == {None: (3, 7)}
    assert told(desk, from_="2026-06-01", to="2026-06-30") == {None: (1, 1)}
    assert told(desk, to="2026-05-31") == {None: (2, 6)}
    assert told(desk, owner=ha) == {None: (1, 2)}
    assert told(desk, owner="none") == {None: (1, 4)}
    assert told(desk, department=shop) == {None: (1, 1)}
    assert told(desk, department=shop, owner=ha) == {}
    assert desk.get(PATH, department="nowhere").fields == {"department": "unknown_department"}
    assert desk.get(PATH, from_="2026-06-01", to="2026-05-01").fields == {"from": "from_after_to"}


def test_a_removed_reason_is_still_named(desk: Desk) -> None:
    """A-LOST-2: one that went while it was not in use, or whose opportunity is of before its protection."""
    dear = sales.loss_reason(desk, "Giá cao")
    desk.delete(f"/catalogues/loss-reasons/{dear}")
    lost: dict[str, Any] = {"status": "lost", "lost_at": desk.now, "value": 3}
    desk.keep("opportunity", "opportunity_1", customer="c_1", loss_reason=dear, **lost)
    desk.keep("opportunity", "opportunity_2", customer="c_1", loss_reason="long-gone", **lost)

    found = sales.rows(desk, PATH)

    assert [(row["name"], row["removed"]) for row in (found[dear], found["long-gone"])] == [
        ("Giá cao", True),
        (None, True),
    ]


def test_removed_and_regained_opportunities_count_no_more(desk: Desk) -> None:
    """R-LOST-02: the present state, as in the other report (A-CVR-10)."""
    one = sales.lead(desk)
    gone, regained = sales.opportunity(desk, one, "lost"), sales.opportunity(desk, one, "lost")
    desk.delete(f"/opportunities/{gone}")
    desk.patch(f"/opportunities/{regained}", {"status": "won"})

    assert told(desk) == {}
