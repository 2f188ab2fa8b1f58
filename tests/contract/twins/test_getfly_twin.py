"""The Getfly twin keeps the quirks of its sheet (getfly.md): errors, customers, products."""

import pytest

from tests.contract.twins.getfly_tenant import HA, KEY, Tenant


@pytest.fixture
def tenant() -> Tenant:
    """An empty tenant whose clock stands still."""
    return Tenant()


# §1, §2: addressing, errors, limits


@pytest.mark.parametrize("headers", [{}, {"X-API-KEY": "wrong"}])
def test_a_missing_or_wrong_key_is_401(tenant: Tenant, headers: dict[str, str]) -> None:
    """§1."""
    answer = tenant.web.get("/api/v3/accounts", headers=headers)
    assert (answer.status_code, answer.json) == (401, {"message": "API key không hợp lệ"})


def test_newer_versions_are_unknown_to_a_4_0_tenant(tenant: Tenant) -> None:
    """§0.1, R-CNV-20."""

    def probe() -> int:
        return int(tenant.web.get("/api/v6.1/users", headers=KEY).status_code)

    assert probe() == 404
    tenant.switch(api_versions=["v3", "v6.1"])
    assert probe() == 200


def test_a_wrong_method_is_403(tenant: Tenant) -> None:
    """§2."""
    assert tenant.call("DELETE", "/accounts")[0] == 403


@pytest.mark.parametrize("key", ["message", "error", "msg"])
def test_refusals_come_under_several_keys(tenant: Tenant, key: str) -> None:
    """§2."""
    tenant.switch(error_key=key)
    assert tenant.call("POST", "/account", {"account": {}}) == (400, {key: "Tên khách hàng không được để trống"})


def test_refusals_may_be_lists_per_field(tenant: Tenant) -> None:
    """§2."""
    tenant.switch(error_key="errors")
    body = tenant.call("POST", "/account", {"account": {}})[1]
    assert body == {"errors": {"account_name": ["Tên khách hàng không được để trống"]}}


