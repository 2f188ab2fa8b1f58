"""Customers by the API: entered, edited, pushed, with their story."""

from retailhub.domain.changes import Change
from retailhub.domain.flows import HUB
from retailhub.store import events, records
from retailhub.store.links import Link
from retailhub.store.table import claim_key
from tests.unit.api.desk import NOW, Desk


def test_a_customer_entered_by_hand_is_whole_and_marked(desk: Desk) -> None:
    """api.md, Updates: version, created_at, updated_at, created_by, updated_by."""
    desk.keep("customer_group", "vip", name="VIP")
    body = {"name": "Nguyễn Thị Lan", "phone": "0912.000.111", "email": "lan@example.vn", "groups": ["vip"]}
    reply = desk.post("/customers", body)

    made = reply.json
    assert reply.status == 201
    assert (made["phone"], made["phone_source"], made["groups"]) == ("+84912000111", "contact", ["vip"])
    assert (made["version"], made["origin"], made["edited_here"]) == (1, HUB, True)
    assert (made["created_by"], made["updated_by"], made["created_at"]) == ("lan", "lan", NOW)
    assert (made["revenue"], made["last_purchase_at"], made["funnel"]) == (0, None, "lead")
    assert desk.get(f"/customers/{made['id']}").json == made


def test_a_customer_without_name_phone_and_email_is_nobody(desk: Desk) -> None:
    reply = desk.post("/customers", {"tax_code": "0300000000"})

    assert (reply.status, reply.fields) == (422, {"name": "missing"})


def test_a_phone_that_no_network_has_is_refused(desk: Desk) -> None:
    reply = desk.post("/customers", {"name": "Lan", "phone": "12"})

    assert (reply.status, reply.fields) == (422, {"phone": "invalid_phone"})


def test_an_edit_is_the_next_version_and_says_by_whom(desk: Desk) -> None:
    desk.keep("customer", "c_1", name="Lan", phone="+84912000111", owner="mai")
    desk.later(60)

    changed = desk.patch("/customers/c_1", {"name": "Nguyễn Thị Lan"}).json

    assert (changed["version"], changed["changed_by"], changed["edited_here"]) == (2, HUB, True)
    assert (changed["updated_by"], changed["updated_at"]) == ("lan", desk.now)
    assert (changed["created_by"], changed["owner"], changed["phone"]) == ("shop", "mai", "+84912000111")


def test_an_edit_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    desk.keep("customer", "c_1", name="Lan")
    desk.table.calls.clear()

    changed = desk.patch("/customers/c_1", {"name": "Lan"}).json

    assert changed["version"] == 1
    assert not desk.table.calls["write"] + desk.table.calls["transaction"]


def test_a_null_empties_a_field_but_not_a_list(desk: Desk) -> None:
    desk.keep("customer", "c_1", name="Lan", phone="+84912000111", phone_source="contact")

    assert desk.patch("/customers/c_1", {"phone": None}).json["phone_source"] is None
    assert desk.patch("/customers/c_1", {"groups": None}).fields == {"groups": "not_null"}


def test_a_chosen_funnel_stays_until_it_is_taken_back(desk: Desk) -> None:
    """A-HRV-10."""
    desk.keep("customer", "c_1", name="Lan", is_buyer=True, total_orders=2, funnel="customer")

    chosen = desk.patch("/customers/c_1", {"funnel": "lead"}).json
    back = desk.patch("/customers/c_1", {"funnel": None}).json

    assert (chosen["funnel"], back["funnel"]) == ("lead", "customer")


def test_an_edit_of_another_version_is_a_conflict(desk: Desk) -> None:
    """api.md, Updates: If-Match."""
    desk.keep("customer", "c_1", name="Lan")

    stale = desk.patch("/customers/c_1", {"name": "Mai"}, if_match="7")
    present = desk.patch("/customers/c_1", {"name": "Mai"}, if_match='"1"')

    assert (stale.status, stale.code, stale.json["error"]["details"]) == (409, "version_conflict", {"version": 1})
    assert present.json["version"] == 2
    assert desk.patch("/customers/c_1", {"name": "Mai"}, if_match="first").code == "bad_if_match"


def test_an_edit_that_meets_another_write_is_done_on_fresh_reads(desk: Desk) -> None:
    """F38."""
    desk.keep("customer", "c_1", name="Lan")

    def sync_writes_first(_: str) -> None:
        desk.table.before = lambda _: None
        stored = records.load(desk.table, "customer", "c_1")
        assert stored
        fields = stored.fields.model_copy(update={"owner": "mai"})
        desk.table.write(records.put(stored.revised(fields, by="shop", at=NOW)))

    desk.table.before = lambda step: sync_writes_first(step) if step == "transaction" else None
    changed = desk.patch("/customers/c_1", {"name": "Mai"}).json

    assert (changed["name"], changed["owner"], changed["version"]) == ("Mai", "mai", 3)


def test_an_edit_tells_its_story_in_the_same_transaction(desk: Desk) -> None:
    desk.keep("customer", "c_1", name="Lan")
    desk.table.calls.clear()

    desk.patch("/customers/c_1", {"name": "Mai"})

    [line] = desk.get("/customers/c_1/timeline").json["items"]
    assert (line["kind"], line["what"], line["details"]["changed"]) == ("event", "applied", ["name"])
    assert desk.table.calls["transaction"] == 1
    assert desk.table.calls["write"] == 0


