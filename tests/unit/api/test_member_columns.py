"""The columns of the member lists by the API: chosen by each for themselves."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk

DEFAULT = [
    "name",
    "phone",
    "email",
    "gender",
    "birthday",
    "card",
    "level",
    "points_available",
    "points_used",
    "points_incoming",
    "points_ranking",
    "total_spent",
    "total_orders",
    "last_purchase_at",
    "registered",
    "known_from",
    "activated_at",
]


def test_columns_are_chosen_by_each_for_themselves(desk: Desk) -> None:
    """R-HL-07, A-HL-5: a default set; what somebody chooses, and its order, is theirs and stays."""
    first = desk.get("/members/columns").json
    chosen = desk.call("PUT", "/members/columns", {"columns": ["phone", "name", "owner"]})
    other = desk.api.answer(
        {
            "rawPath": "/api/members/columns",
            "headers": {},
            "requestContext": {
                "http": {"method": "GET", "path": "/api/members/columns"},
                "stage": "$default",
                "authorizer": {"lambda": {"role": "viewer", "employee": "mai", "key_id": "k2"}},
            },
        },
        None,
        desk.office,
    )

    assert first["columns"] == first["default"] == DEFAULT
    assert chosen.json["columns"] == desk.get("/members/columns").json["columns"] == ["phone", "name", "owner"]
    assert f'"columns":{str(DEFAULT).replace(chr(39), chr(34)).replace(" ", "")}' in other["body"]


def test_every_column_has_a_label_and_a_value(desk: Desk) -> None:
    """R-HL-07, R-HL-15: what can be chosen is what is shown, with Vietnamese and English labels."""
    desk.keep("customer", "c_1", name="Lan", vendor_id="1")
    shown = desk.get("/members/c_1").json
    vietnamese = desk.get("/members/columns").json["available"]
    english = desk.call("GET", "/members/columns", accept_language="en").json["available"]

    assert {one["column"] for one in vietnamese} <= set(shown)
    assert set(DEFAULT) <= {one["column"] for one in vietnamese}
    assert {"column": "last_purchase_at", "label": "Lần cuối mua hàng"} in vietnamese
    assert {"column": "last_purchase_at", "label": "Last purchase"} in english


@pytest.mark.parametrize(
    "columns, code",
    [([], "too_short"), (["name", "name"], "column_twice"), (["colour"], "literal_error"), (None, "list_type")],
)
def test_only_columns_that_exist_can_be_chosen(desk: Desk, columns: Any, code: str) -> None:
    """R-HL-07."""
    reply = desk.call("PUT", "/members/columns", {"columns": columns})

    assert (reply.status, next(iter(reply.fields.values()))) == (422, code)
