"""Making members by hand: one, or many at once."""

from typing import Any

import pytest

from retailhub.store.table import account_key
from tests.unit.api.desk import NOW, Desk

PHONE = "+84912000111"


def in_haravan(desk: Desk, customer: str = "c_1", **fields: Any) -> None:
    """A Haravan customer who is no member yet, with an old order."""
    log = ({"order": "o_1", "at": "2025-01-01T00:00:00.000000Z"},)
    told = {"name": "Lan", "phone": PHONE, "vendor_id": customer, "revenue": 530_000, "last_purchases": log}
    desk.keep("customer", customer, **{**told, **fields})


def test_a_customer_is_activated_by_hand(desk: Desk) -> None:
    """R-HL-18, A-HL-8: who and when are kept; the customer leaves the filter that offers them."""
    in_haravan(desk)
    assert len(desk.get("/members", list="haravan", segment="unregistered").json["items"]) == 1
    desk.later(60)

    reply = desk.call("POST", "/members/c_1/activate", {}, role="staff")

    shown = reply.json
    assert (reply.status, shown["registered"], shown["ground"]) == (200, True, "manual")
    assert (shown["activated_by"], shown["activated_at"]) == ("lan", desk.now)
    assert (shown["version"], shown["updated_by"]) == (2, "lan")
    assert desk.get("/members", list="haravan", segment="unregistered").json["items"] == []
    assert [one["id"] for one in desk.get("/members").json["items"]] == ["c_1"]


def test_activating_twice_is_activating_once(desk: Desk) -> None:
    """A-HL-8: idempotent; the first activation stands."""
    in_haravan(desk)
    first = desk.post("/members/c_1/activate").json
    desk.later(60)
    desk.table.calls.clear()

    again = desk.post("/members/c_1/activate")

    assert (again.status, again.json) == (200, first)
    assert desk.table.writes == 0


def test_past_orders_earn_nothing(desk: Desk) -> None:
    """A-HL-8: no points are given for what was bought before."""
    in_haravan(desk)

    shown = desk.post("/members/c_1/activate").json

    assert (shown["points_available"], shown["points_ranking"]) == (None, None)
    assert desk.table.get(account_key("c_1")) is None


def test_the_act_stands_in_the_customers_story(desk: Desk) -> None:
    """A-HL-8: records who and when."""
    in_haravan(desk)
    desk.post("/members/c_1/activate")

    lines = desk.get("/customers/c_1/timeline").json["items"]

    edit = next(line for line in lines if line["kind"] == "event")
    assert (edit["at"], edit["details"]["changed"]) == (NOW, ["membership"])
    assert edit["details"]["audit"]["membership"][0] is None


@pytest.mark.parametrize(
    "fields, status, code",
    [
        ({"phone": None}, 422, "no_phone"),
        ({"guest": True}, 409, "guest_not_activated"),
        ({"email": "guest@haravan.com"}, 409, "guest_not_activated"),
        ({"recipient_of": "c_2", "vendor_id": None}, 409, "recipient_not_activated"),
    ],
)
def test_who_cannot_be_a_member_is_refused(desk: Desk, fields: dict[str, Any], status: int, code: str) -> None:
    """A-HL-8: it needs a phone; guests, walk-in customers and mere recipients are refused."""
    in_haravan(desk, **fields)

    reply = desk.post("/members/c_1/activate")

    assert (reply.status, reply.code) == (status, code)
    assert desk.get("/customers/c_1").json["version"] == 1


def test_somebody_removed_is_refused(desk: Desk) -> None:
    """A-HL-8."""
    made = desk.keep("customer", "c_1", phone=PHONE, vendor_id="1")
    desk.table.items["REC#customer#c_1", "REC"]["deleted"] = True

    reply = desk.post("/members/c_1/activate")

    assert made.version == 1
    assert (reply.status, reply.code) == (409, "removed_not_activated")
    assert desk.post("/members/nobody/activate").code == "unknown_customer"


def test_many_are_activated_at_once_with_a_line_for_each(desk: Desk) -> None:
    """R-HL-18, A-HL-8: in bulk; who is refused stops nobody else."""
    in_haravan(desk, "c_1")
    in_haravan(desk, "c_2", phone=None)
    in_haravan(desk, "c_3")
    desk.post("/members/c_3/activate")

    reply = desk.post("/members/activate", {"ids": ["c_1", "c_2", "c_3", "nobody", "c_1"]}, accept_language="en")

    lines = [(line["id"], line["outcome"], line["code"]) for line in reply.json["lines"]]
    assert lines == [
        ("c_1", "activated", None),
        ("c_2", "refused", "no_phone"),
        ("c_3", "already", None),
        ("nobody", "refused", "unknown_customer"),
        ("c_1", "activated", None),
    ]
    assert reply.json["lines"][1]["message"] == "There is no phone number"
    assert reply.json["counts"] == {"activated": 2, "already": 1, "refused": 2}
    assert len(desk.get("/members").json["items"]) == 2


def test_a_repeat_of_many_finds_them_activated(desk: Desk) -> None:
    """A-HL-8: idempotent, so a request cut off half-way is simply sent again."""
    in_haravan(desk, "c_1")
    in_haravan(desk, "c_2")
    desk.post("/members/activate", {"ids": ["c_1", "c_2"]})

    again = desk.post("/members/activate", {"ids": ["c_1", "c_2"]})

    assert again.json["counts"] == {"activated": 0, "already": 2, "refused": 0}


@pytest.mark.parametrize("ids", [[], ["c"] * 201, [""], "c_1", [1]])
def test_not_more_than_two_hundred_at_once(desk: Desk, ids: Any) -> None:
    """A-HL-8: one call stays within its time."""
    assert desk.post("/members/activate", {"ids": ids}).status == 422


def test_two_who_activate_at_once_leave_one_activation(desk: Desk) -> None:
    """F38, A-HL-8: the later one finds it done."""
    in_haravan(desk)

    def somebody_else_first(operation: str) -> None:
        if operation == "transaction":
            desk.table.before = lambda _: None
            desk.call("POST", "/members/c_1/activate", {})

    desk.table.before = somebody_else_first
    reply = desk.post("/members/activate", {"ids": ["c_1"]})

    assert desk.get("/customers/c_1").json["version"] == 2
    assert reply.json["counts"]["refused"] == 0


def test_a_viewer_activates_nobody(desk: Desk) -> None:
    """R-HL-18: staff do."""
    in_haravan(desk)

    assert desk.call("POST", "/members/c_1/activate", {}, role="viewer").status == 403
    assert desk.call("POST", "/members/activate", {"ids": ["c_1"]}, role="viewer").status == 403


def test_nobody_is_activated_by_an_order(desk: Desk) -> None:
    """A-HL-10: there is no automatic activation; a customer with purchases stays unregistered until somebody acts."""
    in_haravan(desk)

    assert desk.get("/members/c_1").json["registered"] is False
