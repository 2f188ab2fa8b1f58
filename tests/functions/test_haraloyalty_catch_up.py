"""events/haraloyalty_catch_up: points, tiers and last orders of a shop's members join its customers (R-HL-05)."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from functions.haraloyalty_catch_up.app import handler
from retailhub.domain.changes import Change
from retailhub.domain.records import Record
from retailhub.runtime import wiring
from retailhub.runtime.settings import settings
from retailhub.store import records
from retailhub.store.table import list_of
from retailhub.sync.apply import apply
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger
from tests.functions.leads import api, carried_out
from tests.functions.shop import Shelves
from tests.twins.haraloyalty import TOKEN, HaraloyaltyTwin
from tests.twins.haravan import HaravanTwin

HARAVAN = "hrv0example"


def test_each_active_connection_of_the_platform_begins_a_run(aws: Deployment, shop: Shelves, lines: Lines) -> None:
    aws.connect("loy0example", "haraloyalty")
    aws.connect("paused", "haraloyalty", status="paused")
    aws.connect("other", "haravan")

    answer = handler(trigger("haraloyalty_catch_up", "scheduled"), Context())

    assert answer == {"begun": ["loy0example"]}
    assert aws.messages("Pulls") == ["catch_up.loy0example"]
    assert [(line["platform"], line["Pulls"]) for line in lines() if "Pulls" in line] == [("haraloyalty", 1)]


def test_a_schedule_that_fires_twice_begins_one_run(aws: Deployment, shop: Shelves) -> None:
    """F42."""
    aws.connect("loy0example", "haraloyalty")
    handler(trigger("haraloyalty_catch_up", "scheduled"), Context())

    answer = handler(trigger("haraloyalty_catch_up", "scheduled"), Context())

    assert answer == {"begun": []}
    assert len(aws.messages("Pulls")) == 1


@pytest.fixture
def twin(aws: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[HaraloyaltyTwin]:
    """The programme of a shop that is connected and has eight customers in the hub."""
    aws.connect(HARAVAN, "haravan", ("customer",))
    made, there = HaraloyaltyTwin(), HaravanTwin()
    for number in range(8):
        row = there.invent("customers", number)
        apply(Change(HARAVAN, "customer", str(row["id"]), payload=row), wiring.hub())
    with made.serve() as url:
        monkeypatch.setenv("PLATFORM_URLS", json.dumps({"haraloyalty": url}))
        settings.cache_clear()
        yield made


def connected() -> str:
    """The programme, connected by the admin; its id."""
    body = {
        "platform": "haraloyalty",
        "name": "Thành viên",
        "settings": {"haravan": HARAVAN},
        "credentials": {"access_token": TOKEN},
    }
    status, made = api("POST", "/connections", body)
    assert status == 201, made
    return str(made["id"])


def customers(aws: Deployment) -> list[Record]:
    return [records.from_item(i) for i in aws.table.query(list_of("customer"), index="listing", limit=500).items]


def brought(aws: Deployment) -> list[Record]:
    """The customers after a catch-up and everything that follows from it."""
    handler(trigger("haraloyalty_catch_up", "scheduled"), Context())
    carried_out(aws)
    return customers(aws)


def test_old_profiles_come_by_backfill(aws: Deployment, twin: HaraloyaltyTwin, lines: Lines) -> None:
    """R-HL-05: three of four tell Haravan's id, the others are found by phone; nobody is made, nobody left out."""
    twin.switches["refless_every"] = 4
    for number in range(8):
        twin.invent("profiles", number)
    connection = connected()

    status, _ = api("POST", f"/connections/{connection}/backfills", {})
    carried_out(aws)

    found = customers(aws)
    assert status == 201
    assert len(found) == 8
    assert {one.fields.loyalty.points_available for one in found} == {
        row["point_available"] for row in twin.records["profiles"].values()
    }
    assert all(one.external_ids[connection] in map(str, twin.records["profiles"]) for one in found)
    told = json.dumps(lines())
    assert not [word for word in ("90000000", "HL0000", "Bạc", TOKEN) if word in told]


def test_what_changes_there_comes_by_the_catch_up(aws: Deployment, twin: HaraloyaltyTwin) -> None:
    """R-HL-05: points, tier and last order, every fifteen minutes."""
    connected()
    profile = twin.invent("profiles", 3)
    twin.change("profiles", profile["id"], {"point_available": 990, "level_name": "Vàng"})

    [member] = [one for one in brought(aws) if one.fields.loyalty]

    assert (member.fields.loyalty.points_available, member.fields.loyalty.level) == (990, "Vàng")
    assert member.fields.last_purchase_at == member.fields.loyalty.last_order_at, "A-HL-4"
    twin.change("profiles", profile["id"], {"point_available": 5})
    [again] = [one for one in brought(aws) if one.fields.loyalty]
    assert (again.id, again.fields.loyalty.points_available) == (member.id, 5)


def test_a_profile_of_nobody_waits_in_the_backlog(aws: Deployment, twin: HaraloyaltyTwin) -> None:
    """R-HL-05: where the admin sees it."""
    connection = connected()
    twin.create("profiles", {"phone": "0977000111", "first_name": "Lạ"})

    found = brought(aws)

    assert len(found) == 8
    assert {one.fields.loyalty for one in found} == {None}
    [waiting] = api("GET", f"/connections/{connection}/backlog", None, kind="changes")[1]["items"]
    assert (waiting["type"], waiting["reason"]) == ("customer", "customer_not_here_yet")


def test_the_connection_can_be_tried_out(aws: Deployment, twin: HaraloyaltyTwin) -> None:
    """A token without the scope is told, not repeated."""
    connection = connected()
    assert api("POST", f"/connections/{connection}/test", {})[1] == {
        "ok": True, "found": {"profiles": False}, "code": "", "message": "",
    }  # fmt: skip

    twin.switches["scope"] = False
    answer: Any = api("POST", f"/connections/{connection}/test", {})[1]
    assert (answer["ok"], answer["code"]) == (False, "refused")
    assert TOKEN not in json.dumps(answer)
