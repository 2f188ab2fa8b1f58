"""The Haravan twin's calls behave as the platform sheet says, and its switches turn what is unknown."""

import re

import pytest
import requests

from tests.contract.twins.shops import HaravanShop

# Doors


def test_without_the_token_nothing_opens(haravan: HaravanShop) -> None:
    """haravan.md §1."""
    assert requests.get(f"{haravan.url}/com/customers.json").status_code == 401


def test_the_bucket_holds_eighty_leaks_four_a_second_and_says_so(haravan: HaravanShop) -> None:
    """haravan.md §3.2: header on each reply; 429 with a decimal Retry-After."""
    answers = [haravan.call("GET", "/com/shop.json") for _ in range(85)]
    assert answers[0].headers["X-Haravan-Api-Call-Limit"] == "1/80"
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused[0].headers["Retry-After"] == "2.0"
    assert refused[0].headers["X-Haravan-Api-Call-Limit"] == "80/80"
    haravan.control("PUT", "/clock", {"forward": 10})
    assert 40 <= int(haravan.call("GET", "/com/shop.json").headers["X-Haravan-Api-Call-Limit"][:2]) <= 42


def test_the_bucket_can_be_switched_off(haravan: HaravanShop) -> None:
    """For benches."""
    haravan.control("PUT", "/switches", {"bucket": False})
    answers = [haravan.call("GET", "/com/shop.json") for _ in range(90)]
    assert {answer.status_code for answer in answers} == {200}
    assert "X-Haravan-Api-Call-Limit" not in answers[0].headers


def test_a_body_that_is_not_json_is_refused(haravan: HaravanShop) -> None:
    """haravan.md §3.2: a wrong Content-Type gives 400."""
    assert haravan.call("POST", "/com/customers.json", data={"a": "b"}).status_code == 400


# Lists


def test_pages_never_hold_more_than_fifty(haravan: HaravanShop) -> None:
    """haravan.md §0.5: limit=250 silently gives 50; pages are disjoint; ids fall."""
    haravan.control("POST", "/seed", {"customers": 60})
    first, second = (haravan.get("customers", limit=250, page=page)["customers"] for page in (1, 2))
    assert (len(first), len(second), haravan.get("customers/count")["count"]) == (50, 10, 60)
    ids = [row["id"] for row in first + second]
    assert ids == sorted(set(ids), reverse=True)


def test_since_id_goes_upwards(haravan: HaravanShop) -> None:
    """haravan.md §3.1."""
    haravan.control("POST", "/seed", {"products": 5})
    rows = haravan.get("products", since_id=1020000013)["products"]
    assert [row["id"] for row in rows] == [1020000014, 1020000015]


def test_orders_can_be_walked_by_a_window_of_change(haravan: HaravanShop) -> None:
    """haravan.md §3.1: updated_at_min/max with order=updated_at asc, status=any."""
    haravan.control("POST", "/seed", {"customers": 5, "products": 5, "orders": 20})
    rows = haravan.get("orders", status="any", order="updated_at asc")["orders"]
    window = {"updated_at_min": rows[4]["updated_at"], "updated_at_max": rows[9]["updated_at"]}
    inside = haravan.get("orders", status="any", order="updated_at asc", **window)["orders"]
    assert [row["id"] for row in inside] == [row["id"] for row in rows[4:10]]
    assert haravan.get("orders/count", status="any", **window)["count"] == 6


def test_without_status_closed_and_cancelled_orders_stay_away(haravan: HaravanShop) -> None:
    """haravan.md §3.1: the default is not stated; the twin takes the unkind reading."""
    haravan.control("POST", "/seed", {"orders": 20})
    words = ("any", "open", "closed", "cancelled")
    assert [haravan.get("orders/count", status=word)["count"] for word in words] == [20, 16, 2, 2]
    assert haravan.get("orders/count")["count"] == 16
    haravan.control("PUT", "/switches", {"default_order_status": "any"})
    assert haravan.get("orders/count")["count"] == 20


def test_an_empty_sku_filters_nothing(haravan: HaravanShop) -> None:
    """haravan.md §3.1, measured: `sku=` shows an arbitrary page."""
    haravan.control("POST", "/seed", {"products": 4})
    assert len(haravan.get("products", sku="")["products"]) == 4
    assert len(haravan.get("products", sku="SP000001")["products"]) == 1


def test_a_date_that_is_none_is_refused(haravan: HaravanShop) -> None:
    """A misread filter must not pass for an empty window."""
    assert haravan.call("GET", "/com/orders.json", params={"updated_at_min": "hôm qua"}).status_code == 400


