"""A day of the shop's admin on the local stack: everything came in by webhooks and the admin API, and every figure is
counted anew from the twin's own data."""

import time
from collections.abc import Callable, Iterator

import pytest
import requests

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.local.crm_day import BAD_ROWS, BY_HAND, CUSTOMERS, LEFT, PAY, Day
from tests.local.shops import Shops


@pytest.fixture(scope="module")
def day(shops: Shops) -> Iterator[Day]:
    made = Day(shops)
    made.set_up()
    time.sleep(REMEMBERED_SECONDS)
    made.sell()
    yield made
    made.clear_up()
    time.sleep(REMEMBERED_SECONDS)


def test_who_was_there_before_is_joined_and_all_new_ones_are_dealt_out_in_turn(
    day: Day, calm: Callable[[], None]
) -> None:
    """R-DUP-06, A-DUP-2, R-OWN-08…10, A-OWN-3: 300 rows of the store and 20 entered by hand are 300 people; what three
    employees got differs by at most one."""
    calm()
    people = day.people()
    assert len(people) == CUSTOMERS
    assert all(day.shops.id("kiotviet") in person["external_ids"] for person in people.values())

    spread = day.spread(people)

    assert spread.pop("nobody") == BY_HAND
    assert set(spread) == {one["name"] for one in day.staff}
    assert max(spread.values()) - min(spread.values()) <= 1


def test_points_are_those_of_the_paid_invoices_and_equal_the_ledger(day: Day, calm: Callable[[], None]) -> None:
    """R-RWD-01, R-RWD-02, R-RWD-06: for every customer, from 500 invoices."""
    calm()
    expected = day.expected_points()
    assert sum(expected.values()) > 500

    for phone, person in day.people().items():
        account = day.hub.call("GET", f"/customers/{person['id']}/points")
        assert account["balance"] == expected.get(phone, 0), phone
        assert sum(entry["points"] for entry in account["ledger"]) == account["balance"]


def test_points_pay_for_an_open_contract_and_a_cancelled_invoice_takes_its_points_back(
    day: Day, calm: Callable[[], None]
) -> None:
    """R-RWD-07…09, A-RWD-3: the discount is points × B, M points stay, a cancellation at KiotViet is followed."""
    calm()
    rich = max(day.people().values(), key=lambda person: account(day, person)["balance"])
    before = account(day, rich)["balance"]
    contract = day.hub.call(
        "POST", "/contracts", {"code": "TAY-1", "customer": rich["id"], "value": 5_000_000, "paid": 0}
    )
    too_many = before - LEFT + 1
    with pytest.raises(requests.HTTPError, match=r"409|422"):
        day.hub.call("POST", f"/contracts/{contract['id']}/redeem", {"points": too_many})

    paid = day.hub.call("POST", f"/contracts/{contract['id']}/redeem", {"points": before - LEFT})

    assert (paid["points_redeemed"], paid["points_discount"]) == (before - LEFT, (before - LEFT) * PAY)
    assert account(day, rich)["balance"] == LEFT
    twin = day.shops.twins["kiotviet"]
    theirs = {row["id"] for row in twin.state("customers") if f"+84{row['contactNumber'][1:]}" == rich["phone"]}
    worth = next(
        row
        for row in twin.state("invoices")
        if row["customerId"] in theirs and row["totalPayment"] >= row["total"] >= 100_000
    )
    twin.change("invoices", worth["id"], {"status": 2})
    calm()
    assert account(day, rich)["balance"] == LEFT - int(worth["total"]) // 100_000
    lines = day.hub.call("GET", f"/customers/{rich['id']}/points")["ledger"]
    assert [line["kind"] for line in lines].count("reverse") == 1


def test_a_person_cannot_enter_a_phone_twice(day: Day, calm: Callable[[], None]) -> None:
    """R-DUP-06, A-DUP-2: 409 with the field and who has it."""
    calm()
    taken = next(iter(day.people().values()))
    with pytest.raises(requests.HTTPError, match="409") as refused:
        day.hub.call("POST", "/customers", {"name": "Nhập lại", "phone": taken["phone"]})
    error = refused.value.response.json()["error"]
    assert (error["code"], error["field"]) == ("duplicate_phone", "phone")
    assert error["details"]["existing"]["id"] == taken["id"]


def test_the_opening_file_takes_good_rows_and_tells_what_is_wrong_with_the_others(day: Day) -> None:
    """R-HL-02, A-HL-6: a receipt line per row; the same file again changes nothing."""
    receipt = day.hub.send("/members/import", day.opening_file(), "text/csv")

    refused = [line for line in receipt["rows"] if line["outcome"] == "refused"]
    assert len(refused) == BAD_ROWS
    assert all(line["code"] and line["message"] for line in refused)
    assert len(receipt["rows"]) == BAD_ROWS + 12
    again = day.hub.send("/members/import", day.opening_file(), "text/csv")
    assert {line["outcome"] for line in again["rows"]} == {"unchanged", "refused"}


def test_every_owner_can_be_explained_from_the_timeline(day: Day, calm: Callable[[], None]) -> None:
    """R-OWN-07, A-OWN-1: which rule, which version of it, and why, in Vietnamese and English."""
    calm()
    person = next(iter(day.people().values()))
    lines = day.hub.call("GET", f"/customers/{person['id']}/timeline")["items"]
    told = " ".join(line["text"]["vi"] for line in lines)
    assert day.rule["name"] in told
    assert all(line["text"]["vi"] and line["text"]["en"] for line in lines)


def account(day: Day, person: dict[str, object]) -> dict[str, int]:
    found: dict[str, int] = day.hub.call("GET", f"/customers/{person['id']}/points")
    return found