def test_the_claim_on_a_phone_moves_with_the_edit(desk: Desk) -> None:
    """A-CNV-4: whoever has the phone is found by it, and only they."""
    made = desk.post("/customers", {"name": "Lan", "phone": "0912000111"}).json
    desk.patch(f"/customers/{made['id']}", {"phone": "0912000222"})

    assert desk.table.get(claim_key("phone", "+84912000111")) is None
    holder = desk.table.get(claim_key("phone", "+84912000222"))
    assert holder
    assert holder["record"] == made["id"]


def test_a_claim_of_somebody_else_stays_theirs(desk: Desk) -> None:
    first = desk.post("/customers", {"name": "Lan", "phone": "0912000111"}).json
    desk.post("/customers", {"name": "Mai", "phone": "0912000111"})

    holder = desk.table.get(claim_key("phone", "+84912000111"))
    assert holder
    assert holder["record"] == first["id"]


def test_orders_and_contracts_of_a_customer_are_theirs_alone(desk: Desk) -> None:
    desk.keep("customer", "c_1", name="Lan")
    desk.keep(
        "order", "o_1", order_number="HD1", buyer={"customer": "c_1"}, order_created="2026-05-01T00:00:00.000000Z"
    )
    desk.keep(
        "order", "o_2", order_number="HD2", buyer={"customer": "c_2"}, order_created="2026-05-01T00:00:00.000000Z"
    )
    desk.keep("contract", "k_1", code="HĐ1", customer="c_1", value="1500000.50", paid="500000")

    [order] = desk.get("/customers/c_1/orders").json["items"]
    [contract] = desk.get("/customers/c_1/contracts").json["items"]

    assert order["order_number"] == "HD1"
    assert (contract["value"], contract["paid"], contract["debt"]) == ("1500000.5", 500000, "1000000.5")
    assert desk.get("/customers/nobody/orders").code == "unknown_customer"


def test_the_addresses_of_a_customer(desk: Desk) -> None:
    """R-HRV-14."""
    desk.post(
        "/customers", {"name": "Lan", "addresses": [{"line": "1 Lê Lợi", "default": True}, {"line": "2 Hàng Bài"}]}
    )
    [customer] = desk.get("/customers").json["items"]

    items = desk.get(f"/customers/{customer['id']}/addresses").json["items"]

    assert [(one["line"], one["default"]) for one in items] == [("1 Lê Lợi", True), ("2 Hàng Bài", False)]


def test_the_timeline_has_events_and_deliveries_in_order(desk: Desk) -> None:
    desk.keep("customer", "c_1", name="Lan")
    for second in (1, 3, 5):
        change = Change("shop", "customer", f"s{second}", received_at=NOW)
        desk.happened(change, "applied", f"2026-05-14T00:00:0{second}.000000Z", record="c_1", version=second)
    link = Link("customer", "c_1", "loyalty").noted("2026-05-14T00:00:02.000000Z", "created", remote_id="9")
    desk.link(link.noted("2026-05-14T00:00:04.000000Z", "updated"))

    whole = [line["what"] for line in desk.get("/customers/c_1/timeline").json["items"]]

    assert whole == ["applied", "created", "applied", "updated", "applied"]


def test_a_push_sends_the_customer_to_every_haravan_shop(desk: Desk) -> None:
    """R-HRV-38: on demand, whatever the flows say."""
    shop = desk.connect("haravan")["id"]
    desk.keep("customer", "c_1", name="Lan")

    reply = desk.post("/customers/c_1/push")

    [wish] = desk.queues.deliveries
    assert (reply.status, reply.json) == (202, {"queued": [shop]})
    assert (wish.platform, wish.connection, wish.id, wish.asked) == ("haravan", shop, "c_1", True)


def test_two_clicks_are_one_wish_until_the_first_came_to_something(desk: Desk) -> None:
    shop = desk.connect("haravan")["id"]
    desk.keep("customer", "c_1", name="Lan")

    desk.post("/customers/c_1/push")
    desk.post("/customers/c_1/push")
    desk.link(Link("customer", "c_1", shop, status="failed", error={"code": "refused", "at": NOW}))
    desk.post("/customers/c_1/push")

    first, second, third = [wish.once for wish in desk.queues.deliveries]
    assert first == second != third


def test_recipients_are_not_pushed_and_without_a_shop_nobody_is(desk: Desk) -> None:
    """A-HRV-15."""
    desk.keep("customer", "c_1", name="Lan")
    assert desk.post("/customers/c_1/push").code == "no_haravan_connection"

    desk.connect("haravan")
    desk.keep("customer", "c_2", name="Người nhận", recipient_of="c_1")

    assert desk.post("/customers/c_2/push").code == "not_to_be_pushed"
    assert desk.queues.deliveries == []


def test_the_event_of_an_edit_can_be_read(desk: Desk) -> None:
    made = desk.post("/customers", {"name": "Lan"}).json

    [event] = desk.get("/events", record=made["id"]).json["items"]

    assert (event["connection"], event["via"], event["reason"]) == (HUB, "api", "by:lan")
    assert event["changed"] == ["name"]
    stored = events.load(desk.table, event["id"])
    assert stored
    assert stored.version == 1