# What is written


def test_money_prints_with_four_decimals(haravan: HaravanShop) -> None:
    """haravan.md §4: JSON numbers like 600000.0000."""
    order = haravan.ordered()
    text = haravan.call("GET", f"/com/orders/{order['id']}.json").text
    assert '"total_price":630000.0000' in text
    haravan.control("PUT", "/switches", {"four_decimals": False})
    assert '"total_price":630000,' in haravan.call("GET", f"/com/orders/{order['id']}.json").text


def test_dates_are_utc_with_up_to_seven_digits(haravan: HaravanShop) -> None:
    """haravan.md §4; an image's dates lack the Z."""
    haravan.control("POST", "/seed", {"products": 4})
    rows = haravan.get("products")["products"]
    assert all(re.fullmatch(r"[\d-]+T[\d:]+(\.\d{1,7})?Z", row["updated_at"]) for row in rows)
    assert len({len(row["updated_at"]) for row in rows}) > 1
    assert not rows[0]["images"][0]["created_at"].endswith("Z")


def test_status_words_are_odd_and_can_be_the_documented_ones(haravan: HaravanShop) -> None:
    """haravan.md §4, enums: partiallypaid, notfulfilled, Thành công."""
    order = haravan.ordered(financial_status="partially_paid")
    assert (order["financial_status"], order["fulfillment_status"]) == ("partiallypaid", "notfulfilled")
    assert haravan.twin.refund(order["id"], {"amount": 1000})["transactions"][0]["status"] == "Thành công"
    haravan.control("PUT", "/switches", {"odd_words": False})
    order = haravan.ordered(financial_status="partially_paid")
    assert (order["financial_status"], order["fulfillment_status"]) == ("partially_paid", None)


def test_orders_without_a_buyer_hang_on_one_shared_guest(haravan: HaravanShop) -> None:
    """haravan.md §0.6: guest@haravan.com, whose totals grow; a till sale has no customer at all."""
    first, second = haravan.ordered(financial_status="paid"), haravan.ordered(financial_status="paid")
    assert first["customer"]["email"] == "guest@haravan.com"
    assert first["customer"]["id"] == second["customer"]["id"]
    guest = haravan.get(f"customers/{first['customer']['id']}")["customer"]
    assert (guest["orders_count"], guest["total_spent"]) == (2, 1260000)
    assert haravan.ordered(source_name="pos")["customer"] is None


def test_a_name_is_last_and_first_with_a_blank_when_last_is_missing(haravan: HaravanShop) -> None:
    """haravan.md §4."""
    whole = {"first_name": "Phạm Thu Hà", "phone": "0900000001"}
    split = {"first_name": "Hà", "last_name": "Phạm Thu", "phone": "0900000002"}
    customer = haravan.control("POST", "/records/customers", {"addresses": [whole, split]})
    assert [part["name"] for part in customer["addresses"]] == ["Phạm Thu Hà", " Phạm Thu Hà"]


def test_only_the_ten_newest_addresses_come_with_a_customer(haravan: HaravanShop) -> None:
    """haravan.md §4; the addresses' own list has them all."""
    places = [{"address1": f"{number} Đội Cấn"} for number in range(12)]
    customer = haravan.control("POST", "/records/customers", {"first_name": "An", "addresses": places})
    shown = [part["address1"] for part in haravan.get(f"customers/{customer['id']}")["customer"]["addresses"]]
    assert shown == [f"{number} Đội Cấn" for number in range(11, 1, -1)]
    assert len(haravan.get(f"customers/{customer['id']}/addresses", limit=250)["addresses"]) == 12


def test_the_default_address_can_be_moved_and_may_be_missing(haravan: HaravanShop) -> None:
    """haravan.md §3.1 and the example in §7."""
    customer = haravan.control("POST", "/records/customers", {"addresses": [{"phone": "1"}, {"phone": "2"}]})
    base = f"/com/customers/{customer['id']}"
    second = max(part["id"] for part in customer["addresses"])
    haravan.call("PUT", f"{base}/addresses/{second}/default.json")
    assert haravan.get(f"customers/{customer['id']}")["customer"]["default_address"]["phone"] == "2"
    haravan.control("PUT", "/switches", {"default_address_missing": True})
    assert haravan.get(f"customers/{customer['id']}")["customer"]["default_address"] is None


