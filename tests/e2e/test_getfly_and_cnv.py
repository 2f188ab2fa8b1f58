"""Getfly ⇄ CNV Loyalty on the local stack: both ways, matched by phone, never doubled, statuses carried back."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.local.differences import phone
from tests.local.shops import Shops

LINES = [{"product_code": "SP000001", "product_name": "Quần kaki", "quantity": 1, "price": 420000}]


def members(shops: Shops, number: str) -> list[dict[str, Any]]:
    """CNV's members with a phone."""
    return [m for m in shops.twins["cnv_loyalty"].state("customers") if phone(m["phone"]) == number]


def accounts(shops: Shops, number: str) -> list[dict[str, Any]]:
    """Getfly's accounts with a phone."""
    return [a for a in shops.twins["getfly"].state("customers") if phone(a["phone"]) == number]


def test_a_new_getfly_customer_becomes_a_cnv_member(shops: Shops, calm: Callable[[], None]) -> None:
    """R-CNV-05."""
    shops.twins["getfly"].create("customers", {"account_name": "Khách mới Getfly", "phone": "0918000101"})
    calm()
    assert len(members(shops, "+84918000101")) == 1


def test_new_and_changed_getfly_products_reach_cnv(shops: Shops, calm: Callable[[], None]) -> None:
    """R-CNV-06, R-CNV-07."""
    twin = shops.twins["getfly"]
    product = twin.create("products", {"product_code": "AO-MOI", "product_name": "Áo mới", "cover_price": 100000})
    calm()
    twin.change("products", product["product_id"], {"product_name": "Áo mới đổi tên"})
    calm()
    there = [p for p in shops.twins["cnv_loyalty"].state("products") if p["sku"] == "AO-MOI"]
    assert [p["title"] for p in there] == ["Áo mới đổi tên"]


def test_a_getfly_order_reaches_cnv_and_its_statuses_follow(shops: Shops, calm: Callable[[], None]) -> None:
    """R-CNV-08…10, R-CNV-15…18: the order once, points when paid, each status in the purchase history."""
    getfly, cnv = shops.twins["getfly"], shops.twins["cnv_loyalty"]
    account = getfly.create("customers", {"account_name": "Mua ở Getfly", "phone": "0918000102"})
    info = {"account_code": account["account_code"], "account_name": account["account_name"], "amount": 420000}
    order = getfly.create("orders", {"order_info": info, "products": LINES})
    calm()
    before = len(cnv.state("orders"))
    key = order.get("order_info", order)["order_id"]
    getfly.change("orders", key, {"status": "approved"})
    calm()
    getfly.change("orders", key, {"status": "delivering", "lading_status": "delivering", "lading_code": "VD1"})
    shops.hub.run("GetflyCatchUp")
    calm()
    assert len(cnv.state("orders")) == before
    member = members(shops, "+84918000102")[0]
    theirs = [o for o in cnv.state("orders") if o["customer"]["id"] == member["id"]]
    assert len(theirs) == 1
    assert theirs[0]["status"] == "approved"
    assert theirs[0]["shipping_status"] == "delivering"
    assert len(theirs[0]["history"]) >= 3


def test_a_member_and_an_order_of_each_channel_reach_getfly_once(shops: Shops, calm: Callable[[], None]) -> None:
    """R-CNV-11…14, A-CNV-9: four channels; a second catch-up makes nothing twice."""
    cnv, getfly = shops.twins["cnv_loyalty"], shops.twins["getfly"]
    before = len(getfly.state("orders"))
    for n, channel in enumerate(("Website", "Mobile App", "Zalo OA", "Messenger Fanpage")):
        member = cnv.create("customers", {"last_name": f"Hội viên {n}", "phone": f"091900020{n}", "channel": channel})
        items = [{"sku": "SP000002", "name": "Váy lụa", "quantity": 1, "price": 690000}]
        cnv.create("orders", {"customer_id": member["id"], "channel": channel, "items": items})
    for _ in range(2):
        shops.hub.run("CnvLoyaltyCatchUp")
        calm()
    assert [len(accounts(shops, f"+8491900020{n}")) for n in range(4)] == [1, 1, 1, 1]
    assert len(getfly.state("orders")) == before + 4


def test_a_person_known_on_both_sides_is_matched_by_phone(shops: Shops, calm: Callable[[], None]) -> None:
    """A-CNV-4: the same phone in other spellings is the same customer, on both sides and in the hub."""
    shops.twins["getfly"].create("customers", {"account_name": "Một người", "phone": "0918 000 103"})
    member = {"last_name": "Một người", "phone": "+84918000103", "channel": "Website"}
    shops.twins["cnv_loyalty"].create("customers", member)
    shops.hub.run("CnvLoyaltyCatchUp")
    calm()
    counts = Counter(c["phone"] for c in shops.hub.all("/customers", phone="+84918000103"))
    assert counts == {"+84918000103": 1}
    assert len(members(shops, "+84918000103")) == len(accounts(shops, "+84918000103")) == 1


def test_the_status_of_an_order_born_at_cnv_comes_back_and_nothing_else(shops: Shops, calm: Callable[[], None]) -> None:
    """R-CNV-15, A-CNV-6: handled in Getfly, followed at CNV, never sent back as new."""
    cnv, getfly = shops.twins["cnv_loyalty"], shops.twins["getfly"]
    member = cnv.create("customers", {"last_name": "Đặt trên app", "phone": "0919000300", "channel": "Mobile App"})
    items = [{"sku": "SP000003", "name": "Túi cói", "quantity": 2, "price": 250000}]
    born = cnv.create("orders", {"customer_id": member["id"], "channel": "Mobile App", "items": items})
    shops.hub.run("CnvLoyaltyCatchUp")
    calm()
    account = accounts(shops, "+84919000300")[0]
    theirs = [o for o in getfly.state("orders") if _account_of(o) == str(account["account_id"])]
    assert len(theirs) == 1
    getfly.change("orders", theirs[0].get("order_info", theirs[0])["order_id"], {"status": "approved"})
    calm()
    orders = {o["id"]: o for o in cnv.state("orders")}
    assert orders[born["id"]]["status"] == "approved"
    assert sum(o["customer"]["id"] == member["id"] for o in orders.values()) == 1


def _account_of(order: dict[str, Any]) -> str:
    return str(order.get("order_info", order).get("account_id"))
