"""The CNV Loyalty twin keeps the quirks of its sheet (cnv_loyalty.md §2): family B, what an app pulls."""

import pytest

from tests.contract.twins.cnv_business import APP, HA, PARTNER, SALE, Business


@pytest.fixture
def business() -> Business:
    """A business without members, whose clock stands still."""
    return Business()


@pytest.mark.parametrize("headers", [{}, PARTNER, {"Authorization": "Bearer twin-cnv-token"}])
def test_the_app_needs_its_token(business: Business, headers: dict[str, str]) -> None:
    """§B.1: the scheme is TOKEN."""
    answer = business.web.get("/customers.json", headers=headers)
    assert (answer.status_code, answer.json) == (401, {"message": "unauthorized"})


def test_too_many_calls_in_a_second_are_429(business: Business) -> None:
    """§B.2."""
    business.switch(requests_per_second=1, retry_after=2)
    answers = [business.web.get("/customers.json", headers=APP) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["Retry-After"] == "2"


def test_a_member_shows_the_name_in_one_field_and_the_birthday_in_three(business: Business) -> None:
    """§B.2, §B.3.4, §B.3.5, R-CNV-11."""
    wish = {"last_name": "Lê Ngọc Anh", "phone": "0938220917", "birthday": "1995-11-02", "channel": "Zalo OA"}
    business.board("POST", "/records/customers", wish)
    row = business.pull("/customers.json")["customers"][0]
    assert row.items() >= {
        "last_name": "Lê Ngọc Anh", "first_name": ".", "phone": "0938220917", "email": None, "tags": "zalo",
        "birthday_day": 2, "birthday_month": 11, "birthday_year": 1995,
        "created_at": "2024-06-18T08:23:24Z", "updated_at": "2024-06-18T08:23:24Z",
    }.items()  # fmt: skip


def test_a_half_known_birthday_has_empty_parts(business: Business) -> None:
    """§B.3.5."""
    business.board("POST", "/records/customers", {"phone": "0938220917", "birthday_day": 2, "birthday_month": 11})
    row = business.pull("/customers.json")["customers"][0]
    assert (row["birthday_day"], row["birthday_month"], row["birthday_year"]) == (2, 11, None)


def test_a_page_holds_at_most_a_hundred_rows(business: Business) -> None:
    """§B.2: `per_page` or `limit`."""
    business.board("POST", "/seed", {"customers": 120})
    page = business.pull("/customers.json", per_page=500)
    assert len(page["customers"]) == 100
    assert page["pagination"] == {"has_more": True}
    assert len(business.ids(limit=100, page=2)) == 20


def test_rows_come_by_the_time_of_their_change(business: Business) -> None:
    """§B.2: sorted by updated_at ascending."""
    first, second = (business.board("POST", "/records/customers", {"phone": f"090{n}"})["id"] for n in (1, 2))
    business.now += 5
    business.board("PUT", f"/records/customers/{first}", {"email": "moi@example.vn"})
    assert business.ids() == [second, first]


@pytest.mark.parametrize("envelope", ["bare", "named", "data"])
def test_the_envelope_varies(business: Business, envelope: str) -> None:
    """§B.2."""
    business.switch(envelope=envelope, has_more_key="hasMore")
    expected = {"bare": [], "named": {"customers": [], "pagination": {"hasMore": False}}}
    expected["data"] = {"data": [], "pagination": {"hasMore": False}}
    assert business.pull("/customers.json") == expected[envelope]


def test_the_lists_may_live_under_another_path(business: Business) -> None:
    """§B.2: the sources disagree."""
    business.switch(path_prefix="/loyalty")
    assert business.web.get("/customers.json", headers=APP).status_code == 404
    assert business.pull("/loyalty/customers.json")["customers"] == []


def test_changes_since_include_the_second_itself_by_default(business: Business) -> None:
    """§B.3.1: whether the bound is inclusive is unknown."""
    made = business.board("POST", "/records/customers", {"phone": "0938220917"})["id"]
    assert business.ids(updated_at_from="2024-06-18T08:23:24Z") == [made]
    assert business.ids(updated_at_from="2024-06-18T08:23:25Z") == []
    business.switch(updated_from_inclusive=False)
    assert business.ids(updated_at_from="2024-06-18T08:23:24Z") == []
    assert business.ids(updated_at_from="2024-06-18T08:23:23Z") == [made]


def test_a_query_stops_at_its_last_page_without_a_word(business: Business) -> None:
    """§B.3.1: 100 pages of 100 rows; smaller here."""
    business.board("POST", "/seed", {"customers": 9})
    business.switch(max_pages=2, max_limit=3)
    assert len(business.ids(page=2)) == 3
    assert business.pull("/customers.json", page=2)["pagination"]["has_more"] is False
    assert business.ids(page=3) == []
    business.switch(has_more_at_cut=True)
    assert business.pull("/customers.json", page=2)["pagination"]["has_more"] is True


def test_rows_with_one_stamp_are_lost_to_an_exclusive_restart_at_the_cut(business: Business) -> None:
    """§B.3.1: the loss of 165 customers, made small."""
    business.board("POST", "/seed", {"customers": 9})
    business.switch(stamp_step=7200, max_pages=1, max_limit=4, updated_from_inclusive=False)
    rows = business.pull("/customers.json")["customers"]
    assert len({row["updated_at"] for row in rows}) == 1
    assert business.ids(updated_at_from=rows[-1]["updated_at"]) == []
    assert business.board("GET", "/counts")["customers"] == 9


def test_rows_can_be_asked_for_by_id(business: Business) -> None:
    """§B.2: `ids`."""
    business.board("POST", "/seed", {"customers": 3})
    ids = business.ids()
    assert business.ids(ids=f"{ids[0]},{ids[2]},1") == [ids[0], ids[2]]


def test_points_in_the_list_lag_but_the_membership_is_right(business: Business) -> None:
    """§B.3.2."""
    business.push("customers", HA)
    business.push("orders", {**SALE, "payment_status": "paid"})
    row = business.pull("/customers.json")["customers"][0]
    membership = business.pull(f"/loyalty/customers/{row['id']}/membership.json")["membership"]
    assert (row["points"], membership["points"], membership["level_name"]) == (0, 100, "Bạc")
    business.switch(reliable_points=True)
    assert business.pull("/customers.json")["customers"][0]["points"] == 100


def test_a_membership_of_nobody_is_404(business: Business) -> None:
    """§B.2."""
    assert business.web.get("/loyalty/customers/1/membership.json", headers=APP).status_code == 404


@pytest.mark.parametrize(
    "channel,tag",
    [("Website", "website"), ("Mobile App", "mobile-app"), ("Zalo OA", "zalo"), ("Messenger Fanpage", "messenger")],
)
def test_a_members_own_order_tells_its_channel(business: Business, channel: str, tag: str) -> None:
    """R-CNV-12, R-CNV-13."""
    member = business.board("POST", "/records/customers", {"last_name": "An", "phone": "0938220917"})
    wish = {"customer_id": member["id"], "channel": channel, "items": SALE["items"], "shipping_fee": 25000}
    business.board("POST", "/records/orders", wish)
    row = business.pull("/orders.json")["orders"][0]
    assert (row["source"], row["tags"], row["financial_status"]) == (channel, tag, "pending")
    assert (row["subtotal_price"], row["shipment_fee"], row["total_price"]) == (990000, 25000, 1015000)
    assert row["customer"] == {"id": member["id"], "first_name": ".", "last_name": "An", "phone": "0938220917"}
    business.switch(show_source=False)
    assert "source" not in business.pull("/orders.json")["orders"][0]


def test_a_guest_orders_without_an_id(business: Business) -> None:
    """A-CNV-10."""
    guest = {"last_name": "Lê Ngọc Anh", "phone": "0938220917"}
    business.board("POST", "/records/orders", {"customer": guest, "items": SALE["items"]})
    assert business.pull("/orders.json")["orders"][0]["customer"] == {"id": None, "first_name": ".", **guest}
    assert business.ids() == []


def test_orders_can_be_asked_for_by_days(business: Business) -> None:
    """§B.2: start_date, end_date."""
    made = business.board("POST", "/records/orders", {"items": SALE["items"]})["id"]
    assert business.ids("orders", start_date="2024-06-18", end_date="2024-06-18") == [made]
    assert business.ids("orders", start_date="2024-06-19") == []
    assert business.ids("orders", end_date="2024-06-17") == []


def test_a_mistyped_record_is_refused(business: Business) -> None:
    """The control API does not swallow what it does not know."""
    answer = business.web.post("/_twin/records/orders", json={"line_items": []})
    assert answer.status_code == 422
    assert "line_items" in answer.text
