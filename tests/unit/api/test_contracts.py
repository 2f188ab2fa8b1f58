"""Contracts by hand: made, moved and removed, also while others work on the same customer (api.md, /contracts)."""

from dataclasses import replace
from typing import Any

import pytest

from retailhub.crm import contracts
from retailhub.crm.office import random_ids
from retailhub.store.table import Conflict
from tests.unit.api.desk import Desk

BODY = {"code": "HĐ-01", "customer": "c_1", "value": 1_299_000, "paid": 1_299_000}


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """A customer, and a point for every 100,000."""
    desk.keep("customer", "c_1", name="Lan")
    desk.call("PUT", "/point-settings", {"amount_per_point": 100_000})
    return desk


def points(desk: Desk) -> Any:
    told = desk.get("/customers/c_1/points").json
    return told["balance"], told["purchases"]


def test_a_removed_contract_stays_readable_and_counts_no_more(shop: Desk) -> None:
    """A-X-8, A-RWD-3: a soft mark; what it earned is taken back."""
    made = shop.post("/contracts", BODY).json["id"]
    assert points(shop) == (12, 1)

    assert shop.call("DELETE", f"/contracts/{made}", role="viewer").status == 403
    assert shop.call("DELETE", f"/contracts/{made}", role="staff", if_match="9").code == "version_conflict"
    assert shop.call("DELETE", f"/contracts/{made}", role="staff").status == 204
    assert shop.call("DELETE", f"/contracts/{made}", role="staff").status == 204

    assert shop.get(f"/contracts/{made}").json["deleted"] is True
    assert points(shop) == (0, 0)
    assert shop.delete("/contracts/k_9").code == "unknown_contract"


def test_its_answer_tells_what_it_earned(shop: Desk) -> None:
    """R-RWD-02."""
    made = shop.post("/contracts", BODY).json

    assert (made["points"]["earned"], made["points"]["rate"], made["points"]["counted"]) == (12, 100_000, True)


def test_who_entered_it_and_what_an_edit_changed_is_kept(shop: Desk) -> None:
    """R-KV-10 and by hand alike: version, who, and the balance that follows."""
    made = shop.post("/contracts", BODY).json
    edited = shop.patch(f"/contracts/{made['id']}", {"value": 999_000}, if_match="1").json

    assert (made["created_by"], made["origin"], edited["version"], edited["edited_here"]) == ("lan", "hub", 2, True)
    assert points(shop) == (9, 1)


def test_a_customer_who_buys_elsewhere_at_the_same_moment_does_not_keep_it_out(shop: Desk) -> None:
    """Design §1, F33: the loser of the race for the account reads again; the record is made once."""
    rivals = ["HĐ-02", "HĐ-03"]

    def meanwhile(step: str) -> None:
        if step == "transaction" and rivals:
            shop.table.before = lambda _: None
            contracts.create(replace(shop.office, new_id=random_ids()), {**BODY, "code": rivals.pop()})
            shop.table.before = meanwhile

    shop.table.before = meanwhile
    told = shop.post("/contracts", BODY)

    assert told.status == 201
    assert points(shop) == (36, 3)
    assert len(shop.get("/contracts").json["items"]) == 3


def test_where_the_race_is_lost_every_time_the_caller_may_come_again(shop: Desk) -> None:
    """api.md, Errors: 409, never a 5xx for it, and nothing half done."""

    def never(step: str) -> None:
        if step == "transaction":
            raise Conflict

    shop.table.before = never
    told = shop.post("/contracts", BODY)
    shop.table.before = lambda _: None

    assert (told.status, told.code) == (409, "conflict")
    assert shop.get("/contracts").json["items"] == []
    assert points(shop) == (0, 0)
