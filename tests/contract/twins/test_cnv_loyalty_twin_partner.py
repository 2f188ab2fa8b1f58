"""The CNV Loyalty twin keeps the quirks of its sheet (cnv_loyalty.md §1, §3): family A, points, webhooks out."""

import json
from typing import Any

import pytest

from tests.contract.twins.cnv_business import APP, HA, SALE, Business
from tests.contract.twins.inbox import open_inbox

WRONG = {"X-Client-Id": "twin-cnv-client", "X-Client-Secret": "wrong"}


@pytest.fixture
def business() -> Business:
    """A business without members, whose clock stands still."""
    return Business()


@pytest.fixture
def member(business: Business) -> int:
    """Hà, pushed by the partner; her id at CNV."""
    business.push("customers", HA)
    return business.ids()[0]


@pytest.mark.parametrize("headers", [{}, APP, WRONG])
def test_the_partner_needs_id_and_secret(business: Business, headers: dict[str, str]) -> None:
    """§1."""
    answer = business.web.post("/api/webhook/customers", json=HA, headers=headers)
    assert (answer.status_code, answer.json) == (401, {"message": "unauthorized"})


def test_a_pushed_customer_comes_back_without_the_partners_id(business: Business, member: int) -> None:
    """§A.2, R-CNV-05: the echo has to be known by its phone."""
    row = business.pull("/customers.json")["customers"][0]
    assert (row["id"], row["last_name"], row["phone"], row["gender"]) == (member, "Trần Thu Hà", "0905550142", "female")
    assert "ref_id" not in row
    assert business.board("GET", "/state/customers")[0]["ref_id"] == "GF-5127"
    business.switch(show_ref_id=True)
    assert business.pull("/customers.json")["customers"][0]["ref_id"] == "GF-5127"


def test_the_answer_to_a_push_keeps_the_id_for_itself_unless_switched(business: Business) -> None:
    """§A, unknown: both readings."""
    assert business.push("customers", HA) == (200, {"success": True})
    business.switch(partner_answer_shows_id=True)
    assert business.push("customers", HA)[1]["data"] == {"id": business.ids()[0]}


@pytest.mark.parametrize(
    "change", [{"phone": "0911111111"}, {"ref_id": ""}, {"ref_id": "", "phone": "+84 905 550 142"}]
)
def test_a_known_partners_id_or_phone_is_the_same_customer(
    business: Business, member: int, change: dict[str, str]
) -> None:
    """§A.2: upsert by ref_id, then phone."""
    business.push("customers", {**HA, "email": "moi@example.vn", **change})
    rows = business.pull("/customers.json")["customers"]
    assert [(row["id"], row["email"]) for row in rows] == [(member, "moi@example.vn")]


def test_a_customer_without_phone_is_refused(business: Business) -> None:
    """§A.2."""
    assert business.push("customers", {**HA, "phone": ""}) == (422, {"message": "phone is required"})


def test_a_product_is_pushed_and_updated_by_its_id(business: Business) -> None:
    """§A.3, R-CNV-06, R-CNV-07."""
    business.push("products", {"ref_id": "GF-P310", "sku": "AO-LINEN-M", "name": "Áo linen", "price": 385000})
    business.push("products", {"ref_id": "GF-P310", "price": 399000})
    rows = business.pull("/products.json")["products"]
    assert rows == [{"id": 551, "title": "Áo linen", "sku": "AO-LINEN-M", "price": 399000}]


def test_a_paid_order_gives_points_and_a_tier_once(business: Business, member: int) -> None:
    """§A.1, R-CNV-08, R-CNV-09, R-CNV-10."""
    business.push("orders", SALE)
    assert business.points("0905550142")["total_points"] == 0
    for _ in range(2):
        business.push("orders", {"code": "KV-HD045512", "payment_status": "paid"})
    info = business.points("+84905550142")
    assert (info["total_points"], info["points"], info["level_title"], info["level_key"]) == (100, 100, "Bạc", 2)
    assert info["rewards"][0]["type"] == "percent"


def test_a_cancelled_order_takes_its_points_back(business: Business, member: int) -> None:
    """A-CNV-5."""
    business.push("orders", {**SALE, "payment_status": "paid"})
    business.push("orders", {"ref_id": "GF-40217", "status": "cancelled"})
    assert business.points("0905550142")["total_points"] == 0


