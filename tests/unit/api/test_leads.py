"""Leads by the API: entered, found, edited, removed."""

from typing import Any

import pytest

from retailhub.crm import opportunities
from tests.unit.api import sales
from tests.unit.api.desk import Desk


def test_a_lead_entered_by_hand_keeps_source_page_owner_and_groups(desk: Desk) -> None:
    """A-SYN-8."""
    owner, group = sales.employee(desk, "Mai"), sales.made(desk.post("/customer-groups", {"name": "VIP"}))
    told = {"source": "facebook", "social_page": "Trang mẫu", "owner": owner, "groups": [group]}
    reply = desk.post("/leads", {"name": "Anh Bình", "phone": "0912 000 111", **told})

    assert reply.status == 201
    assert {name: reply.json[name] for name in told} == told
    assert (reply.json["phone"], reply.json["status"], reply.json["version"]) == ("+84912000111", "open", 1)
    assert (reply.json["opportunities"], reply.json["won"], reply.json["customer"]) == (0, 0, None)
    assert desk.get(f"/leads/{reply.json['id']}").json == reply.json


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({"note": "gọi lại"}, {"name": "missing"}),
        ({"phone": "12"}, {"phone": "invalid_phone"}),
        ({"name": "Bình", "owner": "nobody"}, {"owner": "unknown_employee"}),
        ({"name": "Bình", "groups": ["none"]}, {"groups": "unknown_customer_group"}),
        ({"name": "Bình", "won": 3}, {"won": "extra_forbidden"}),
        ({"name": "Bình", "status": "converted"}, {"status": "extra_forbidden"}),
    ],
)
def test_a_lead_that_cannot_be_is_refused_field_by_field(
    desk: Desk, body: dict[str, Any], wrong: dict[str, str]
) -> None:
    """api.md, Errors; counts and status are never typed in."""
    reply = desk.post("/leads", body)

    assert (reply.status, reply.fields) == (422, wrong)


def test_ownership_rules_apply_to_a_new_lead(desk: Desk) -> None:
    """A-SYN-8, R-OWN-12, R-OWN-14: by source and social page, as for customers."""
    ha = sales.employee(desk, "Hà")
    lines = [("source", "facebook"), ("social_page", "Trang mẫu")]
    conditions = [{"field": field, "op": "=", "value": value} for field, value in lines]
    rule = {"name": "Trang mẫu", "event": "customer_created", "assign_to": {"employee": ha}, "conditions": conditions}
    sales.made(desk.post("/ownership-rules", rule))

    pages = ("Trang mẫu", "Trang khác")
    leads = [desk.post("/leads", {"name": "Bình", "source": "facebook", "social_page": page}).json for page in pages]

    assert [one["owner"] for one in leads] == [ha, None]


def test_a_lead_with_the_phone_of_a_customer_is_refused_where_phones_are_unique(desk: Desk) -> None:
    """A-DUP-5: customers and leads are one scope."""
    desk.call("PUT", "/duplicate-settings", {"fields": {"phone": {"unique": True}}})
    known = desk.post("/customers", {"name": "Lan", "phone": "0912000111"}).json["id"]

    refused = desk.post("/leads", {"name": "Chị Lan", "phone": "0912 000 111"})

    assert (refused.status, refused.code) == (409, "duplicate_phone")
    assert refused.json["error"]["details"]["existing"] == {"type": "customer", "id": known}


def test_an_edit_is_the_next_version(desk: Desk) -> None:
    one = sales.lead(desk, phone="0912000111")

    changed = desk.patch(f"/leads/{one}", {"phone": None, "note": "gọi lại"}, if_match="1").json

    assert (changed["version"], changed["phone"], changed["note"]) == (2, None, "gọi lại")
    assert desk.patch(f"/leads/{one}", {"note": ""}, if_match="1").code == "version_conflict"


