"""Opportunities by the API: their status, their loss reason, whom they hang on, and what their lead counts."""

from typing import Any

import pytest

from retailhub.crm import opportunities
from tests.unit.api import sales
from tests.unit.api.desk import Desk


def test_an_opportunity_belongs_to_a_lead_or_a_customer(desk: Desk) -> None:
    customer = desk.post("/customers", {"name": "Lan"}).json["id"]

    assert desk.post("/opportunities", {"value": 1}).fields == {"lead": "lead_or_customer"}
    assert desk.post("/opportunities", {"customer": customer}).json["customer"] == customer
    alone = desk.post("/opportunities", {"lead": sales.lead(desk)}).json
    assert (alone["status"], alone["value"], alone["customer"]) == ("open", 0, None)
    assert desk.patch(f"/opportunities/{alone['id']}", {"lead": None}).fields == {"lead": "lead_or_customer"}


def test_it_begins_with_its_leads_owner_and_with_the_customer_of_a_converted_one(desk: Desk) -> None:
    mai, ha = sales.employee(desk, "Mai"), sales.employee(desk, "Hà")
    one = sales.lead(desk, owner=mai)
    customer = desk.post(f"/leads/{one}/convert").json["customer"]["id"]

    given = desk.post("/opportunities", {"lead": one}).json
    other = desk.post("/opportunities", {"lead": one, "owner": ha}).json

    assert (given["owner"], given["customer"], other["owner"]) == (mai, customer, ha)


def test_a_status_remembers_since_when_it_is_so(desk: Desk) -> None:
    """R-CVR-03, A-CVR-10: won, then lost, then open again."""
    one = sales.opportunity(desk, sales.lead(desk))
    desk.later(60)
    won = desk.patch(f"/opportunities/{one}", {"status": "won"}).json
    desk.later(60)
    same = desk.patch(f"/opportunities/{one}", {"status": "won", "value": 7}).json
    lost = desk.patch(f"/opportunities/{one}", {"status": "lost"}).json
    back = desk.patch(f"/opportunities/{one}", {"status": "open"}).json

    assert (won["won_at"], won["lost_at"]) == ("2026-05-14T03:01:00.000000Z", None)
    assert same["won_at"] == won["won_at"], "an edit of something else does not move it"
    assert (lost["won_at"], lost["lost_at"]) == (None, "2026-05-14T03:02:00.000000Z")
    assert (back["won_at"], back["lost_at"]) == (None, None)


def test_a_loss_reason_goes_with_the_loss(desk: Desk) -> None:
    """R-LOST-01, A-LOST-3: only a lost one has a reason, and it may have none."""
    dear = sales.loss_reason(desk, "Giá cao")
    one = sales.opportunity(desk, sales.lead(desk))

    assert desk.patch(f"/opportunities/{one}", {"loss_reason": dear}).fields == {"loss_reason": "only_of_lost"}
    assert desk.patch(f"/opportunities/{one}", {"status": "lost"}).json["loss_reason"] is None
    assert desk.patch(f"/opportunities/{one}", {"loss_reason": dear}).json["loss_reason"] == dear
    assert desk.patch(f"/opportunities/{one}", {"status": "won"}).json["loss_reason"] is None


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({"value": -1}, {"value": "greater_than_equal"}),
        ({"status": "maybe"}, {"status": "literal_error"}),
        ({"status": None}, {"status": "not_null"}),
        ({"lead": "nothing"}, {"lead": "unknown_lead"}),
        ({"customer": "nobody"}, {"customer": "unknown_customer"}),
        ({"owner": "nobody"}, {"owner": "unknown_employee"}),
        ({"status": "lost", "loss_reason": "none"}, {"loss_reason": "unknown_loss_reason"}),
        ({"won_at": "2026-05-14T00:00:00Z"}, {"won_at": "extra_forbidden"}),
    ],
)
def test_what_cannot_be_is_refused_field_by_field(desk: Desk, body: dict[str, Any], wrong: dict[str, str]) -> None:
    """api.md, Errors."""
    reply = desk.post("/opportunities", {"lead": sales.lead(desk), **body})

    assert (reply.status, reply.fields) == (422, wrong)


