"""The Haraloyalty twin's calls behave as the platform sheet says (mini_crm_haraloyalty.md §2.1)."""

from typing import Any

import pytest

from tests.twins.haraloyalty import TOKEN, HaraloyaltyTwin
from tests.twins.haravan import HaravanTwin


class Programme:
    """One programme and its callers."""

    def __init__(self) -> None:
        self.now = 1_780_000_000.0
        self.twin = HaraloyaltyTwin(clock=lambda: self.now)
        self.web = self.twin.app.test_client()

    def get(self, path: str, token: str = TOKEN, **params: Any) -> Any:
        """A call under /loy."""
        return self.web.get(f"/loy{path}", query_string=params, headers={"Authorization": f"Bearer {token}"})

    def board(self, method: str, path: str, body: Any = None) -> Any:
        """JSON of a control call."""
        return self.web.open(f"/_twin{path}", method=method, json=body).json

    def ids(self, **params: Any) -> list[int]:
        """The ids in a page."""
        return [row["id"] for row in self.get("/profiles.json", **params).json["profiles"]]


@pytest.fixture
def programme() -> Programme:
    """A programme without members, whose clock stands still."""
    return Programme()


def test_token_and_scope_are_asked_for(programme: Programme) -> None:
    assert programme.get("/profiles.json", token="sai").status_code == 401
    programme.board("PUT", "/switches", {"scope": False})
    assert programme.get("/profiles.json").status_code == 403


def test_pages_hold_twenty_and_never_more_than_fifty(programme: Programme) -> None:
    programme.board("POST", "/seed", {"profiles": 60})
    assert (len(programme.ids()), len(programme.ids(limit=250)), len(programme.ids(limit=50, page=2))) == (20, 50, 10)


def test_since_id_goes_upwards(programme: Programme) -> None:
    programme.board("POST", "/seed", {"profiles": 5})
    assert programme.ids(since_id=1_203_003) == [1_203_004, 1_203_005]


def test_a_window_and_a_phone_can_be_asked_for(programme: Programme) -> None:
    programme.board("POST", "/seed", {"profiles": 5})
    programme.board("PUT", "/records/profiles/1203002", {"point_available": 500, "level_name": "Vàng"})
    assert programme.ids(updated_at_min="2026-05-28T00:00:00Z") == [1_203_002]
    assert 1_203_002 not in programme.ids(updated_at_max="2026-05-28T00:00:00Z")
    assert programme.ids(phone="+84900000003") == [1_203_004]
    assert programme.get("/profiles.json", updated_at_min="hôm qua").status_code == 400


def test_a_profile_names_the_customer_that_haravan_has(programme: Programme) -> None:
    """Seeded alike, the two twins hold the same people."""
    programme.board("POST", "/seed", {"profiles": 4})
    profile = programme.get("/profiles/1203003.json").json["profile"]
    parts = programme.get("/profiles/1203003/attributes.json").json["attributes"]

    assert {"key": "ref_id", "value": str(HaravanTwin().invent("customers", 2)["id"]), "id": 3} == parts[0]
    assert (profile["gender"] in ("male", "female"), profile["total_order"], profile["level_name"]) == (True, 2, "Bạc")
    assert programme.get("/profiles/1203004.json").json["profile"]["attributes"] == []
    assert programme.get("/profiles/7.json").status_code == 404


def test_a_mistyped_profile_is_refused(programme: Programme) -> None:
    """The control API does not swallow what it does not know."""
    refused = programme.web.post("/_twin/records/profiles", json={"points": 5})
    assert (refused.status_code, "points" in refused.text) == (422, True)