def test_a_second_phone_or_email_is_refused_in_any_spelling(haravan: HaravanShop) -> None:
    """haravan.md §5: unique per customer; the body's shape is a switch."""
    wish = {"customer": {"first_name": "An", "phone": "0900000001", "email": "an@example.vn"}}
    assert haravan.call("POST", "/com/customers.json", json=wish).status_code == 201
    again = haravan.call("POST", "/com/customers.json", json={"customer": {"phone": "+84 900 000 001"}})
    assert (again.status_code, list(again.json()["errors"])) == (422, ["phone"])
    haravan.control("PUT", "/switches", {"duplicate_body": "text"})
    by_mail = haravan.call("POST", "/com/customers.json", json={"customer": {"email": "AN@example.vn"}})
    assert (by_mail.status_code, by_mail.json()["errors"]) == (422, "email has already been taken")
    haravan.control("PUT", "/switches", {"unique_contacts": False})
    assert haravan.call("POST", "/com/customers.json", json=wish).status_code == 201


def test_a_written_phone_may_come_back_with_84(haravan: HaravanShop) -> None:
    """haravan.md §5: phones are free-form."""
    haravan.control("PUT", "/switches", {"phones_0_to_84": True})
    made = haravan.call("POST", "/com/customers.json", json={"customer": {"phone": "0900000001"}}).json()
    assert made["customer"]["phone"] == "84900000001"


def test_customers_are_found_by_phone_in_any_spelling(haravan: HaravanShop) -> None:
    """haravan.md §3.1: customers/search."""
    haravan.control("POST", "/records/customers", {"first_name": "An", "phone": "0900.000.001"})
    found = haravan.get("customers/search", query="phone:+84900000001")["customers"]
    assert [row["first_name"] for row in found] == ["An"]


def test_a_deleted_customer_leaves_an_empty_list(haravan: HaravanShop) -> None:
    """haravan.md §3.1: DELETE answers []."""
    key = haravan.control("POST", "/records/customers", {"first_name": "An"})["id"]
    assert haravan.call("DELETE", f"/com/customers/{key}.json").json() == []
    assert haravan.call("GET", f"/com/customers/{key}.json").status_code == 404


# An order's life


def test_an_order_is_confirmed_closed_opened_and_cancelled(haravan: HaravanShop) -> None:
    """haravan.md §3.1; a cancelled order keeps its total_price."""
    base = f"/com/orders/{haravan.ordered()['id']}"
    steps = [haravan.call("POST", f"{base}/{step}.json").json()["order"] for step in ("confirm", "close", "open")]
    assert [step["closed_status"] for step in steps] == ["unclosed", "closed", "unclosed"]
    assert steps[0]["confirmed_status"] == "confirmed"
    gone = haravan.call("POST", f"{base}/cancel.json", json={"reason": "customer"}).json()["order"]
    assert (gone["cancelled_status"], gone["cancel_reason"], gone["total_price"]) == ("cancelled", "customer", 630000)
    assert gone["cancelled_at"]


@pytest.mark.parametrize("spelling", ["transactions", "transations"])
def test_payments_make_an_order_partially_paid_then_paid(haravan: HaravanShop, spelling: str) -> None:
    """haravan.md §3.1: both spellings of the path are taken."""
    key = haravan.ordered()["id"]
    words = []
    for amount in (230000, 400000):
        haravan.call("POST", f"/com/orders/{key}/{spelling}.json", json={"transaction": {"amount": amount}})
        words.append(haravan.get(f"orders/{key}")["order"]["financial_status"])
    assert words == ["partiallypaid", "paid"]


def test_refunds_of_money_and_of_goods_are_separate_records(haravan: HaravanShop) -> None:
    """haravan.md §4: negative amounts; goods only has no money; the whole sum back is `refunded`."""
    order = haravan.ordered(financial_status="paid")
    path, line = f"/com/orders/{order['id']}/refunds.json", order["line_items"][0]["id"]
    goods = {"refund": {"refund_line_items": [{"line_item_id": line, "quantity": 1}]}}
    assert haravan.call("POST", path, json=goods).json()["refund"]["transactions"] == []
    assert haravan.get(f"orders/{order['id']}")["order"]["financial_status"] == "paid"
    words = []
    for amount in (130000, 500000):
        made = haravan.call("POST", path, json={"refund": {"transactions": [{"amount": amount}]}}).json()["refund"]
        assert (made["transactions"][0]["amount"], made["refund_line_items"]) == (-amount, None)
        words.append(haravan.get(f"orders/{order['id']}")["order"]["financial_status"])
    assert words == ["partially_refunded", "refunded"]
    assert len(haravan.get(f"orders/{order['id']}/refunds")["refunds"]) == 3
