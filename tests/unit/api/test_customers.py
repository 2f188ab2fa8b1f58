"""Customers by the API: found, entered, edited, pushed, with their story."""

from typing import Any

import pytest

from retailhub.domain.changes import Change
from retailhub.domain.flows import HUB
from retailhub.store import events, records
from retailhub.store.links import Link
from retailhub.store.table import claim_key, remote_key
from tests.unit.api.desk import NOW, Desk


def test_a_customer_entered_by_hand_is_whole_and_marked(desk: Desk) -> None:
    """api.md, Updates: version, created_at, updated_at, created_by, updated_by."""
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


def names(desk: Desk, **query: str) -> list[str]:
    """Who is found, in order."""
    reply = desk.get("/customers", **query)
    assert reply.status == 200, reply.text
    return [one["name"] for one in reply.json["items"]]


def town(desk: Desk) -> None:
    """Three people, the last of them the newest."""
    desk.keep("customer", "c_1", at="2026-05-01T00:00:00.000000Z", name="Đặng Hà", phone="+84912000111", owner="lan")
    fields: dict[str, Any] = {"email": "Binh@example.vn", "groups": ("vip",), "is_buyer": True, "source": "web"}
    desk.keep("customer", "c_2", at="2026-05-02T00:00:00.000000Z", name="Trần Bình", vendor_id="77", **fields)
    desk.keep("customer", "c_3", at="2026-05-03T00:00:00.000000Z", name="Đặng Hạ", phone="+84912000111")


@pytest.mark.parametrize(
    "query, found",
    [
        ({}, ["Đặng Hạ", "Trần Bình", "Đặng Hà"]),
        ({"sort": "created_at"}, ["Đặng Hà", "Trần Bình", "Đặng Hạ"]),
        ({"q": "DANG ha"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"q": "0912000"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"q": "BINH@"}, ["Trần Bình"]),
        ({"phone": "0912 000 111"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"phone": "0912000111", "owner": "lan"}, ["Đặng Hà"]),
        ({"email": "binh@EXAMPLE.vn"}, ["Trần Bình"]),
        ({"owner": "lan"}, ["Đặng Hà"]),
        ({"source": "web", "is_buyer": "true"}, ["Trần Bình"]),
        ({"group": "vip"}, ["Trần Bình"]),
        ({"is_buyer": "false"}, ["Đặng Hạ", "Đặng Hà"]),
        ({"q": "nobody"}, []),
    ],
)
def test_the_filters_find_whom_they_say(desk: Desk, query: dict[str, str], found: list[str]) -> None:
    """api.md, /customers; search is case- and accent-insensitive."""
    town(desk)

    assert names(desk, **query) == found


def test_a_vendor_id_is_haravans_id(desk: Desk) -> None:
    """R-HRV-07."""
    town(desk)
    shop = desk.connect("haravan")["id"]
    pk, sk = remote_key(shop, "customer", "77")
    desk.table.items[pk, sk] = {"pk": pk, "sk": sk, "record": "c_2", "rev": 1}

    assert names(desk, vendor_id="77") == ["Trần Bình"]
    assert names(desk, vendor_id="78") == []
    assert names(desk, vendor_id="77", owner="lan") == []


@pytest.mark.parametrize("query", [{}, {"q": "khach"}, {"owner": "lan"}])
def test_pages_bring_everybody_once_and_in_order(desk: Desk, query: dict[str, str]) -> None:
    """api.md, Lists; every third customer matches no filter."""
    for n in range(25):
        owner, name = ("lan", f"Khách {n}") if n % 3 else ("mai", f"Người {n}")
        desk.keep("customer", f"c_{n:02}", at=f"2026-05-01T00:00:{n:02}.000000Z", name=name, owner=owner)

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = desk.get("/customers", limit="4", cursor=cursor, **query).json
        assert len(page["items"]) <= 4
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    wanted = [f"c_{n:02}" for n in reversed(range(25)) if n % 3 or not query]
    assert seen == wanted


def test_a_search_reads_a_bounded_number_of_items_for_one_page(desk: Desk) -> None:
    """F21, denial of wallet: a rare match must not read the whole table at once."""
    for n in range(1300):
        desk.keep("customer", f"c_{n:04}", at=f"2026-05-01T00:{n // 60:02}:{n % 60:02}.000000Z", name=f"Khách {n}")
    desk.table.calls.clear()

    first = desk.get("/customers", q="Khách 7x").json
    second = desk.get("/customers", q="Khách 7x", cursor=first["next_cursor"]).json

    assert (first["items"], second["next_cursor"]) == ([], None)
    assert desk.table.calls["query"] == 7


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
    first = desk.get("/customers/c_1/timeline", limit="2").json
    second = desk.get("/customers/c_1/timeline", limit="2", cursor=first["next_cursor"]).json

    assert whole == ["applied", "created", "applied", "updated", "applied"]
    assert [line["what"] for line in first["items"] + second["items"]] == whole
    assert second["next_cursor"] is None


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
