"""The settings of reward points by the API: *Tham số điểm thưởng* (api.md, /point-settings)."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk, Reply

VECTOR = {"amount_per_point": 100_000, "point_value": 1_000, "min_purchases": 3, "min_points_left": 50}


def test_at_first_there_are_none(desk: Desk) -> None:
    """R-RWD-03, A-RWD-6: nothing earns, nothing is redeemed."""
    told = desk.get("/point-settings").json

    assert (told["amount_per_point"], told["point_value"], told["version"]) == (None, 0, 0)
    assert (told["min_purchases"], told["min_points_left"], told["net_of_points"]) == (0, 0, False)


def test_they_are_set_and_kept(desk: Desk) -> None:
    """R-RWD-04, R-RWD-05, R-RWD-06…09: A, B, N and M; what is not sent stays."""
    first = desk.call("PUT", "/point-settings", VECTOR)
    second = desk.call("PUT", "/point-settings", {"min_purchases": 5}, if_match="1").json

    assert (first.status, first.json["version"], first.json["updated_by"]) == (200, 1, "lan")
    assert {name: second[name] for name in VECTOR} == VECTOR | {"min_purchases": 5}
    assert desk.get("/point-settings").json == second


def test_a_blank_a_switches_earning_off(desk: Desk) -> None:
    """A-RWD-6."""
    desk.call("PUT", "/point-settings", VECTOR)
    told = desk.call("PUT", "/point-settings", {"amount_per_point": None}).json

    assert told["amount_per_point"] is None


def test_somebody_else_s_settings_are_not_overwritten_unseen(desk: Desk) -> None:
    """api.md: If-Match."""
    desk.call("PUT", "/point-settings", VECTOR, if_match="0")

    assert desk.call("PUT", "/point-settings", {"min_purchases": 5}, if_match="0").code == "version_conflict"


def test_two_first_settings_at_once_both_hold(desk: Desk) -> None:
    """F30: the second one is put on top of the first."""
    replies: list[Reply] = []

    def meanwhile(step: str) -> None:
        if step == "transaction":
            desk.table.before = lambda _: None
            replies.append(desk.call("PUT", "/point-settings", {"point_value": 1_000}))

    desk.table.before = meanwhile
    told = desk.call("PUT", "/point-settings", {"min_purchases": 5}).json

    assert (replies[0].status, told["min_purchases"], told["point_value"]) == (200, 5, 1_000)


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({"amount_per_point": 0}, {"amount_per_point": "greater_than_equal"}),
        ({"amount_per_point": -1}, {"amount_per_point": "greater_than_equal"}),
        ({"amount_per_point": "100000"}, {"amount_per_point": "int_type"}),
        ({"point_value": -1}, {"point_value": "greater_than_equal"}),
        ({"point_value": 0.5}, {"point_value": "int_type"}),
        ({"point_value": None}, {"point_value": "not_null"}),
        ({"min_purchases": True}, {"min_purchases": "int_type"}),
        ({"min_purchases": -1, "min_points_left": 10**10}, {"min_purchases": "greater_than_equal"}),
        ({"currency": "VND"}, {"currency": "extra_forbidden"}),
    ],
)
def test_what_is_out_of_range_is_refused_field_by_field(
    desk: Desk, body: dict[str, Any], wrong: dict[str, str]
) -> None:
    """A-RWD-6: A > 0, B ≥ 0, N ≥ 0, M ≥ 0, whole numbers."""
    reply = desk.call("PUT", "/point-settings", body)

    assert reply.status == 422
    assert reply.fields.items() >= wrong.items()


def test_only_an_admin_sets_them(desk: Desk) -> None:
    """api.md: settings are the admin's."""
    assert desk.call("PUT", "/point-settings", VECTOR, role="staff").status == 403
    assert desk.call("GET", "/point-settings", role="viewer").status == 200
