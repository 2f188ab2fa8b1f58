"""The KiotViet twin's calls behave as the platform sheet says, and its switches turn what is unknown."""

import base64
import re

import pytest
import requests

from tests.contract.twins.shops import KiotVietShop
from tests.twins.kiotviet import CLIENT_ID

NAIVE_STAMP = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$")


# Doors


def test_a_token_lives_a_day_and_names_the_shop(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §1: 86400 seconds, Bearer, a JWT with the retailer's id."""
    claims = base64.urlsafe_b64decode(kiotviet.token["access_token"].split(".")[1] + "==").decode()
    assert (kiotviet.token["expires_in"], kiotviet.token["token_type"]) == (86400, "Bearer")
    assert '"client_RetailerId": "500123456"' in claims


def test_a_wrong_secret_gets_no_token(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §1."""
    form = {"scopes": "PublicApi.Access", "grant_type": "client_credentials", "client_id": CLIENT_ID}
    answer = requests.post(f"{kiotviet.url}/connect/token", data={**form, "client_secret": "wrong"})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client")


@pytest.mark.parametrize("missing", ["Retailer", "Authorization"])
def test_both_headers_are_needed(kiotviet: KiotVietShop, missing: str) -> None:
    """kiotviet.md §1: shop code and token on every call."""
    headers = {name: value for name, value in kiotviet.headers.items() if name != missing}
    assert requests.get(f"{kiotviet.url}/customers", headers=headers).status_code == 401


def test_ended_tokens_are_refused(kiotviet: KiotVietShop) -> None:
    """A 401 in the middle of the day: ask again, repeat once."""
    kiotviet.control("DELETE", "/tokens")
    assert kiotviet.call("GET", "/customers").status_code == 401


def test_the_hourly_quota_is_sliding_and_can_be_switched_off(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.3: GETs beyond the quota are RateLimited, an hour later they pass."""
    kiotviet.control("PUT", "/switches", {"quota_gets_per_hour": 3, "quota_headers": True})
    answers = [kiotviet.call("GET", "/branches") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["responseStatus"]["errorCode"] == "RateLimited"
    assert 3590 <= int(answers[3].headers["Retry-After"]) <= 3601
    kiotviet.control("PUT", "/clock", {"forward": 3601})
    assert kiotviet.call("GET", "/branches").status_code == 200
    kiotviet.control("PUT", "/switches", {"quota_gets_per_hour": 0})
    assert {kiotviet.call("GET", "/branches").status_code for _ in range(5)} == {200}


# Lists


def test_pages_hold_twenty_rows_and_never_more_than_a_hundred(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.1: default 20, maximum 100, offset in items."""
    kiotviet.control("POST", "/seed", {"customers": 130})
    assert len(kiotviet.get("/customers")["data"]) == 20
    first, second = (kiotviet.get("/customers", pageSize=500, currentItem=start) for start in (0, 100))
    assert (first["total"], first["pageSize"], len(first["data"]), len(second["data"])) == (130, 100, 100, 30)
    assert len({row["id"] for row in first["data"] + second["data"]}) == 130


def test_rows_can_be_ordered_either_way(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.1: orderBy and orderDirection."""
    kiotviet.control("POST", "/seed", {"customers": 5})
    down = kiotviet.get("/customers", orderBy="modifiedDate", orderDirection="Desc")["data"]
    assert [row["code"] for row in down] == ["KH000004", "KH000003", "KH000002", "KH000001", "KH000000"]


def test_dates_have_seven_digits_and_no_offset_and_filter_by_vietnam_time(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §0.5: wall time; `lastModifiedFrom` shows the changed record only."""
    kiotviet.control("POST", "/seed", {"customers": 3})
    before = kiotviet.twin.now()
    changed = kiotviet.control("PUT", "/records/customers/90210002", {"name": "Tên mới"})
    assert NAIVE_STAMP.match(changed["modifiedDate"])
    rows = kiotviet.get("/customers", lastModifiedFrom=before)["data"]
    assert [(row["id"], row["name"]) for row in rows] == [(90210002, "Tên mới")]


def test_a_date_that_is_none_is_refused_in_service_stack_words(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.3: the error body."""
    answer = kiotviet.call("GET", "/customers", params={"lastModifiedFrom": "hôm qua"})
    assert (answer.status_code, answer.json()["responseStatus"]["errorCode"]) == (400, "RequestBindingException")


def test_removed_ids_come_with_the_page_under_a_spelling_that_varies(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.1: `removeId` for customers unless switched."""
    kiotviet.control("POST", "/seed", {"customers": 2})
    before = kiotviet.twin.now()
    kiotviet.control("DELETE", "/records/customers/90210001")
    asked = {"includeRemoveIds": "true", "lastModifiedFrom": before}
    assert kiotviet.get("/customers", **asked)["removeId"] == [90210001]
    assert "removeId" not in kiotviet.get("/customers", lastModifiedFrom=before)
    kiotviet.control("PUT", "/switches", {"removed_ids_key": "removedIds"})
    assert kiotviet.get("/customers", **asked)["removedIds"] == [90210001]


def test_an_empty_page_may_lack_its_data(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §5: empty collections may be left out."""
    assert "data" not in kiotviet.get("/customers")
    kiotviet.control("PUT", "/switches", {"omit_empty_data": False})
    assert kiotviet.get("/customers")["data"] == []


def test_a_summary_row_may_head_the_customers(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §4: id -1."""
    kiotviet.control("POST", "/seed", {"customers": 1})
    kiotviet.control("PUT", "/switches", {"summary_row": True})
    assert [row["id"] for row in kiotviet.get("/customers")["data"]] == [-1, 90210001]


def test_parts_come_only_when_asked_for(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.1: inventories, payments, deliveries and totals are on request; a detail is whole."""
    kiotviet.control("POST", "/seed", {"customers": 30, "products": 10, "invoices": 20})
    assert "inventories" not in kiotviet.get("/products")["data"][0]
    assert len(kiotviet.get("/products", includeInventory="true")["data"][0]["inventories"]) == 3
    paid = kiotviet.get("/invoices", includePayment="true")["data"][0]
    assert paid["payments"][0]["amount"] == paid["total"]
    assert "payments" not in kiotviet.get("/invoices")["data"][0]
    assert kiotviet.get(f"/invoices/{paid['id']}")["payments"] == paid["payments"]
    buyer = next(row for row in kiotviet.get("/invoices")["data"] if row.get("customerId") and row["status"] == 1)
    assert kiotviet.get(f"/customers/{buyer['customerId']}")["totalInvoiced"] >= buyer["total"]


def test_some_invoices_are_a_walk_ins_and_some_a_masked_buyers(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §4, §5: no customer at all; a marketplace name with stars and no phone."""
    kiotviet.control("POST", "/seed", {"customers": 30, "products": 5, "invoices": 60})
    rows = kiotviet.get("/invoices", pageSize=100)["data"]
    assert any("customerId" not in row for row in rows)
    masked = [row for row in rows if "******" in row.get("customerName", "")]
    assert masked
    assert all(row["code"].startswith("HDSPE_") for row in masked)
    assert kiotviet.get(f"/customers/{masked[0]['customerId']}")["contactNumber"] == ""
    assert {row["branchId"] for row in rows} == {41001, 41002, 41003}


def test_units_and_variants_are_products_of_their_own(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §4, §5: linked by master ids; another unit's stock rows carry the master's id."""
    kiotviet.control("POST", "/seed", {"products": 10})
    unit = kiotviet.get("/products", masterUnitId=31000004, includeInventory="true")["data"][0]
    assert (unit["conversionValue"], unit["inventories"][0]["productId"]) == (6.0, 31000004)
    assert [part["id"] for part in kiotviet.get("/products/31000004")["units"]] == [unit["id"]]
    assert kiotviet.get("/products", masterProductId=31000001)["data"][0]["attributes"][0]["attributeName"] == "SIZE"


@pytest.mark.parametrize("path", ["/customers/7", "/invoices/code/HD-none", "/products/7"])
def test_what_does_not_exist_is_a_business_error_420(kiotviet: KiotVietShop, path: str) -> None:
    """kiotviet.md §3.3: 420 rather than 404, by switch."""
    answer = kiotviet.call("GET", path)
    assert (answer.status_code, answer.json()["responseStatus"]["errorCode"][:10]) == (420, "KvValidate")
    kiotviet.control("PUT", "/switches", {"missing_status": 404})
    assert kiotviet.call("GET", path).status_code == 404


# Writes


def test_a_written_customer_comes_back_wrapped_and_its_code_is_unique(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.2: {message, data}; a second code is refused with 420."""
    wish = {"code": "HUB-1", "name": "Trần An", "contactNumber": "0900000001"}
    made = kiotviet.call("POST", "/customers", json=wish).json()
    assert made["data"]["code"] == "HUB-1"
    again = kiotviet.call("POST", "/customers", json=wish)
    assert (again.status_code, "HUB-1" in again.json()["responseStatus"]["message"]) == (420, True)


def test_the_same_number_is_refused_only_by_switch(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §5: unknown in the field."""
    kiotviet.call("POST", "/customers", json={"name": "An", "contactNumber": "0900000001"})
    assert kiotviet.call("POST", "/customers", json={"name": "B", "contactNumber": "0900000001"}).status_code == 200
    kiotviet.control("PUT", "/switches", {"unique_contact_number": True})
    assert kiotviet.call("POST", "/customers", json={"name": "C", "contactNumber": "0900000001"}).status_code == 420


def test_a_deleted_invoice_is_a_cancelled_one(kiotviet: KiotVietShop) -> None:
    """kiotviet.md §3.1: DELETE /invoices with a JSON body gives status 2."""
    invoice = kiotviet.typed("invoices", invoiceDetails=[])
    answer = kiotviet.call("DELETE", "/invoices", json={"id": invoice["id"], "isVoidPayment": True}).json()
    assert (answer["data"]["status"], answer["data"]["statusValue"]) == (2, "Đã hủy")
