"""Haraloyalty's profiles in the hub's words."""

from decimal import Decimal
from typing import Any

import pytest

from retailhub.domain.errors import Malformed
from retailhub.domain.records import Customer
from retailhub.platforms.haraloyalty.mapping import person, snapshot

HAN: dict[str, Any] = {
    "id": 1203377,
    "first_name": "Hân",
    "last_name": "Phạm Gia",
    "phone": "0977410236",
    "email": "",
    "gender": "unknow",
    "birthday": "1993-04-19T00:00:00Z",
    "profile_card_number": "HL000771",
    "point_used": 100,
    "point_available": 245,
    "point_incoming": 40,
    "point_ranking": 1245000,
    "level_id": 2,
    "level_name": "Bạc",
    "total_spent": 1245000,
    "total_order": 3,
    "status": "enabled",
    "attributes": [{"id": 1, "key": "ref_id", "value": "1099511844"}],
    "last_order_at": "2024-06-18T02:02:11Z",
    "created_at": "2023-01-05T03:00:00Z",
    "updated_at": "2024-06-18T02:05:00Z",
}


def test_a_profile_is_told() -> None:
    """R-HL-05: the loyalty information; name and phone stay the shop's."""
    found = snapshot(HAN)

    assert (found.type, found.source_id, found.version) == ("customer", "1203377", "2024-06-18T02:05:00.000000Z")
    assert set(found.fields) == {"loyalty"}
    loyalty = Customer.model_validate(found.fields).loyalty
    assert loyalty is not None
    assert (loyalty.card, loyalty.level, loyalty.status) == ("HL000771", "Bạc", "enabled")
    assert (loyalty.points_available, loyalty.points_used, loyalty.points_incoming) == (245, 100, 40)
    assert loyalty.points_ranking == loyalty.total_spent == Decimal(1245000)
    assert loyalty.total_orders == 3
    assert loyalty.last_order_at == "2024-06-18T02:02:11.000000Z"


def test_a_new_member_has_nothing_yet() -> None:
    """Nulls and missing members are none (A-HL-3: never bought)."""
    found = snapshot({"id": 7, "point_available": None, "last_order_at": None, "attributes": None, "updated_at": None})

    loyalty = Customer.model_validate(found.fields).loyalty
    assert loyalty is not None
    assert (loyalty.points_available, loyalty.total_orders, loyalty.last_order_at) == (0, 0, None)
    assert found.version == ""


@pytest.mark.parametrize("points", [245.5, "245.5000", Decimal("245.9")])
def test_a_fraction_is_no_point_yet(points: Any) -> None:
    loyalty = Customer.model_validate(snapshot({**HAN, "point_available": points}).fields).loyalty

    assert loyalty is not None
    assert loyalty.points_available == 245


def test_the_person_is_known_by_haravan_s_id_and_by_phone() -> None:
    """A-HL-6: joined with Haravan's customer; whichever is missing is none."""
    assert person(HAN) == ("1099511844", "+84977410236")
    assert person({**HAN, "attributes": [{"key": "ref_id", "value": 1099511844}]})[0] == "1099511844"
    assert person({**HAN, "attributes": [{"key": "zalo", "value": "9"}], "phone": ""}) == (None, None)


@pytest.mark.parametrize("wrong", [{"id": 0}, {"point_available": "nhiều"}, {"updated_at": "hôm qua"}])
def test_what_cannot_be_read_is_named_and_not_repeated(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as refusal:
        snapshot({**HAN, **wrong})

    assert refusal.value.field == next(iter(wrong))
    assert "nhiều" not in str(refusal.value)