def town(desk: Desk) -> dict[str, str]:
    """Three leads of three days, with and without an owner, an opportunity, a won one."""
    owner = sales.employee(desk, "Mai")
    first = sales.lead(desk, "Đặng Hà", source="facebook", owner=owner, email="ha@example.vn")
    desk.later(86_400)
    second = sales.lead(desk, "Trần Bình", source="webform", phone="0912000222")
    sales.opportunity(desk, second)
    desk.later(86_400)
    third = sales.lead(desk, "Đặng Hạ", owner=owner)
    sales.opportunity(desk, third, "won")
    desk.post(f"/leads/{third}/convert")
    return {"owner": owner, first: "first", second: "second", third: "third"}


@pytest.mark.parametrize(
    "query, found",
    [
        ({}, ["third", "second", "first"]),
        ({"sort": "created_at"}, ["first", "second", "third"]),
        ({"q": "dang ha"}, ["third", "first"]),
        ({"q": "0912000222"}, ["second"]),
        ({"owner": "none"}, ["second"]),
        ({"source": "facebook"}, ["first"]),
        ({"status": "converted"}, ["third"]),
        ({"with_opportunity": "true"}, ["third", "second"]),
        ({"with_opportunity": "false"}, ["first"]),
        ({"customer": "true"}, ["third"]),
        ({"created_from": "2026-05-15"}, ["third", "second"]),
        ({"created_to": "2026-05-15"}, ["second", "first"]),
        ({"created_from": "2026-05-15", "created_to": "2026-05-15", "q": "tran"}, ["second"]),
    ],
)
def test_the_filters_find_what_they_say(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    """api.md, /leads."""
    names = town(desk)

    reply = desk.get("/leads", **query)

    assert [names[one["id"]] for one in reply.json["items"]] == found, reply.text


def test_an_owner_finds_their_own(desk: Desk) -> None:
    names = town(desk)

    assert [names[one["id"]] for one in desk.get("/leads", owner=names["owner"]).json["items"]] == ["third", "first"]


def test_days_that_cannot_be_are_refused(desk: Desk) -> None:
    """A-CVR-8."""
    assert desk.get("/leads", created_from="2026-05-16", created_to="2026-05-15").code == "from_after_to"
    assert desk.get("/leads", created_from="yesterday").code == "invalid_day"


def test_a_removed_lead_is_gone_but_its_story_stays(desk: Desk) -> None:
    one = sales.lead(desk)

    assert desk.delete(f"/leads/{one}").status == 204

    assert desk.get("/leads").json["items"] == []
    assert desk.get(f"/leads/{one}").code == "unknown_lead"
    assert desk.delete(f"/leads/{one}").status == 404
    assert desk.get(f"/leads/{one}/timeline").status == 200


def test_a_lead_with_opportunities_is_not_removed(desk: Desk) -> None:
    """api.md, Conventions: in use; the reports would lose its rows."""
    one = sales.lead(desk)
    on_it = sales.opportunity(desk, one)

    refused = desk.delete(f"/leads/{one}")

    assert (refused.status, refused.code) == (409, "in_use")
    details = refused.json["error"]["details"]
    assert (details["count"], [user["id"] for user in details["users"]]) == (1, [on_it])
    desk.delete(f"/opportunities/{on_it}")
    assert desk.delete(f"/leads/{one}").status == 204


def test_an_opportunity_that_joins_while_the_lead_is_removed_keeps_it(desk: Desk) -> None:
    """F38: it commits after the lead was found unused and before the removal is written."""
    one = sales.lead(desk)

    def somebody_is_quicker(step: str) -> None:
        if step == "transaction":
            desk.table.before = lambda _: None
            opportunities.create(desk.office, {"lead": one})

    desk.table.before = somebody_is_quicker
    refused = desk.delete(f"/leads/{one}")

    assert refused.code == "in_use"
    assert sales.counts(desk, one) == (1, 0)
    assert len(desk.get("/leads").json["items"]) == 1


def test_an_opportunity_cannot_join_a_removed_lead(desk: Desk) -> None:
    one = sales.lead(desk)
    desk.delete(f"/leads/{one}")

    assert desk.post("/opportunities", {"lead": one}).fields == {"lead": "unknown_lead"}