def test_a_leads_counts_follow_its_opportunities(desk: Desk) -> None:
    """R-CVR-02, R-CVR-03, A-CVR-10: created, won, lost, moved to another lead, removed."""
    first, second = sales.lead(desk), sales.lead(desk)
    one = sales.opportunity(desk, first)
    assert sales.counts(desk, first) == (1, 0)

    desk.patch(f"/opportunities/{one}", {"status": "won"})
    assert sales.counts(desk, first) == (1, 1)
    desk.patch(f"/opportunities/{one}", {"lead": second})
    assert (sales.counts(desk, first), sales.counts(desk, second)) == ((0, 0), (1, 1))
    desk.patch(f"/opportunities/{one}", {"lead": first, "status": "lost"})
    assert (sales.counts(desk, first), sales.counts(desk, second)) == ((1, 0), (0, 0))
    desk.delete(f"/opportunities/{one}")
    assert sales.counts(desk, first) == (0, 0)


def test_the_count_moves_in_the_transaction_of_the_opportunity(desk: Desk) -> None:
    """R-CVR-02: no moment at which they disagree; the lead's version, which says that its content changed, stays."""
    one = sales.lead(desk)
    desk.table.calls.clear()

    sales.opportunity(desk, one, "won")

    assert (desk.table.calls["transaction"], desk.table.calls["write"]) == (1, 0)
    assert desk.get(f"/leads/{one}").json["version"] == 1


def test_two_opportunities_on_one_lead_at_once_are_both_counted(desk: Desk) -> None:
    """F38: the second finds the lead changed and counts anew."""
    one = sales.lead(desk)

    def somebody_is_quicker(step: str) -> None:
        if step == "transaction":
            desk.table.before = lambda _: None
            opportunities.create(desk.office, {"lead": one})

    desk.table.before = somebody_is_quicker
    sales.opportunity(desk, one, "won")

    assert sales.counts(desk, one) == (2, 1)


def test_opportunities_of_a_lead_are_looked_up_not_looked_through(desk: Desk) -> None:
    first, second = sales.lead(desk), sales.lead(desk)
    for _ in range(3):
        sales.opportunity(desk, second)
    wanted = [sales.opportunity(desk, first, "won"), sales.opportunity(desk, first)]
    desk.table.calls.clear()

    found = desk.get("/opportunities", lead=first).json["items"]

    assert [one["id"] for one in found] != []
    assert {one["id"] for one in found} == set(wanted)
    assert (desk.table.calls["query"], desk.table.calls["get_many"]) == (1, 1)


def test_the_other_filters_find_what_they_say(desk: Desk) -> None:
    mai = sales.employee(desk, "Mai")
    customer = desk.post("/customers", {"name": "Lan"}).json["id"]
    one = sales.lead(desk, owner=mai)
    won = sales.opportunity(desk, one, "won", name="Bộ bàn ghế", customer=customer)
    lost = sales.opportunity(desk, sales.lead(desk), "lost", loss_reason=sales.loss_reason(desk, "Giá cao"))

    def found(**query: str) -> list[str]:
        return [each["id"] for each in desk.get("/opportunities", **query).json["items"]]

    assert found(status="won") == found(owner=mai) == found(q="ban ghe") == found(customer=customer) == [won]
    assert found(lead=one, customer=customer) == [won]
    assert found(lead=one, status="lost") == []
    assert found(loss_reason=desk.get(f"/opportunities/{lost}").json["loss_reason"]) == [lost]


def test_a_removed_opportunity_is_gone(desk: Desk) -> None:
    one = sales.opportunity(desk, sales.lead(desk))

    assert desk.delete(f"/opportunities/{one}").status == 204
    assert desk.get(f"/opportunities/{one}").code == "unknown_opportunity"
    assert desk.patch(f"/opportunities/{one}", {"value": 1}).status == 404
    assert desk.get("/opportunities").json["items"] == []


def test_a_loss_reason_in_use_is_not_removed(desk: Desk) -> None:
    """A-LOST-2: the report would lose rows."""
    dear = sales.loss_reason(desk, "Giá cao")
    sales.opportunity(desk, sales.lead(desk), "lost", loss_reason=dear)

    assert desk.delete(f"/catalogues/loss-reasons/{dear}").code == "in_use"
