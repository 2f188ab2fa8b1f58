"""Products, orders and contracts by the API."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk


@pytest.mark.parametrize(
    "query, found",
    [({}, ["p_2", "p_1"]), ({"code": "SP1"}, ["p_1"]), ({"q": "ca phe"}, ["p_1"]), ({"active": "false"}, ["p_2"])],
)
def test_products_are_found(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    desk.keep("product", "p_1", at="2026-05-01T00:00:00.000000Z", code="SP1", name="Cà phê sữa", price="29000")
    desk.keep("product", "p_2", at="2026-05-02T00:00:00.000000Z", code="SP2", name="Trà", active=False)

    assert [one["id"] for one in desk.get("/products", **query).json["items"]] == found
    assert desk.get("/products/p_1").json["price"] == 29000
    assert desk.get("/products/p_3").code == "unknown_product"


@pytest.mark.parametrize(
    "query, found",
    [
        ({"order_status": "open"}, ["o_1"]),
        ({"payment_status": "paid", "buyer": "c_1"}, ["o_2"]),
        ({"q": "nguyen"}, ["o_1"]),
        ({"q": "dh-2"}, ["o_2"]),
        ({"order_source": "pos"}, []),
    ],
)
def test_orders_are_found(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    buyer = {"customer": "c_1", "name": "Nguyễn Lan"}
    desk.keep("order", "o_1", order_number="DH-1", buyer=buyer, order_source="web", total_price="100000")
    paid = {"order_status": "closed", "payment_status": "paid"}
    desk.keep("order", "o_2", order_number="DH-2", buyer={"customer": "c_1"}, **paid)

    assert [one["id"] for one in desk.get("/orders", **query).json["items"]] == found
    assert desk.get("/orders/o_1").json["total_price"] == 100000
    assert desk.get("/orders", order_status="sleeping").fields == {"order_status": "literal_error"}


@pytest.mark.parametrize(
    "path, kind, field",
    [("/orders", "order", "order_number"), ("/contracts", "contract", "code"), ("/products", "product", "code")],
)
def test_a_code_is_looked_up(desk: Desk, path: str, kind: Any, field: str) -> None:
    """One read however many there are; whoever asks for a code means it as it is written, and every filter holds."""
    desk.keep("customer", "c_1", code="A-1")
    for n, code in enumerate(("A-1", "a-1", "A-2", "A-1")):
        desk.keep(kind, f"x_{n}", at=f"2026-05-0{n + 1}T00:00:00.000000Z", **{field: code})
    desk.table.calls.clear()

    assert [one["id"] for one in desk.get(path, **{field: "A-1"}).json["items"]] == ["x_3", "x_0"]
    assert desk.table.reads == 1
    assert [one["id"] for one in desk.get(path, sort="created_at", **{field: "A-1"}).json["items"]] == ["x_0", "x_3"]
    assert desk.get(path, q="nothing of it", **{field: "A-1"}).json["items"] == []
    first = desk.get(path, limit="1", **{field: "A-1"}).json
    rest = desk.get(path, limit="1", cursor=first["next_cursor"], **{field: "A-1"}).json
    assert [one["id"] for page in (first, rest) for one in page["items"]] == ["x_3", "x_0"]


def test_a_contract_by_hand(desk: Desk) -> None:
    """api.md, /contracts."""
    desk.keep("customer", "c_1", name="Lan")
    lines = [{"name": "Tủ", "quantity": "1.5", "price": 1000000}]
    body = {"code": "HĐ-01", "customer": "c_1", "value": 1500000, "start_date": "2026-05-14", "items": lines}
    reply = desk.call("POST", "/contracts", body, role="staff")

    made = reply.json
    assert reply.status == 201, reply.text
    assert (made["value"], made["debt"], made["status"]) == (1500000, 1500000, "processing")
    assert made["start_date"] == "2026-05-13T17:00:00.000000Z", "midnight in Vietnam, kept in UTC"
    assert made["items"][0]["quantity"] == "1.5"
    assert [one["id"] for one in desk.get("/customers/c_1/contracts").json["items"]] == [made["id"]]


def test_a_contract_is_edited(desk: Desk) -> None:
    desk.keep("contract", "k_1", code="HĐ-01", value="1500000")

    changed = desk.call("PUT", "/contracts/k_1", {"paid": "500000.25"}, if_match="1").json

    assert (changed["paid"], changed["debt"], changed["version"]) == ("500000.25", "999999.75", 2)


@pytest.mark.parametrize(
    "body, wrong",
    [
        ({"value": 1}, {"code": "missing"}),
        ({"code": "A", "value": 1, "customer": "c_9"}, {"customer": "unknown_customer"}),
        ({"code": "A", "value": True}, {"value": "value_error"}),
        ({"code": "A", "value": "1e400"}, {"value": "finite_number"}),
        ({"code": "A", "value": -1}, {"value": "greater_than_equal"}),
        ({"code": "A", "value": 1, "status": None}, {"status": "not_null"}),
        ({"code": "A", "value": 1, "start_date": "soon"}, {"start_date": "invalid_time"}),
        ({"code": "A", "value": 1, "items": [{"quantity": "x", "price": 1}]}, {"items.0.quantity": "decimal_parsing"}),
        ({"code": "A", "value": 1, "points_redeemed": 5}, {"points_redeemed": "extra_forbidden"}),
    ],
)
def test_what_is_wrong_with_a_contract_is_said_field_by_field(
    desk: Desk, body: dict[str, object], wrong: dict[str, str]
) -> None:
    reply = desk.post("/contracts", body)

    assert (reply.status, reply.fields) == (422, wrong)
