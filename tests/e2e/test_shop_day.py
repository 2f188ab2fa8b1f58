"""A day of the shop's admin on the local stack: everything came in by webhooks and the admin API, and every figure is
counted anew from the twin's own data."""

import time
from collections.abc import Callable, Iterator

import pytest
import requests

from retailhub.runtime.wiring import REMEMBERED_SECONDS
from tests.local.admin_day import BAD_ROWS, GOOD_ROWS, LEFT, PAY, Day
from tests.local.shops import Shops


@pytest.fixture(scope="module")
def day(shops: Shops) -> Iterator[Day]:
    made = Day(shops)
    made.set_up()
    time.sleep(REMEMBERED_SECONDS)
    made.sell()
    yield made
    made.clear_up()


def test_who_was_there_before_is_joined_with_the_store_s_row(day: Day, calm: Callable[[], None]) -> None:
    """R-DUP-06, A-DUP-2: an equal unique phone links, and nobody stands twice."""
    calm()
    assert day.wrong_people() == []


def test_new_customers_are_dealt_out_in_turn(day: Day, calm: Callable[[], None]) -> None:
    """R-OWN-08…10, A-OWN-3: what three employees got differs by one at most."""
    calm()
    assert day.wrong_spread() == []


def test_points_are_those_of_the_paid_invoices_and_equal_the_ledger(day: Day, calm: Callable[[], None]) -> None:
    """R-RWD-01, R-RWD-02, R-RWD-06: for every customer."""
    calm()
    assert sum(day.expected_points().values()) > 100
    assert day.wrong_points() == []


def test_points_pay_for_an_open_contract_and_a_cancelled_invoice_takes_its_points_back(
    day: Day, calm: Callable[[], None]
) -> None:
    """R-RWD-07…09, A-RWD-3: the discount is points × B, M points stay, a cancellation at KiotViet is followed."""
    calm()
    rich = day.richest()
    balance = day.account(rich)["balance"]
    body = {"code": "TAY-1", "customer": rich["id"], "value": 5_000_000, "paid": 0}
    contract = day.hub.call("POST", "/contracts", body)
    path = f"/contracts/{contract['id']}/redeem"
    with pytest.raises(requests.HTTPError, match="too_many_points"):
        day.hub.call("POST", path, {"points": balance - LEFT + 1})

    paid = day.hub.call("POST", path, {"points": balance - LEFT})

    assert (paid["points_redeemed"], paid["points_discount"]) == (balance - LEFT, (balance - LEFT) * PAY)
    assert day.account(rich)["balance"] == LEFT
    taken_back = day.cancelled_invoice(rich)
    calm()
    account = day.account(rich)
    assert account["balance"] == LEFT - taken_back
    assert [entry["kind"] for entry in account["ledger"]].count("reverse") == 1


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

    refused = [line for line in receipt["lines"] if line["outcome"] == "refused"]
    assert len(refused) == BAD_ROWS
    assert all(line["code"] and line["message"] for line in refused)
    assert len(receipt["lines"]) == BAD_ROWS + GOOD_ROWS
    again = day.hub.send("/members/import", day.opening_file(), "text/csv")
    assert {line["outcome"] for line in again["lines"]} == {"unchanged", "refused"}


def test_every_owner_can_be_explained_from_the_timeline(day: Day, calm: Callable[[], None]) -> None:
    """R-OWN-07, A-OWN-1: which rule, which version of it, and why, in Vietnamese and English."""
    calm()
    people = day.people().values()
    person = next(one for one in people if one["owner"])
    lines = day.hub.call("GET", f"/customers/{person['id']}/timeline")["items"]
    assert day.rule["name"] in " ".join(line["text"]["vi"] for line in lines)
    assert all(line["text"]["vi"] and line["text"]["en"] for line in lines)


def test_the_conversion_report_counts_ten_leads(day: Day) -> None:
    """R-CVR-04…06: four opportunities on ten leads, two of them won on two leads."""
    row = day.work_on_leads()
    assert (row["leads"], row["opportunities"], row["won"], row["customers"]) == (10, 4, 2, 2)
    assert (row["contact_rate"], row["customer_rate"], row["conversion_rate"]) == (40, 50, 20)