def test_too_many_calls_in_a_second_are_429(tenant: Tenant) -> None:
    """§2, §10.11."""
    tenant.switch(requests_per_second=2, retry_after=3)
    answers = [tenant.web.get("/api/v3/users", headers=KEY) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "3"
    assert tenant.board("GET", "/calls")["throttled"] == 1
    tenant.now += 1.1
    assert tenant.call("GET", "/users")[0] == 200


# §3, §4.1: customers


def test_a_customer_is_written_and_read_under_other_names(tenant: Tenant) -> None:
    """§4.1: phone and address, birthday, gender 1 = female."""
    body = {"account": HA, "referer": "KiotViet", "custom_fields": {"kv_id": "88"}, "contacts": [{"first_name": "Hà"}]}
    status, made = tenant.call("POST", "/account", body)
    read = tenant.call("GET", f"/account/{made['account_id']}")[1]
    assert status == 201
    assert read["info"].items() >= {
        "account_id": str(made["account_id"]), "phone": "0905550142", "address": "17 Lê Lai", "birthday": "1991-08-23",
        "gender": "1", "account_source": "KiotViet", "kv_id": "88", "created_at": "2024-06-18 15:23:24",
    }.items()  # fmt: skip
    assert read["contacts"][0]["first_name"] == "Hà"
    assert "phone_office" not in read["info"]


def test_writing_the_reading_names_does_nothing(tenant: Tenant) -> None:
    """§4.1."""
    account_id = tenant.account()
    tenant.call("PUT", f"/account/{account_id}", {"account": {"phone": "0911111111", "address": "khác"}})
    info = tenant.call("GET", f"/account/{account_id}")[1]["info"]
    assert (info["phone"], info["address"]) == ("0905550142", "17 Lê Lai")


def test_an_empty_birthday_reads_as_zeros(tenant: Tenant) -> None:
    """§4.1, §10.3."""
    account_id = tenant.account(birthday="")
    assert tenant.call("GET", f"/account/{account_id}")[1]["info"]["birthday"] == "0000-00-00"


def test_a_birthday_in_iso_is_refused(tenant: Tenant) -> None:
    """§4.1."""
    status, body = tenant.call("POST", "/account", {"account": {**HA, "birthday": "1991-08-23"}})
    assert (status, body["message"]) == (400, "birthday không đúng định dạng d/m/Y")


def test_the_list_pages_and_spells_its_total_as_text(tenant: Tenant) -> None:
    """§3, §10.2: 50 a page, newest first."""
    tenant.board("POST", "/seed", {"customers": 60})
    first, second = (tenant.call("GET", "/accounts", page=page)[1] for page in (1, 2))
    assert first["pagination"] == {"page": 1, "total_record": "60", "total_page": 2}
    assert (len(first["records"]), len(second["records"])) == (50, 10)
    assert int(first["records"][0]["account_id"]) > int(second["records"][0]["account_id"])
    tenant.switch(total_record_as_string=False)
    assert tenant.call("GET", "/accounts")[1]["pagination"]["total_record"] == 60


def test_free_text_and_custom_fields_find_customers(tenant: Tenant) -> None:
    """§3: `custom_fields[key]=op|value`."""
    tenant.account()
    tenant.call("POST", "/account", {"account": {"account_name": "An"}, "custom_fields": {"kv_id": "7"}})
    by_phone = tenant.call("GET", "/accounts", q="0905550142")[1]["records"]
    by_field = tenant.call("GET", "/accounts", **{"custom_fields[kv_id]": "=|7"})[1]["records"]
    assert [row["account_name"] for row in by_phone] == ["Trần Thu Hà"]
    assert [row["account_name"] for row in by_field] == ["An"]
    assert tenant.call("GET", "/accounts", q="090 555 0142")[1]["records"] == []


def test_the_feed_of_changes_starts_at_last_sync(tenant: Tenant) -> None:
    """§4.1: accounts/sync, the incremental feed."""
    first = tenant.account()
    tenant.now += 10
    second = tenant.account(account_name="An")

    def feed(since: float) -> list[str]:
        return [row["account_id"] for row in tenant.call("GET", "/accounts/sync", last_sync=int(since))[1]["data"]]

    assert feed(tenant.now - 10) == [str(first), str(second)]
    assert feed(tenant.now) == [str(second)]
    tenant.switch(sync_inclusive=False)
    assert feed(tenant.now) == []


@pytest.mark.parametrize("other", [{"email": ""}, {"phone_office": "0999"}])
def test_equal_phones_and_mails_are_refused_only_where_the_tenant_asks(tenant: Tenant, other: dict[str, str]) -> None:
    """§2, §9."""
    tenant.account()
    tenant.account(**other)
    tenant.switch(refuse_duplicates=["phone", "email"])
    status, body = tenant.call("POST", "/account", {"account": {**HA, **other}})
    assert status == 400
    assert "không cho phép trùng" in body["message"]


def test_a_deleted_customer_holds_its_code_until_restored(tenant: Tenant) -> None:
    """§2, §10.8."""
    account_id = tenant.account(account_code="KV-1")
    tenant.board("DELETE", f"/records/customers/{account_id}")
    assert tenant.call("GET", "/account", account_code="KV-1")[0] == 404
    status, body = tenant.call("POST", "/account", {"account": {**HA, "account_code": "KV-1"}})
    assert (status, body["message"]) == (400, "Mã khách hàng không cho phép trùng")
    assert tenant.call("POST", "/account/restore", {"account_code": "KV-1"})[1]["account_id"] == account_id
    assert tenant.call("GET", "/account", account_code="KV-1")[0] == 200


def test_the_person_in_charge_can_be_changed(tenant: Tenant) -> None:
    """§4.1 (path assumed), R-GA-06."""
    account_id = tenant.account()
    tenant.call("PUT", f"/account/{account_id}", {"account_manager": 12})
    assert tenant.call("GET", f"/account/{account_id}")[1]["info"]["manager_user_name"] == "nv.minh"
    tenant.call("PUT", f"/account/{account_id}", {"account": {"manager_user_name": "nv.lan"}})
    assert tenant.call("GET", f"/account/{account_id}")[1]["info"]["manager_email"] == "nv.lan@example.vn"
    status, body = tenant.call("PUT", f"/account/{account_id}", {"account_manager": 99})
    assert (status, body["message"]) == (400, "Không tìm thấy người phụ trách")


def test_users_have_no_user_name_in_v3(tenant: Tenant) -> None:
    """§7."""
    user = tenant.call("GET", "/users")[1][1]
    assert set(user) == {"id", "name", "dept_id", "dept_name", "email", "mobile"}


# §5: products


def test_products_come_twenty_a_page_and_by_code(tenant: Tenant) -> None:
    """§3, §5, R-CNV-06."""
    tenant.board("POST", "/seed", {"products": 21})
    page = tenant.call("GET", "/products", page=1, limit=100)[1]
    assert len(page["records"]) == 20
    assert page["pagination"] == {"page": 1, "limit": 20, "total_page": 2, "total_records": 21}
    code = page["records"][3]["product_code"]
    detail = tenant.call("GET", "/products/detail", product_code=code)[1]
    assert detail == tenant.call("GET", f"/products/{detail['data']['product_id']}")[1]
    assert set(detail) == {"data", "images", "attributes", "attachments"}


def test_a_lost_answer_leaves_the_customer_made(tenant: Tenant) -> None:
    """Fault `after`: the call takes effect, the answer does not arrive."""
    tenant.board("POST", "/faults", {"status": 504, "times": 1, "after": True, "path": "/account$"})
    assert tenant.call("POST", "/account", {"account": {**HA, "account_code": "KV-1"}})[0] == 504
    assert tenant.call("GET", "/account", account_code="KV-1")[0] == 200
