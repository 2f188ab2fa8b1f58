"""Names of many records in one call, and how much waits for each platform."""

from retailhub.store.links import Link
from tests.unit.api.desk import Desk


def test_ids_are_told_as_people_call_them(desk: Desk) -> None:
    customer = desk.keep("customer", "customer_1", name="Nguyễn Lan").id
    order = desk.keep("order", "order_1", order_number="HR-1").id
    shop = desk.connect("haravan")["id"]

    found = desk.get("/names", ids=f"{customer},{order},{shop},retailer").json["names"]

    assert found == {customer: "Nguyễn Lan", order: "HR-1", shop: "haravan", "retailer": "KiotViet"}


def test_what_has_no_name_is_missing(desk: Desk) -> None:
    assert desk.get("/names", ids="customer_gone,,nobody").json == {"names": {}}


def test_a_hundred_names_are_one_read_and_more_are_not_taken(desk: Desk) -> None:
    for n in range(101):
        desk.keep("customer", f"customer_{n:03d}", name=f"Khách {n}")

    found = desk.get("/names", ids=",".join(f"customer_{n:03d}" for n in range(101))).json["names"]

    assert len(found) == 100


def test_backlogs_are_counted_for_every_connection(desk: Desk) -> None:
    shop = desk.connect("haravan")["id"]
    record = desk.keep("customer", "customer_1", name="Lan")
    desk.link(Link("customer", record.id, shop, status="waiting", due_at=desk.now))

    assert desk.get("/backlog").json == {"waiting": {shop: {"deliveries": 1, "changes": 0}}}