def test_used_points_are_taken_off_the_balance(business: Business, member: int) -> None:
    """§A.1: points = total_points − used_points."""
    business.board("PUT", f"/records/customers/{member}", {"extra_points": 600, "used_points": 150})
    info = business.points("0905550142")
    assert (info["total_points"], info["used_points"], info["points"], info["level_title"]) == (600, 150, 450, "Vàng")


def test_points_of_an_unknown_phone_are_404(business: Business) -> None:
    """§A.1."""
    assert business.points("0999") == {"message": "customer not found"}


def test_each_new_status_enters_the_purchase_history_and_tells_the_customer(business: Business, member: int) -> None:
    """R-CNV-15 to R-CNV-18."""
    business.push("orders", SALE)
    for change in ({"shipping_status": "delivering"}, {"shipping_status": "delivering"}, {"status": "delivered"}):
        business.now += 60
        business.push("orders", {"ref_id": "GF-40217", **change})
    order = business.board("GET", "/state/orders")[0]
    steps = [(step["at"], step["status"], step["shipping_status"]) for step in order["history"]]
    assert steps == [
        ("2024-06-18T08:23:24Z", "approved", ""),
        ("2024-06-18T08:24:24Z", "approved", "delivering"),
        ("2024-06-18T08:26:24Z", "delivered", "delivering"),
    ]
    messages = business.board("GET", "/notifications")
    assert [message["customer_id"] for message in messages] == [member] * 3


def test_a_members_own_order_gets_its_status_by_its_name(business: Business) -> None:
    """R-CNV-15: the order was born at CNV; the partner knows its name, with or without #."""
    order = business.board("POST", "/records/orders", {"name": "#APP10233", "items": SALE["items"]})
    business.push("orders", {"ref_id": "GF-1", "code": "APP10233", "status": "approved"})
    business.push("orders", {"ref_id": "GF-1", "status": "delivered"})
    rows = business.board("GET", "/state/orders")
    assert [(row["id"], row["status"]) for row in rows] == [(order["id"], "delivered")]
    assert rows[0]["total_price"] == 990000


def test_pushed_orders_can_be_left_out_of_family_b(business: Business, member: int) -> None:
    """Unknown: both readings."""
    business.push("orders", SALE)
    assert len(business.ids("orders")) == 1
    business.switch(partner_orders_shown=False)
    assert business.ids("orders") == []


@pytest.mark.parametrize(
    "body,reason",
    [
        ({"status": "approved"}, "ref_id or code is required"),
        ({**SALE, "items": []}, "items is required for a new order"),
        ({**SALE, "customer": {}}, "phone is required"),
        ({**SALE, "shipping_status": "flying"}, "shipping_status flying is not one of ['delivering']"),
    ],
)
def test_an_order_cnv_cannot_use_is_refused(business: Business, member: int, body: dict[str, Any], reason: str) -> None:
    """§A.3, §5."""
    business.switch(shipping_statuses=["delivering"])
    assert business.push("orders", body) == (422, {"message": reason})


def test_an_order_for_a_new_phone_makes_the_customer(business: Business) -> None:
    """§A.3."""
    business.push("orders", {**SALE, "customer": {"phone": "0905550142", "last_name": "Trần Thu Hà"}})
    assert business.pull("/customers.json")["customers"][0]["phone"] == "0905550142"


def test_webhooks_out_are_off_until_switched_on(business: Business) -> None:
    """§3: nobody has seen one."""
    with open_inbox() as inbox:
        business.board("PUT", "/webhooks/target", {"url": inbox.url})
        business.push("customers", HA)
        business.switch(webhook_out=True)
        business.board("POST", "/records/customers", {"phone": "0938220917"})
        assert business.twin.drain(5)
        business.twin.outbox.close()
    (headers, body), member = inbox.taken[0], business.ids()[1]
    assert len(inbox.taken) == 1
    assert json.loads(body) == {"event": "customer.created", "data": {"id": member}}
    assert (headers["X-Client-Id"], headers["X-Client-Secret"]) == ("twin-cnv-client", "twin-cnv-secret")


def test_a_fault_after_the_effect_leaves_the_customer_made(business: Business) -> None:
    """Fault `after`: a repeated push must find what the first one made."""
    business.board("POST", "/faults", {"status": 504, "after": True, "path": "/api/webhook/customers", "body": {}})
    assert business.push("customers", HA)[0] == 504
    assert business.push("customers", HA)[0] == 200
    assert business.board("GET", "/counts")["customers"] == 1
