"""The admin API keeps to its own document: calls made from it, right and wrong ones, get documented answers only."""

from typing import Any

import pytest
from schemathesis import APIOperation

from tests.contract.api_probe import operations, probe
from tests.contract.desk_adapter import AT, session_of
from tests.unit.api.desk import Desk
from tests.unit.api.route_facts import KINDS

OPERATIONS = list(operations(Desk.api.openapi()))


@pytest.fixture
def furnished() -> tuple[Desk, dict[str, str]]:
    """A desk with something of everything, and the ids of what has none of its kind's."""
    desk = Desk()
    shop = desk.connect("haravan")["id"]
    for kind in set(KINDS.values()):
        desk.keep(kind, f"{kind}_1")
    known = {
        "connection_id": shop,
        "flow_id": desk.get("/flows").json["items"][0]["id"],
        "backfill_id": desk.post(f"/connections/{shop}/backfills", {}).json["id"],
        "event_id": desk.get("/events").json["items"][0]["id"],
        "key_id": desk.post("/api-keys", {"name": "quầy", "employee": "mai", "role": "viewer"}).json["id"],
    }
    return desk, known


def there(known: dict[str, str]) -> Any:
    """The id that stands for a parameter of an address."""

    def of(path: str, name: str) -> str:
        kinds = [KINDS[part] for part in path.split("/") if part in KINDS]
        return known.get(name) or (f"{kinds[-1]}_1" if kinds else "nothing")

    return of


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_whatever_is_sent_the_answer_is_documented(
    furnished: tuple[Desk, dict[str, str]], operation: APIOperation
) -> None:
    """Point 11: no 5xx and no undocumented answer; every operation, nothing left out."""
    desk, known = furnished

    assert probe(operation, there(known), AT, session_of(desk), examples=8)
    assert [type(error) for error in desk.noted] == []


def test_every_route_is_probed() -> None:
    assert len(OPERATIONS) == len(Desk.api.routes)
